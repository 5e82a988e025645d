// Finds the user of a request by its credentials: a token, or a user name and password (HTTP Basic).
import type { IncomingHttpHeaders } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { readAccess } from './tokens/access-jwt.ts';
import type { CredentialChecks } from './secrets/credential-checks.ts';
import type { Principal } from './principal.ts';
import { type FoundPrincipal, openPrincipalCache } from './principal-cache.ts';
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

/** Checks credentials and caches valid ones briefly, so that a live feed does not cost one lookup per event. */
export function authenticator(
  engine: Engine,
  checks: CredentialChecks,
  keys: SigningKeys,
  now: () => number,
): Authenticate {
  const cache = openPrincipalCache(now, async (credentials: Credentials, address) => {
    const found =
      credentials.kind === 'basic'
        ? await checkBasic(checks, credentials, address)
        : await checkToken(engine, checks, keys, credentials.token, address, now());
    if (found === undefined) throw refused(credentials);
    return found;
  });

  async function withToken(headers: IncomingHttpHeaders, address: string): Promise<Principal> {
    const token = tokenOf(headers);
    if (token !== undefined) return cache.read({ kind: 'token', token }, address);
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
    return cache.read({ kind: 'basic', username: basic.name, password: basic.secret }, address);
  }
  return Object.assign(withToken, { withBasic, forget: cache.clear });
}

async function checkBasic(
  checks: CredentialChecks,
  user: { username: string; password: string },
  address: string,
): Promise<FoundPrincipal | undefined> {
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
): Promise<FoundPrincipal | undefined> {
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
