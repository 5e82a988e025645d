// Tokens of RingCentral's legacy flow: auth tokens that expire and slide, and permanent API tokens. Kept as SHA-256.
import { createHash, randomBytes } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { tsvInstant, tsvRow } from '../store/tsv.ts';
import type { Principal } from './principal.ts';
import { findPrincipal } from './users.ts';

interface TokenRow {
  username: string;
  kind: 'auth' | 'api';
  lifetimeMs: number;
  expiresMs: number;
  createdMs: number;
  hint: string;
}

const HINT_LENGTH = 8;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

async function writeToken(
  engine: Engine,
  tokenHash: string,
  row: TokenRow,
  nowMs: number,
  isDeleted = 0,
): Promise<void> {
  const { username, kind, lifetimeMs, expiresMs, createdMs, hint } = row;
  await engine.insert(
    'tokens',
    [
      ...[
        'token_hash',
        'username',
        'kind',
        'lifetime_ms',
        'expires_at',
        'created_at',
        'hint',
        'is_deleted',
        'version',
      ],
    ],
    Buffer.from(
      tsvRow([
        ...[
          tokenHash,
          username,
          kind,
          lifetimeMs,
          tsvInstant(expiresMs),
          tsvInstant(createdMs),
          hint,
          isDeleted,
        ],
        nowMs,
      ]),
    ),
  );
}

async function issue(
  engine: Engine,
  row: Omit<TokenRow, 'createdMs' | 'hint'>,
  nowMs: number,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await writeToken(
    engine,
    hashOf(token),
    { ...row, createdMs: nowMs, hint: token.slice(0, HINT_LENGTH) },
    nowMs,
  );
  return token;
}

/** A token for one hour, or two weeks with `stayLoggedIn`; each use extends it. */
export function issueAuthToken(
  engine: Engine,
  username: string,
  stayLoggedIn: boolean,
  nowMs: number,
): Promise<string> {
  const lifetimeMs = stayLoggedIn ? LIMITS.stayLoggedInMs : LIMITS.authTokenMs;
  return issue(engine, { username, kind: 'auth', lifetimeMs, expiresMs: nowMs + lifetimeMs }, nowMs);
}

/** A token until it is deleted. */
export function issueApiToken(engine: Engine, username: string, nowMs: number): Promise<string> {
  return issue(engine, { username, kind: 'api', lifetimeMs: 0, expiresMs: 0 }, nowMs);
}

async function readToken(engine: Engine, tokenHash: string): Promise<TokenRow | undefined> {
  const [row] = await engine.query<TokenRow>(
    `SELECT username, kind, lifetime_ms AS lifetimeMs, toUnixTimestamp64Milli(expires_at) AS expiresMs,
       toUnixTimestamp64Milli(created_at) AS createdMs, hint
     FROM tokens FINAL WHERE token_hash = {tokenHash:String} AND is_deleted = 0`,
    { tokenHash },
  );
  return row;
}

/** The user of a valid token; a sliding one is extended, at most once a minute so that use does not mean writing. */
export async function principalOfToken(
  engine: Engine,
  token: string,
  nowMs: number,
): Promise<Principal | undefined> {
  const tokenHash = hashOf(token);
  const row = await readToken(engine, tokenHash);
  if (row === undefined || (row.kind === 'auth' && row.expiresMs <= nowMs)) return undefined;
  const extendedMs = nowMs + row.lifetimeMs;
  if (row.kind === 'auth' && extendedMs - row.expiresMs >= LIMITS.tokenExtensionMs) {
    await writeToken(engine, tokenHash, { ...row, expiresMs: extendedMs }, nowMs);
  }
  return findPrincipal(engine, row.username);
}

/** First characters of the user's API tokens: whole ones are shown once, when they are made. */
export async function listApiTokens(engine: Engine, username: string): Promise<string[]> {
  const rows = await engine.query<{ hint: string }>(
    `SELECT hint FROM tokens FINAL
     WHERE username = {username:String} AND kind = 'api' AND is_deleted = 0 ORDER BY created_at`,
    { username },
  );
  return rows.map(row => row.hint);
}

/** Ends one of the user's API tokens, named whole or by its first characters. False: there is no such token. */
export async function deleteApiToken(
  engine: Engine,
  username: string,
  token: string,
  nowMs: number,
): Promise<boolean> {
  const rows = await engine.query<TokenRow & { tokenHash: string }>(
    `SELECT token_hash AS tokenHash, username, kind, lifetime_ms AS lifetimeMs,
       toUnixTimestamp64Milli(expires_at) AS expiresMs, toUnixTimestamp64Milli(created_at) AS createdMs, hint
     FROM tokens FINAL
     WHERE username = {username:String} AND kind = 'api' AND is_deleted = 0
       AND (token_hash = {tokenHash:String} OR hint = {hint:String})`,
    { username, tokenHash: hashOf(token), hint: token.slice(0, HINT_LENGTH) },
  );
  for (const { tokenHash, ...row } of rows) await writeToken(engine, tokenHash, row, nowMs, 1);
  return rows.length > 0;
}
