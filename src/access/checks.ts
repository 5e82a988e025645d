// Secrets that a client sends into who it is: every try is counted, every refusal recorded.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Audit } from './audit.ts';
import { type ApiClient, checkClient } from './clients.ts';
import { checkAssertion, type JwtCredential } from './jwt-credentials.ts';
import type { Principal } from './principal.ts';
import { openThrottle, type Who } from './throttle.ts';
import { checkPassword } from './users.ts';

/** What the client sent, for the record; never the secret itself. */
export type RefusalDetail = Readonly<Record<string, string>>;

/** Each answers undefined for a wrong secret. @throws UserError TOO_MANY_ATTEMPTS */
export interface Checks {
  /** `detail` tells the way by which the password came. */
  password: (
    user: { username: string; password: string },
    address: string,
    detail: RefusalDetail,
  ) => Promise<Principal | undefined>;
  client: (id: string, secret: string, address: string) => Promise<ApiClient | undefined>;
  assertion: (assertion: string, address: string) => Promise<JwtCredential | undefined>;
  /** Records the refusal of a token. They are not counted: nobody guesses 256 bits, and a program that goes on with an old
   * token must not lock out the office that it shares its address with. */
  refused: (who: Who, detail: RefusalDetail) => Promise<void>;
}

export function openChecks(engine: Engine, audit: Audit): Checks {
  const throttle = openThrottle();
  const recorded = new RateLimiterMemory({ points: LIMITS.auditedRefusalsPerMinute, duration: 60 });

  async function refused({ address, username = '' }: Who, detail: RefusalDetail): Promise<void> {
    const isOneTooMany = await recorded.consume(address).then(
      () => false,
      () => true,
    );
    if (!isOneTooMany) await audit.record({ action: 'SIGN_IN_REFUSED', username, address, detail });
  }

  async function checked<T>(who: Who, detail: RefusalDetail, check: () => Promise<T | undefined>) {
    try {
      const answer = await throttle.attempt(who, check);
      if (answer === undefined) await refused(who, detail);
      return answer;
    } catch (error) {
      if (error instanceof UserError) await refused(who, { ...detail, reason: error.code });
      throw error;
    }
  }

  return {
    refused,
    password: ({ username, password }, address, detail) =>
      checked({ address, username }, detail, () => checkPassword(engine, username, password)),
    client: (clientId, secret, address) =>
      checked({ address }, { credentials: 'client secret', clientId }, () =>
        checkClient(engine, clientId, secret),
      ),
    assertion: (assertion, address) =>
      checked({ address }, { credentials: 'assertion' }, () => checkAssertion(engine, assertion)),
  };
}
