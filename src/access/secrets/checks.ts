// Secrets that a client sends into who it is: wrong passwords make the next try wait, and every refusal is recorded.
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { KeyedMutex } from '../../engine/keyed-mutex.ts';
import { type ApiClient, checkClient } from '../programs/clients.ts';
import { checkAssertion, type JwtCredential } from '../programs/jwt-credentials.ts';
import type { Principal } from '../principal.ts';
import type { RefusalDetail, Refusals } from './refusals.ts';
import { openThrottle } from './throttle.ts';
import { baseNameOf, namesOf, type SignInName } from '../users/sign-in-names.ts';
import { type CheckedUser, checkPassword } from '../users/users.ts';

/** Each answers undefined for a wrong secret. */
export interface Checks {
  /**
   * What `then` makes of the user whose password it is, in one turn with changes of the user. `detail` tells the way by which
   * the password came.
   * @throws UserError TOO_MANY_ATTEMPTS
   */
  password: <T>(
    user: SignInName & { password: string },
    address: string,
    detail: RefusalDetail,
    then: (principal: Principal) => Promise<T>,
  ) => Promise<T | undefined>;
  /** Secrets of 256 bits are not throttled: nobody guesses one, and whoever sends an old one must not hold up others. */
  client: (id: string, secret: string, address: string) => Promise<ApiClient | undefined>;
  assertion: (assertion: string, address: string) => Promise<JwtCredential | undefined>;
  refused: Refusals['record'];
}

export function openChecks(engine: Engine, { record }: Refusals, mutex: KeyedMutex): Checks {
  const throttle = openThrottle();

  /** @throws UserError TOO_MANY_ATTEMPTS */
  async function checked(user: SignInName & { password: string }, address: string) {
    const { password } = user;
    const username = baseNameOf(user);
    if (!isLong(username, LIMITS.nameChars) || !isLong(password, LIMITS.passwordChars)) return undefined;
    const names = namesOf(user);
    return throttle.attempt<CheckedUser>({ address, username, names, password }, () =>
      checkPassword(engine, names, password),
    );
  }
  /** The answer of a look-up by hash, whose refusal is recorded. */
  async function lookedUp<T>(
    address: string,
    detail: RefusalDetail,
    lookUp: Promise<T | undefined> | undefined,
  ): Promise<T | undefined> {
    const answer = await lookUp;
    if (answer === undefined) await record({ address }, detail);
    return answer;
  }

  return {
    refused: record,
    async password(user, address, detail, then) {
      const who = { address, username: user.username };
      try {
        const found = await checked(user, address);
        if (found !== undefined) {
          const { principal, isCurrent } = found;
          return await mutex(principal.username, async () => ((await isCurrent()) ? then(principal) : undefined));
        }
        await record(who, detail);
        return undefined;
      } catch (error) {
        if (error instanceof UserError && error.code === 'TOO_MANY_ATTEMPTS') {
          await record(who, { ...detail, reason: error.code });
        }
        throw error;
      }
    },
    client: (clientId, secret, address) =>
      lookedUp(
        address,
        { credentials: 'client secret', clientId },
        isLong(clientId, LIMITS.nameChars) && isLong(secret, LIMITS.nameChars)
          ? checkClient(engine, clientId, secret)
          : undefined,
      ),
    assertion: (assertion, address) =>
      lookedUp(
        address,
        { credentials: 'assertion' },
        isLong(assertion, LIMITS.tokenChars) ? checkAssertion(engine, assertion) : undefined,
      ),
  };
}

/** From 1 to so many characters: nothing else was ever given out, and looking at it would cost something. */
const isLong = ({ length }: string, most: number): boolean => length > 0 && length <= most;
