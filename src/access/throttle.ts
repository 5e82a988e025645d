// Failed sign-ins, counted by user and by address, into refusals for a while.
import { isIPv6 } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { turns } from '../store/turns.ts';

export interface Who {
  /** The client's network address. */
  address: string;
  /** The user whose secret is tried; undefined: the secret names nobody, and only the address counts. */
  username?: string;
}

export interface Throttle {
  /**
   * Runs `check`, whose answer `undefined` is a failure. Once too many have failed, `check` is not even asked: who guesses
   * learns nothing from the answer to the right secret.
   * @throws UserError TOO_MANY_ATTEMPTS
   */
  attempt: <T>(who: Who, check: () => Promise<T | undefined>) => Promise<T | undefined>;
}

/** The times are the process's own: rate limits are no facts of the data. */
export function openThrottle(): Throttle {
  const inTurn = turns();
  const byUser = failures('user', LIMITS.signInFailuresPerUser);
  const byAddress = failures('address', LIMITS.signInFailuresPerAddress);

  async function attempt<T>({ address, username }: Who, check: () => Promise<T | undefined>) {
    await refuseFull(byAddress, address);
    if (username !== undefined) await refuseFull(byUser, username);
    const answer = await check();
    if (answer === undefined) {
      await byAddress.penalty(address);
      if (username !== undefined) await byUser.penalty(username);
    } else if (username !== undefined) {
      // The address keeps its count: whoever owns one user could guess at the others for ever.
      await byUser.delete(username);
    }
    return answer;
  }

  return {
    // In turn, so that a thousand guesses sent at once are counted before the next one is checked.
    attempt: (who, check) => {
      const counted = { ...who, address: networkOf(who.address) };
      const run = () => attempt(counted, check);
      return inTurn(`address ${counted.address}`, () =>
        who.username === undefined ? run() : inTurn(`user ${who.username}`, run),
      );
    },
  };
}

function failures(keyPrefix: string, points: number): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix, points, duration: LIMITS.signInWindowMs / 1000 });
}

async function refuseFull(limiter: RateLimiterMemory, key: string): Promise<void> {
  const count = await limiter.get(key);
  if (count === null || count.consumedPoints < limiter.points || count.msBeforeNext <= 0) return;
  const error = new UserError(
    'TOO_MANY_ATTEMPTS',
    'Too many sign-ins failed for this user or from this address.',
    'Wait for the time that the Retry-After header says, then send the right credentials.',
  );
  error.retryAfterSeconds = Math.ceil(count.msBeforeNext / 1000);
  throw error;
}

const IPV6_GROUPS = 8;
const IPV6_NETWORK_GROUPS = 4;

/** An IPv6 client owns all 2^64 addresses of its network, so that the network is what counts. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const before = head.split(':').filter(group => group !== '');
  const after = tail?.split(':').filter(group => group !== '') ?? [];
  const zeros = Array(IPV6_GROUPS - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].slice(0, IPV6_NETWORK_GROUPS).join(':');
}
