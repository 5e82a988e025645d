// Tries of passwords: wrong ones make the next try of the same name from the same address wait, and nobody else's.
import { createHmac, randomBytes } from 'node:crypto';
import { LIMITS } from '../../limits.ts';
import { openFailures } from './failures.ts';
import { networkOf } from './networks.ts';
import { openPasswordChecks, type PasswordChecks, tooManyAttempts } from './password-checks.ts';

export interface Try {
  /** The client's network address. */
  address: string;
  /** What is counted. */
  username: string;
  /** Whose password it may be. */
  names: readonly string[];
  password: string;
}

export interface Throttle {
  /**
   * Runs `check`, whose answer `undefined` is a wrong password. While a name has to wait at an address, `check` is not even
   * asked: who guesses learns nothing from the answer to the right password. The credentials that were right there lately do
   * not wait, whatever others fail at.
   * @throws UserError TOO_MANY_ATTEMPTS
   */
  attempt: <T>(tried: Try, check: () => Promise<T | undefined>) => Promise<T | undefined>;
}

/** The times are the process's own: waits are no facts of the data. */
export function openThrottle(now: () => number = Date.now, checks: PasswordChecks = openPasswordChecks()): Throttle {
  const failures = openFailures(now);
  /** Prints of credentials with the time when they were right last; the oldest first. */
  const right = new Map<string, number>();
  const running = new Map<string, number>();
  const asked = new Map<string, Promise<unknown>>();
  // Of this process only: the prints in its memory tell a password to nobody.
  const secret = randomBytes(32);
  const printOf = (tried: readonly string[]) =>
    createHmac('sha256', secret).update(JSON.stringify(tried)).digest('base64');

  const isKnown = (print: string) => (right.get(print) ?? Number.NEGATIVE_INFINITY) + LIMITS.rightLatelyMs > now();

  function remember(print: string): void {
    right.delete(print);
    right.set(print, now());
    if (right.size > LIMITS.rightLately) right.delete(right.keys().next().value as string);
  }

  /** Tries under way count as failures to come, so that a thousand sent at once are no more than one by one. */
  function refuseWaiting(pair: string): void {
    const waitMs = failures.waitMs(pair);
    const tries = failures.count(pair) + (running.get(pair) ?? 0);
    const isFull = running.has(pair) && tries >= LIMITS.signInFreeFailures;
    if (waitMs === 0 && !isFull) return;
    throw tooManyAttempts(
      'Too many sign-ins failed for this user from this address.',
      Math.max(waitMs, LIMITS.signInFirstWaitMs),
    );
  }

  async function counted<T>(pair: string, run: () => Promise<T>): Promise<T> {
    running.set(pair, (running.get(pair) ?? 0) + 1);
    try {
      return await run();
    } finally {
      const left = (running.get(pair) as number) - 1;
      if (left === 0) running.delete(pair);
      else running.set(pair, left);
    }
  }

  async function attempt<T>(network: string, pair: string, print: string, check: () => Promise<T | undefined>) {
    const wasKnown = isKnown(print);
    if (!wasKnown) refuseWaiting(pair);
    const isSlow = () => failures.count(network) >= LIMITS.signInFailuresPerAddress;
    const answer = await counted(pair, () =>
      wasKnown ? checks.ofKnown(check) : checks.ofNetwork(network, isSlow, check),
    );
    if (answer === undefined) {
      right.delete(print);
      for (const key of [pair, network]) failures.add(key);
    } else {
      // Who was known before has not mistyped: the failures are somebody else's.
      if (!wasKnown) failures.forget(pair);
      remember(print);
    }
    return answer;
  }

  return {
    attempt<T>({ address, username, names, password }: Try, check: () => Promise<T | undefined>) {
      const network = networkOf(address);
      const print = printOf([network, ...names, password]);
      // The same credentials in many requests at once are one try.
      const same = asked.get(print) as Promise<T | undefined> | undefined;
      if (same !== undefined) return same;
      const trying = attempt(network, `${network} ${username}`, print, check);
      asked.set(print, trying);
      return trying.finally(() => asked.delete(print));
    },
  };
}
