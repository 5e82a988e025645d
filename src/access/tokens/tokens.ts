// Tokens of RingCentral's legacy flow: auth tokens, which each use extends, and permanent API tokens. Stored as SHA-256.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import type { Principal } from '../principal.ts';
import { hashOf, newSecret } from '../secrets/secrets.ts';
import { endTokens, listTokens, NEW_TOKEN, readToken, writeTokens } from './token-table.ts';
import { findPrincipal } from '../users/users.ts';

const HINT_LENGTH = 8;

/** Issues a token for one hour, or for two weeks with `stayLoggedIn`. Each use extends it. */
export async function issueAuthToken(
  engine: Engine,
  username: string,
  stayLoggedIn: boolean,
  nowMs: number,
): Promise<string> {
  const token = newSecret();
  const lifetimeMs = stayLoggedIn ? LIMITS.stayLoggedInMs : LIMITS.authTokenMs;
  const times = { createdMs: nowMs, lifetimeMs, expiresMs: nowMs + lifetimeMs };
  const row = { ...NEW_TOKEN, tokenHash: hashOf(token), username, kind: 'auth', ...times } as const;
  await writeTokens(engine, [row], nowMs);
  return token;
}

/** Revokes a token of `issueAuthToken`. Returns false if it does not exist. */
export async function endAuthToken(engine: Engine, token: string): Promise<boolean> {
  const tokenHash = hashOf(token);
  const isKnown = (await readToken(engine, tokenHash, ['auth'])) !== undefined;
  if (isKnown) await endTokens(engine, 'token_hash', tokenHash);
  return isKnown;
}

/** Issues a token that is valid until it is deleted. @param label a name that helps people recognize it */
export async function issueApiToken(engine: Engine, username: string, nowMs: number, label = ''): Promise<string> {
  const token = newSecret();
  const names = { tokenHash: hashOf(token), hint: token.slice(0, HINT_LENGTH) };
  const row = { ...NEW_TOKEN, ...names, username, label, kind: 'api', createdMs: nowMs } as const;
  await writeTokens(engine, [row], nowMs);
  return token;
}

/** The user of a valid token. Extends an auth token or records the use of an API token, but not at each use. */
export async function principalOfToken(engine: Engine, token: string, nowMs: number): Promise<Principal | undefined> {
  const row = await readToken(engine, hashOf(token), ['auth', 'api']);
  if (row === undefined || (row.kind === 'auth' && row.expiresMs <= nowMs)) return undefined;
  const extendedMs = nowMs + row.lifetimeMs;
  if (row.kind === 'auth' && extendedMs - row.expiresMs >= LIMITS.tokenExtensionMs) {
    await writeTokens(engine, [{ ...row, expiresMs: extendedMs }], nowMs);
  }
  if (row.kind === 'api' && nowMs - row.usedMs >= LIMITS.tokenUseMs) {
    await writeTokens(engine, [{ ...row, usedMs: nowMs }], nowMs);
  }
  return findPrincipal(engine, row.username);
}

/** An API token as it is listed. The whole token is shown only once, when it is created. */
export interface ApiToken {
  label: string;
  /** The first characters of the token. */
  prefix: string;
  /** UTC milliseconds. */
  createdMs: number;
  /** The last use, within some minutes; 0: never used. */
  usedMs: number;
}

/** The user's API tokens, oldest first. */
export async function listApiTokens(engine: Engine, username: string): Promise<ApiToken[]> {
  return (await listTokens(engine, 'api', username)).map(({ label, hint, createdMs, usedMs }) => ({
    label,
    prefix: hint,
    createdMs,
    usedMs,
  }));
}

/** Revokes an API token of the user, given in full or by its first characters. Returns false if it does not exist. */
export async function deleteApiToken(engine: Engine, username: string, token: string): Promise<boolean> {
  const matching = (await listTokens(engine, 'api', username)).filter(
    ({ tokenHash, hint }) => tokenHash === hashOf(token) || hint === token,
  );
  for (const { tokenHash } of matching) await endTokens(engine, 'token_hash', tokenHash);
  return matching.length > 0;
}
