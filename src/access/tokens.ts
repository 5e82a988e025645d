// Tokens of RingCentral's legacy flow: auth tokens that expire and slide, and permanent API tokens. Kept as SHA-256.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import type { Principal } from './principal.ts';
import { hashOf, newSecret } from './secrets.ts';
import { endTokens, listTokens, NEW_TOKEN, readToken, writeTokens } from './token-table.ts';
import { findPrincipal } from './users.ts';

const HINT_LENGTH = 8;

/** A token for one hour, or two weeks with `stayLoggedIn`; each use extends it. */
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

/** Ends a token of `issueAuthToken`. False: there is no such token. */
export async function endAuthToken(engine: Engine, token: string): Promise<boolean> {
  const tokenHash = hashOf(token);
  const isKnown = (await readToken(engine, tokenHash, ['auth'])) !== undefined;
  if (isKnown) await endTokens(engine, 'token_hash', tokenHash);
  return isKnown;
}

/** A token until it is deleted. */
export async function issueApiToken(engine: Engine, username: string, nowMs: number): Promise<string> {
  const token = newSecret();
  const names = { tokenHash: hashOf(token), hint: token.slice(0, HINT_LENGTH) };
  const row = { ...NEW_TOKEN, ...names, username, kind: 'api', createdMs: nowMs } as const;
  await writeTokens(engine, [row], nowMs);
  return token;
}

/** The user of a valid token; a sliding one is extended, at most once a minute so that use does not mean writing. */
export async function principalOfToken(
  engine: Engine,
  token: string,
  nowMs: number,
): Promise<Principal | undefined> {
  const row = await readToken(engine, hashOf(token), ['auth', 'api']);
  if (row === undefined || (row.kind === 'auth' && row.expiresMs <= nowMs)) return undefined;
  const extendedMs = nowMs + row.lifetimeMs;
  if (row.kind === 'auth' && extendedMs - row.expiresMs >= LIMITS.tokenExtensionMs) {
    await writeTokens(engine, [{ ...row, expiresMs: extendedMs }], nowMs);
  }
  return findPrincipal(engine, row.username);
}

/** First characters of the user's API tokens: whole ones are shown once, when they are made. */
export async function listApiTokens(engine: Engine, username: string): Promise<string[]> {
  return (await listTokens(engine, 'api', username)).map(({ hint }) => hint);
}

/** Ends one of the user's API tokens, named whole or by its first characters. False: there is no such token. */
export async function deleteApiToken(engine: Engine, username: string, token: string): Promise<boolean> {
  const named = (await listTokens(engine, 'api', username)).filter(
    ({ tokenHash, hint }) => tokenHash === hashOf(token) || hint === token,
  );
  for (const { tokenHash } of named) await endTokens(engine, 'token_hash', tokenHash);
  return named.length > 0;
}
