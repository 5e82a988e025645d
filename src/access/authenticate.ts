// Finds the user of a request by its credentials: a token, or a user name and password (HTTP Basic).
import type { IncomingHttpHeaders } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { readAccess } from './tokens/access-jwt.ts';
import type { CredentialChecks } from './secrets/credential-checks.ts';
import type { Principal } from './principal.ts';
import { hashOf } from './secrets/secrets.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';
import { readToken } from './tokens/token-table.ts';
import { principalOfToken } from './tokens/tokens.ts';
import { findPrincipal } from './users/users.ts';

export interface Authenticate {
  /** @param address the client's network address @throws UserError NOT_AUTHENTICATED, JWT_EXPIRED, TOO_MANY_ATTEMPTS */
  (headers: IncomingHttpHeaders, address: string): Promise<Principal>;
  /** The same, but HTTP Basic credentials are accepted, too. */
  withBasic: (headers: IncomingHttpHeaders, address: string) => Promise<Principal>;
  /** Empties the cache. Call it after a change of users or tokens. */
  forget: () => void;
}

interface CachedPrincipal {
  principal: Principal;
  /** UTC milliseconds. */
  untilMs: number;
}

/** Checks credentials and caches valid ones briefly, so that a live feed does not cost one lookup per event. */
export function authenticator(
  engine: Engine,
  checks: CredentialChecks,
  keys: SigningKeys,
  now: () => number,
): Authenticate {
  const cache = new Map<string, CachedPrincipal>();
  const pending = new Map<string, Promise<CachedPrincipal>>();

  /** @throws UserError */
  async function lookUp(credentials: Credentials, address: string): Promise<CachedPrincipal> {
    const found =
      credentials.kind === 'basic'
        ? await checkBasic(checks, credentials, address)
        : await checkToken(engine, checks, keys, credentials.token, address, now());
    if (found === undefined) throw refused(credentials);
    return { ...found, untilMs: Math.min(found.untilMs, now() + LIMITS.rememberCredentialsMs) };
  }

  function remember(key: string, found: CachedPrincipal): void {
    if (cache.size >= LIMITS.rememberedCredentials) cache.delete(cache.keys().next().value as string);
    cache.set(key, found);
  }

  async function principalOf(credentials: Credentials, address: string): Promise<Principal> {
    const key = hashOf(JSON.stringify(credentials));
    const cached = cache.get(key);
    if (cached !== undefined && cached.untilMs > now()) return cached.principal;
    cache.delete(key);
    // Concurrent requests with the same credentials share one lookup and count as one attempt.
    const running = pending.get(key);
    if (running !== undefined) return (await running).principal;
    const lookup = lookUp(credentials, address);
    pending.set(key, lookup);
    try {
      const found = await lookup;
      // After forget() the answer may be older than the change: these requests may use it, but it is not cached.
      if (pending.get(key) === lookup) remember(key, found);
      return found.principal;
    } finally {
      if (pending.get(key) === lookup) pending.delete(key);
    }
  }

  async function withToken(headers: IncomingHttpHeaders, address: string): Promise<Principal> {
    const token = tokenOf(headers);
    if (token !== undefined) return principalOf({ kind: 'token', token }, address);
    throw notAuthenticated(
      isBasic(headers)
        ? 'A user name and password can only be used to send events; this call needs a token.'
        : 'The request has no credentials.',
    );
  }
  async function withBasic(headers: IncomingHttpHeaders, address: string): Promise<Principal> {
    const basic = tokenOf(headers) === undefined ? basicCredentials(headers) : undefined;
    if (basic === undefined) {
      if (isBasic(headers)) throw notAuthenticated('The Basic credentials contain no user name and password.');
      return withToken(headers, address);
    }
    return principalOf({ kind: 'basic', username: basic.name, password: basic.secret }, address);
  }
  const forget = () => {
    cache.clear();
    pending.clear();
  };
  return Object.assign(withToken, { withBasic, forget });
}

async function checkBasic(
  checks: CredentialChecks,
  user: { username: string; password: string },
  address: string,
): Promise<CachedPrincipal | undefined> {
  const detail = { credentials: 'basic' };
  const principal = await checks.password(user, address, detail, async principal => principal);
  return principal && { principal, untilMs: Number.POSITIVE_INFINITY };
}

async function checkToken(
  engine: Engine,
  checks: CredentialChecks,
  keys: SigningKeys,
  token: string,
  address: string,
  nowMs: number,
): Promise<CachedPrincipal | undefined> {
  if (token.length > LIMITS.tokenChars) {
    await checks.recordRefused({ address }, { credentials: 'token' });
    return undefined;
  }
  // Only JWTs contain dots.
  const claims = token.includes('.') ? await readAccess(keys, token, nowMs) : undefined;
  const principal = claims
    ? await principalOfFamily(engine, claims.family, claims.username)
    : await principalOfToken(engine, token, nowMs);
  if (principal === undefined) {
    const username = claims === undefined ? {} : { username: claims.username };
    await checks.recordRefused({ address, ...username }, { credentials: 'token' });
    return undefined;
  }
  return { principal, untilMs: claims?.expiresMs ?? Number.POSITIVE_INFINITY };
}

/** The user of an access token, unless its token family was revoked. */
async function principalOfFamily(engine: Engine, family: string, username: string): Promise<Principal | undefined> {
  const [row, principal] = await Promise.all([
    readToken(engine, hashOf(family), ['family']),
    findPrincipal(engine, username),
  ]);
  return row?.username === username ? principal : undefined;
}

type Credentials = { kind: 'token'; token: string } | { kind: 'basic'; username: string; password: string };

/** The headers in which legacy clients, RingCX subscriptions and Amazon's delivery streams send a token. */
const TOKEN_HEADERS = ['x-auth-token', 'verification-token', 'x-amz-firehose-access-key'];

/** The token of a request, from whichever header it is in. */
export function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const token = TOKEN_HEADERS.map(name => headers[name]).find(value => typeof value === 'string' && value !== '');
  return typeof token === 'string' ? token : /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}

const isBasic = ({ authorization }: IncomingHttpHeaders) => /^basic /i.test(authorization ?? '');

/** Name and secret in HTTP Basic credentials, of a user or of an API client. */
export function basicCredentials({ authorization }: IncomingHttpHeaders): { name: string; secret: string } | undefined {
  const [, value] = /^basic +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (value === undefined) return undefined;
  const [, name, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
  return name && secret !== undefined ? { name, secret } : undefined;
}

/** The text must not contain the word «expired»: clients would try to refresh their token, which does not help here. */
function refused({ kind }: Credentials): UserError {
  return kind === 'basic'
    ? notAuthenticated('The user name or password is wrong.', 'Check both; they are case-sensitive.')
    : notAuthenticated('The token is wrong or no longer valid.');
}

function notAuthenticated(
  message: string,
  remedy = "Sign in with POST /api/v1/auth/login and send its token as 'X-Auth-Token' or 'Authorization: Bearer'.",
): UserError {
  return new UserError('NOT_AUTHENTICATED', message, remedy);
}
