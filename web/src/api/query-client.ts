// How answers of the server are kept and asked for again.
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const STALE_MS = 10_000;

/** A refusal is final; a server that cannot be reached or has too much to do is asked twice more. */
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof ApiError && error.status < 500 && error.status !== 429);
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: STALE_MS, retry: isWorthRetrying } },
});
