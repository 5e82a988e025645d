// Limits how many passwords are checked at once. A check takes about 20 ms of a core; a client that sends many only delays itself.
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { type Semaphore, semaphore } from './semaphore.ts';

type Check<T> = () => Promise<T | undefined>;

export interface PasswordChecks {
  /**
   * Runs the check: one at a time for each network, and a few at a time in total. After a wrong password (undefined), the next
   * check of the network is delayed if `isSlow` returns true.
   * @throws UserError TOO_MANY_ATTEMPTS if too many checks are waiting
   */
  ofNetwork: <T>(network: string, isSlow: () => boolean, check: Check<T>) => Promise<T | undefined>;
  /** A separate queue for credentials that were recently valid: failed attempts of others do not delay it. */
  ofRecentlyValid: <T>(check: Check<T>) => Promise<T | undefined>;
}

export function openPasswordChecks(wait: (ms: number) => Promise<unknown> = pause): PasswordChecks {
  const all = semaphore(LIMITS.passwordChecks, LIMITS.waitingPasswordChecks, tooBusy);
  const recentlyValid = semaphore(LIMITS.passwordChecks, LIMITS.waitingPasswordChecks, tooBusy);
  const networks = new Map<string, Semaphore>();

  return {
    ofRecentlyValid: check => recentlyValid.run(check),
    async ofNetwork(network, isSlow, check) {
      const own = networks.get(network) ?? semaphore(1, LIMITS.waitingPasswordChecksPerAddress, tooBusy);
      networks.set(network, own);
      try {
        return await own.run(async () => {
          const found = await all.run(check);
          if (found === undefined && isSlow()) await wait(LIMITS.slowCheckMs);
          return found;
        });
      } finally {
        if (own.isIdle()) networks.delete(network);
      }
    },
  };
}

function tooBusy(): UserError {
  return tooManyAttempts('Too many sign-ins are waiting.', 1000);
}

/** @param waitMs the time until the next attempt is accepted */
export function tooManyAttempts(message: string, waitMs: number): UserError {
  const error = new UserError(
    'TOO_MANY_ATTEMPTS',
    message,
    'Wait for the number of seconds in the Retry-After header, then try again with the right credentials.',
  );
  error.retryAfterSeconds = Math.ceil(waitMs / 1000);
  return error;
}
