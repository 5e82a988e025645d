// How many passwords are checked at once: each takes some 20 ms of a core, and whoever asks for thousands waits for themselves.
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { type Semaphore, semaphore } from './semaphore.ts';

type Check<T> = () => Promise<T | undefined>;

export interface PasswordChecks {
  /**
   * Runs the check when it is its network's turn, and then one of all networks; undefined is a wrong password, after which the
   * network's next check waits where it `isSlow`.
   * @throws UserError TOO_MANY_ATTEMPTS where too many wait
   */
  ofNetwork: <T>(network: string, isSlow: () => boolean, check: Check<T>) => Promise<T | undefined>;
  /** Beside all of them, for credentials that were right lately. */
  ofKnown: <T>(check: Check<T>) => Promise<T | undefined>;
}

export function openPasswordChecks(wait: (ms: number) => Promise<unknown> = pause): PasswordChecks {
  const all = semaphore(LIMITS.passwordChecks, LIMITS.waitingPasswordChecks, tooBusy);
  const known = semaphore(LIMITS.passwordChecks, LIMITS.waitingPasswordChecks, tooBusy);
  const networks = new Map<string, Semaphore>();

  return {
    ofKnown: check => known.run(check),
    async ofNetwork(network, isSlow, check) {
      const own = networks.get(network) ?? semaphore(1, LIMITS.waitingPasswordChecksPerAddress, tooBusy);
      networks.set(network, own);
      try {
        return await own.run(async () => {
          const answer = await all.run(check);
          if (answer === undefined && isSlow()) await wait(LIMITS.slowCheckMs);
          return answer;
        });
      } finally {
        if (own.isIdle()) networks.delete(network);
      }
    },
  };
}

function tooBusy(): UserError {
  return tooManyAttempts('More sign-ins wait for their check than may wait.', 1000);
}

/** @param waitMs after which the next try is looked at */
export function tooManyAttempts(message: string, waitMs: number): UserError {
  const error = new UserError(
    'TOO_MANY_ATTEMPTS',
    message,
    'Wait for the time that the Retry-After header says, then send the right credentials.',
  );
  error.retryAfterSeconds = Math.ceil(waitMs / 1000);
  return error;
}
