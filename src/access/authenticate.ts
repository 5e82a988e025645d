// The credentials of a request into the one who acts: Bearer and X-Auth-Token tokens, Basic user names and passwords.
import type { IncomingHttpHeaders } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { readAccess } from './tokens/access-jwt.ts';
import type { Checks } from './secrets/checks.ts';
import type { Principal } from './principal.ts';
import { hashOf } from './secrets/secrets.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';
import { readToken } from './tokens/token-table.ts';
import { principalOfToken } from './tokens/tokens.ts';
import { findPrincipal } from './users/users.ts';

export interface Authenticate {
  /** `address` is the client's. @throws UserError NOT_AUTHENTICATED, JWT_EXPIRED, TOO_MANY_ATTEMPTS */
  (headers: IncomingHttpHeaders, address: string): Promise<Principal>;
  /** The same, where a user name and password of HTTP Basic are good, too. */
  withBasic: (headers: IncomingHttpHeaders, address: string) => Promise<Principal>;
  /** After a change of users or tokens: good credentials are looked up again. */
  forget: () => void;
}

/** Good credentials; those that end by themselves say when (UTC milliseconds). */
interface Known {
  principal: Principal;
  untilMs: number;
}

/**
 * Checks credentials, remembering good ones for a short while, so that a live feed costs one look-up and not one per event.
 */
export function authenticator(engine: Engine, checks: Checks, keys: SigningKeys, now: () => number): Authenticate {
  const known = new Map<string, Known>();
  const asked = new Map<string, Promise<Known>>();

  /** @throws UserError */
  async function lookUp(credentials: Credentials, address: string): Promise<Known> {
    const found =
      credentials.kind === 'basic'
        ? await ofPassword(checks, credentials, address)
        : await ofToken(engine, checks, keys, credentials.token, address, now());
    if (found === undefined) throw refused(credentials);
    return { ...found, untilMs: Math.min(found.untilMs, now() + LIMITS.rememberCredentialsMs) };
  }

  function remember(key: string, found: Known): void {
    if (known.size >= LIMITS.rememberedCredentials) known.delete(known.keys().next().value as string);
    known.set(key, found);
  }

  async function principalOf(credentials: Credentials, address: string): Promise<Principal> {
    const key = hashOf(JSON.stringify(credentials));
    const remembered = known.get(key);
    if (remembered !== undefined && remembered.untilMs > now()) return remembered.principal;
    known.delete(key);
    // The same credentials in many requests at once are one question, and one try.
    const running = asked.get(key);
    if (running !== undefined) return (await running).principal;
    const asking = lookUp(credentials, address);
    asked.set(key, asking);
    try {
      const found = await asking;
      // After forget() the answer may be older than the change: it serves those who asked, and nobody later.
      if (asked.get(key) === asking) remember(key, found);
      return found.principal;
    } finally {
      if (asked.get(key) === asking) asked.delete(key);
    }
  }

  async function withToken(headers: IncomingHttpHeaders, address: string): Promise<Principal> {
    const token = tokenOf(headers);
    if (token !== undefined) return principalOf({ kind: 'token', token }, address);
    throw notAuthenticated(
      isBasic(headers)
        ? 'A user name and password are good for sending events only; this call needs a token.'
        : 'The request carries no credentials.',
    );
  }
  async function withBasic(headers: IncomingHttpHeaders, address: string): Promise<Principal> {
    const basic = tokenOf(headers) === undefined ? basicCredentials(headers) : undefined;
    if (basic === undefined) {
      if (isBasic(headers)) throw notAuthenticated('The Basic credentials hold no user name and password.');
      return withToken(headers, address);
    }
    return principalOf({ kind: 'basic', username: basic.name, password: basic.secret }, address);
  }
  const forget = () => {
    known.clear();
    asked.clear();
  };
  return Object.assign(withToken, { withBasic, forget });
}

async function ofPassword(
  checks: Checks,
  user: { username: string; password: string },
  address: string,
): Promise<Known | undefined> {
  const detail = { credentials: 'basic' };
  const principal = await checks.password(user, address, detail, async principal => principal);
  return principal && { principal, untilMs: Number.POSITIVE_INFINITY };
}

async function ofToken(
  engine: Engine,
  checks: Checks,
  keys: SigningKeys,
  token: string,
  address: string,
  nowMs: number,
): Promise<Known | undefined> {
  if (token.length > LIMITS.tokenChars) {
    await checks.refused({ address }, { credentials: 'token' });
    return undefined;
  }
  // Only a JWT has dots.
  const claims = token.includes('.') ? await readAccess(keys, token, nowMs) : undefined;
  const principal = claims
    ? await ofFamily(engine, claims.family, claims.username)
    : await principalOfToken(engine, token, nowMs);
  if (principal === undefined) {
    const username = claims === undefined ? {} : { username: claims.username };
    await checks.refused({ address, ...username }, { credentials: 'token' });
    return undefined;
  }
  return { principal, untilMs: claims?.expiresMs ?? Number.POSITIVE_INFINITY };
}

/** The user of an access token, unless the tokens that it belongs to were ended. */
async function ofFamily(engine: Engine, family: string, username: string): Promise<Principal | undefined> {
  const [row, principal] = await Promise.all([
    readToken(engine, hashOf(family), ['family']),
    findPrincipal(engine, username),
  ]);
  return row?.username === username ? principal : undefined;
}

type Credentials = { kind: 'token'; token: string } | { kind: 'basic'; username: string; password: string };

/** Where legacy clients send a token, RingCX's subscriptions, and Amazon's delivery streams. */
const TOKEN_HEADERS = ['x-auth-token', 'verification-token', 'x-amz-firehose-access-key'];

/** The token of a request, however it is sent. */
export function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const token = TOKEN_HEADERS.map(name => headers[name]).find(value => typeof value === 'string' && value !== '');
  return typeof token === 'string' ? token : /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}

const isBasic = ({ authorization }: IncomingHttpHeaders) => /^basic /i.test(authorization ?? '');

/** Name and secret of HTTP Basic: a user's, or a client's. */
export function basicCredentials({ authorization }: IncomingHttpHeaders): { name: string; secret: string } | undefined {
  const [, value] = /^basic +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (value === undefined) return undefined;
  const [, name, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
  return name && secret !== undefined ? { name, secret } : undefined;
}

/** Without the word «expired»: clients that read it refresh their token, which is of no use here. */
function refused({ kind }: Credentials): UserError {
  return kind === 'basic'
    ? notAuthenticated('The user name or the password is wrong.', 'Check both; they are case-sensitive.')
    : notAuthenticated('The token is wrong, or no longer valid.');
}

function notAuthenticated(
  message: string,
  remedy = "Sign in with POST /api/v1/auth/login and send its token as 'X-Auth-Token' or 'Authorization: Bearer'.",
): UserError {
  return new UserError('NOT_AUTHENTICATED', message, remedy);
}
