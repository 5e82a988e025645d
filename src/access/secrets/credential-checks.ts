// Checks passwords, client secrets and assertions. Wrong passwords delay the next attempt; every refusal is recorded.
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { KeyedMutex } from '../../engine/keyed-mutex.ts';
import { type ApiClient, checkClient } from '../programs/clients.ts';
import { checkAssertion, type JwtCredential } from '../programs/jwt-credentials.ts';
import type { Principal } from '../principal.ts';
import type { RefusedSignInDetail, RefusedSignIns } from './refused-sign-ins.ts';
import { openThrottle } from './throttle.ts';
import { baseNameOf, namesOf, type SignInName } from '../users/sign-in-names.ts';
import { type CheckedUser, checkPassword } from '../users/users.ts';

/** Each check returns undefined for a wrong secret. */
export interface CredentialChecks {
  /**
   * If the password is right, runs `then` and returns its result. The user cannot be changed until `then` has ended.
   * @param detail how the password was sent, for the audit log
   * @throws UserError TOO_MANY_ATTEMPTS
   */
  password: <T>(
    user: SignInName & { password: string },
    address: string,
    detail: RefusedSignInDetail,
    then: (principal: Principal) => Promise<T>,
  ) => Promise<T | undefined>;
  /** Not throttled: a secret of 256 bits cannot be guessed, and a client with an old one must not delay others. */
  client: (id: string, secret: string, address: string) => Promise<ApiClient | undefined>;
  assertion: (assertion: string, address: string) => Promise<JwtCredential | undefined>;
  recordRefused: RefusedSignIns['record'];
}

export function openCredentialChecks(engine: Engine, { record }: RefusedSignIns, mutex: KeyedMutex): CredentialChecks {
  const throttle = openThrottle();

  /** @throws UserError TOO_MANY_ATTEMPTS */
  async function findByPassword(user: SignInName & { password: string }, address: string) {
    const { password } = user;
    const username = baseNameOf(user);
    if (!hasLength(username, LIMITS.nameChars) || !hasLength(password, LIMITS.passwordChars)) return undefined;
    const names = namesOf(user);
    return throttle.attempt<CheckedUser>({ address, username, names, password }, () =>
      checkPassword(engine, names, password),
    );
  }
  /** The result of a lookup by hash; a secret that is not found is recorded as a refused sign-in. */
  async function findBySecret<T>(
    address: string,
    detail: RefusedSignInDetail,
    lookUp: Promise<T | undefined> | undefined,
  ): Promise<T | undefined> {
    const found = await lookUp;
    if (found === undefined) await record({ address }, detail);
    return found;
  }

  return {
    recordRefused: record,
    async password(user, address, detail, then) {
      const sender = { address, username: user.username };
      try {
        const found = await findByPassword(user, address);
        if (found !== undefined) {
          const { principal, isCurrent } = found;
          return await mutex(principal.username, async () => ((await isCurrent()) ? then(principal) : undefined));
        }
        await record(sender, detail);
        return undefined;
      } catch (error) {
        if (error instanceof UserError && error.code === 'TOO_MANY_ATTEMPTS') {
          await record(sender, { ...detail, reason: error.code });
        }
        throw error;
      }
    },
    client: (clientId, secret, address) =>
      findBySecret(
        address,
        { credentials: 'client secret', clientId },
        hasLength(clientId, LIMITS.nameChars) && hasLength(secret, LIMITS.nameChars)
          ? checkClient(engine, clientId, secret)
          : undefined,
      ),
    assertion: (assertion, address) =>
      findBySecret(
        address,
        { credentials: 'assertion' },
        hasLength(assertion, LIMITS.tokenChars) ? checkAssertion(engine, assertion) : undefined,
      ),
  };
}

/** Whether a text has 1 to `max` characters. Others cannot be valid, and checking them would cost time. */
const hasLength = ({ length }: string, max: number): boolean => length > 0 && length <= max;
