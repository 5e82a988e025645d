// A signal that aborts work after a time limit.
import { UserError } from '../errors.ts';

/** A signal that is aborted with QUERY_TIMEOUT unless `done` is called in time. */
export function timeLimit(ms: number): { signal: AbortSignal; done: () => void } {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    const message = `The database took longer than ${ms / 1000} seconds to answer.`;
    limit.abort(
      new UserError('QUERY_TIMEOUT', message, 'Try again later, or ask for less data (a shorter range, for example).'),
    );
  }, ms);
  return { signal: limit.signal, done: () => clearTimeout(timer) };
}
