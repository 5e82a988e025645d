// A length of time into a signal that ends what takes longer.
import { UserError } from '../errors.ts';

/** A signal that is aborted with QUERY_TIMEOUT unless `done` is called in time. */
export function timeLimit(ms: number): { signal: AbortSignal; done: () => void } {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    const message = `The engine took longer than ${ms / 1000} seconds.`;
    limit.abort(new UserError('QUERY_TIMEOUT', message, 'Ask again later, or for less.'));
  }, ms);
  return { signal: limit.signal, done: () => clearTimeout(timer) };
}
