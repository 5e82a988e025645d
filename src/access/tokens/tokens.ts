// Tokens of RingCentral's legacy flow: auth tokens that expire and slide, and permanent API tokens. Kept as SHA-256.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import type { Principal } from '../principal.ts';
import { hashOf, newSecret } from '../secrets/secrets.ts';
import { endTokens, listTokens, NEW_TOKEN, readToken, writeTokens } from './token-table.ts';
import { findPrincipal } from '../users/users.ts';

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

/** A token until it is deleted; `label` is a name for people. */
export async function issueApiToken(engine: Engine, username: string, nowMs: number, label = ''): Promise<string> {
  const token = newSecret();
  const names = { tokenHash: hashOf(token), hint: token.slice(0, HINT_LENGTH) };
  const row = { ...NEW_TOKEN, ...names, username, label, kind: 'api', createdMs: nowMs } as const;
  await writeTokens(engine, [row], nowMs);
  return token;
}

/** The user of a valid token. A sliding one is extended, and the use of another noted, so seldom that use does not mean writing. */
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

/** What is told of an API token: the whole one is shown once, when it is made. */
export interface ApiToken {
  label: string;
  /** First characters. */
  prefix: string;
  /** UTC milliseconds. */
  createdMs: number;
  /** Of the last use, but for some minutes; 0: it was not used. */
  usedMs: number;
}

/** The user's API tokens in order of making. */
export async function listApiTokens(engine: Engine, username: string): Promise<ApiToken[]> {
  return (await listTokens(engine, 'api', username)).map(({ label, hint, createdMs, usedMs }) => ({
    label,
    prefix: hint,
    createdMs,
    usedMs,
  }));
}

/** Ends one of the user's API tokens, named whole or by its first characters. False: there is no such token. */
export async function deleteApiToken(engine: Engine, username: string, token: string): Promise<boolean> {
  const named = (await listTokens(engine, 'api', username)).filter(
    ({ tokenHash, hint }) => tokenHash === hashOf(token) || hint === token,
  );
  for (const { tokenHash } of named) await endTokens(engine, 'token_hash', tokenHash);
  return named.length > 0;
}
