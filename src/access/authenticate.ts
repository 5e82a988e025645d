// The credentials of a request into the one who acts: Bearer and X-Auth-Token tokens, Basic user names and passwords.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Principal } from './principal.ts';
import { principalOfToken } from './tokens.ts';
import { checkPassword } from './users.ts';

export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Principal>;

/**
 * Checks credentials, remembering good ones for a short while, so that a live feed costs one look-up and not one per event.
 * @throws UserError NOT_AUTHENTICATED (by the returned function)
 */
export function authenticator(engine: Engine, now: () => number): Authenticate & { forget: () => void } {
  const known = new Map<string, { principal: Principal; untilMs: number }>();

  const authenticate = async (headers: IncomingHttpHeaders): Promise<Principal> => {
    const credentials = credentialsOf(headers);
    if (credentials === undefined) throw notAuthenticated('The request carries no credentials.');
    const key = createHash('sha256').update(JSON.stringify(credentials)).digest('hex');
    const remembered = known.get(key);
    if (remembered !== undefined && remembered.untilMs > now()) return remembered.principal;
    known.delete(key);
    const principal =
      credentials.kind === 'token'
        ? await principalOfToken(engine, credentials.token, now())
        : await checkPassword(engine, credentials.username, credentials.password);
    if (principal === undefined) throw notAuthenticated('The credentials are wrong, expired or revoked.');
    if (known.size >= LIMITS.rememberedCredentials) known.delete(known.keys().next().value as string);
    known.set(key, { principal, untilMs: now() + LIMITS.rememberCredentialsMs });
    return principal;
  };
  return Object.assign(authenticate, { forget: () => known.clear() });
}

type Credentials = { kind: 'token'; token: string } | { kind: 'basic'; username: string; password: string };

function credentialsOf(headers: IncomingHttpHeaders): Credentials | undefined {
  const token = headers['x-auth-token'];
  if (typeof token === 'string' && token !== '') return { kind: 'token', token };
  const [, scheme, value] = /^(bearer|basic) +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { kind: 'token', token: value };
  const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
  return username && password !== undefined ? { kind: 'basic', username, password } : undefined;
}

function notAuthenticated(message: string): UserError {
  return new UserError(
    'NOT_AUTHENTICATED',
    message,
    "Sign in with POST /api/v1/auth/login and send its token as 'X-Auth-Token' or 'Authorization: Bearer'.",
  );
}
