// How long answers of the server are cached, and when a call is tried again.
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const STALE_MS = 10_000;

/** Two retries when the server cannot be reached, fails or is busy; other errors are final. */
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof ApiError && error.status < 500 && error.status !== 429);
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: STALE_MS, retry: isWorthRetrying } },
});
