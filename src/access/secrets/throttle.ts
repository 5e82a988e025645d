// Slows down password guessing: after wrong passwords, the next attempt for the same name from the same network has to wait.

import { LIMITS } from '../../limits.ts';
import { openFailures } from './failures.ts';
import { networkOf } from './networks.ts';
import { openPasswordChecks, type PasswordChecks, tooManyAttempts } from './password-checks.ts';
import { openValidCredentials } from './valid-credentials.ts';

export interface Attempt {
  /** The client's network address. */
  address: string;
  /** The name by which failures are counted. */
  username: string;
  /** The user names that may be meant. */
  names: readonly string[];
  password: string;
}

export interface Throttle {
  /**
   * Runs `check`, which returns undefined for a wrong password. While a name has to wait at a network, `check` is not run, so
   * that a right guess is refused as well. Credentials that were recently valid at the network never wait.
   * @throws UserError TOO_MANY_ATTEMPTS
   */
  attempt: <T>(attempt: Attempt, check: () => Promise<T | undefined>) => Promise<T | undefined>;
}

/** @param now UTC milliseconds of the process's own clock */
export function openThrottle(now: () => number = Date.now, checks: PasswordChecks = openPasswordChecks()): Throttle {
  const failures = openFailures(now);
  const valid = openValidCredentials(now);
  const running = new Map<string, number>();
  const pending = new Map<string, Promise<unknown>>();

  /** Running attempts count as failures, so that sending a thousand at once gains nothing. */
  function refuseWaiting(pair: string): void {
    const waitMs = failures.waitMs(pair);
    const attempts = failures.count(pair) + (running.get(pair) ?? 0);
    const isFull = running.has(pair) && attempts >= LIMITS.signInFreeFailures;
    if (waitMs === 0 && !isFull) return;
    throw tooManyAttempts(
      'Too many sign-ins failed for this user from this address.',
      Math.max(waitMs, LIMITS.signInFirstWaitMs),
    );
  }

  async function countRunning<T>(pair: string, run: () => Promise<T>): Promise<T> {
    running.set(pair, (running.get(pair) ?? 0) + 1);
    try {
      return await run();
    } finally {
      const left = (running.get(pair) as number) - 1;
      if (left === 0) running.delete(pair);
      else running.set(pair, left);
    }
  }

  async function attempt<T>(network: string, pair: string, fingerprint: string, check: () => Promise<T | undefined>) {
    const wasValid = valid.has(fingerprint);
    if (!wasValid) refuseWaiting(pair);
    const isSlow = () => failures.count(network) >= LIMITS.signInFailuresPerAddress;
    const found = await countRunning(pair, () =>
      wasValid ? checks.ofRecentlyValid(check) : checks.ofNetwork(network, isSlow, check),
    );
    if (found === undefined) {
      valid.remove(fingerprint);
      for (const key of [pair, network]) failures.add(key);
    } else {
      // If the credentials were valid before, the failures came from somebody else.
      if (!wasValid) failures.forget(pair);
      valid.add(fingerprint);
    }
    return found;
  }

  return {
    attempt<T>({ address, username, names, password }: Attempt, check: () => Promise<T | undefined>) {
      const network = networkOf(address);
      const fingerprint = valid.fingerprintOf([network, ...names, password]);
      // Concurrent requests with the same credentials count as one attempt.
      const same = pending.get(fingerprint) as Promise<T | undefined> | undefined;
      if (same !== undefined) return same;
      const running = attempt(network, `${network} ${username}`, fingerprint, check);
      pending.set(fingerprint, running);
      return running.finally(() => pending.delete(fingerprint));
    },
  };
}
