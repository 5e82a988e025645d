// The table of tokens: rows by the hash of their token. What has ended stays ended.
import type { Engine } from '../../engine/engine.ts';
import { tsvInstant, tsvRow } from '../../engine/tsv.ts';

/**
 * `auth` and `api` are RingCentral's legacy tokens. A platform sign-in makes a `family` and in it a `platform` token with its
 * `platform_refresh`; their exchange makes a `refresh`. A `jwt` is an assertion that signs a program in, until deleted.
 */
export type TokenKind = 'auth' | 'api' | 'family' | 'platform' | 'platform_refresh' | 'refresh' | 'jwt';

export interface TokenRow {
  tokenHash: string;
  username: string;
  kind: TokenKind;
  /** Of a token that each use extends; else 0. */
  lifetimeMs: number;
  /** UTC milliseconds; 0: never. */
  expiresMs: number;
  createdMs: number;
  /** First characters of an api token. */
  hint: string;
  /** A token of a family is worth nothing without the family's own row. */
  family: string;
  clientId: string;
  /** The jwt credential's own id, or that of the one that signed in. */
  credentialId: string;
  label: string;
  /** When a refresh token was exchanged, or an api token was used last, but for some minutes; 0: it was not. */
  usedMs: number;
  version: number;
}

export const NEW_TOKEN = {
  lifetimeMs: 0,
  expiresMs: 0,
  hint: '',
  family: '',
  clientId: '',
  credentialId: '',
  label: '',
  usedMs: 0,
  version: 0,
} as const;

const COLUMNS = [
  'token_hash',
  'username',
  'kind',
  'lifetime_ms',
  'expires_at',
  'created_at',
  'hint',
  'family',
  'client_id',
  'credential_id',
  'label',
  'used_at',
  'is_deleted',
  'version',
];

/** No later row replaces an ended token's: a use that was under way must not bring it back. */
const ENDED_VERSION = Number.MAX_SAFE_INTEGER;

const ROW_SQL = `
  SELECT
    toString(token_hash) AS tokenHash, username, kind, lifetime_ms AS lifetimeMs,
    toUnixTimestamp64Milli(expires_at) AS expiresMs, toUnixTimestamp64Milli(created_at) AS createdMs, hint,
    family, client_id AS clientId, credential_id AS credentialId, label,
    toUnixTimestamp64Milli(used_at) AS usedMs, version
  FROM tokens FINAL
  WHERE is_deleted = 0`;

/** Writes all rows at once: either each of them is there, or none. */
export function writeTokens(engine: Engine, rows: readonly TokenRow[], nowMs: number): Promise<void> {
  const tsv = rows.map(row =>
    tsvRow([
      row.tokenHash,
      row.username,
      row.kind,
      row.lifetimeMs,
      tsvInstant(row.expiresMs),
      tsvInstant(row.createdMs),
      row.hint,
      row.family,
      row.clientId,
      row.credentialId,
      row.label,
      tsvInstant(row.usedMs),
      0,
      Math.max(nowMs, row.version + 1),
    ]),
  );
  return engine.insert('tokens', COLUMNS, Buffer.from(tsv.join('')));
}

export async function readToken(
  engine: Engine,
  tokenHash: string,
  kinds: readonly TokenKind[],
): Promise<TokenRow | undefined> {
  const [row] = await engine.query<TokenRow>(
    `${ROW_SQL} AND token_hash = {tokenHash:String} AND kind IN ({kinds:Array(String)})`,
    { tokenHash, kinds },
  );
  return row;
}

/** All tokens of a kind in order of making; `username` undefined: everybody's. */
export function listTokens(engine: Engine, kind: TokenKind, username?: string): Promise<TokenRow[]> {
  return engine.query<TokenRow>(
    `${ROW_SQL} AND kind = {kind:String} AND ({everybody:Bool} OR username = {username:String})
     ORDER BY created_at, token_hash`,
    { kind, everybody: username === undefined, username: username ?? '' },
  );
}

/** Ends the tokens of these kinds (all kinds: undefined) whose column has the value, for ever. */
export function endTokens(
  engine: Engine,
  column: 'token_hash' | 'username' | 'client_id' | 'credential_id',
  value: string,
  kinds?: readonly TokenKind[],
): Promise<void> {
  const kept = COLUMNS.filter(name => name !== 'is_deleted' && name !== 'version').join(', ');
  return engine.command(
    `INSERT INTO tokens (${kept}, is_deleted, version)
     SELECT ${kept}, 1, {endedVersion:UInt64}
     FROM tokens FINAL
     WHERE ${column} = {value:String} AND is_deleted = 0 AND ({allKinds:Bool} OR kind IN ({kinds:Array(String)}))`,
    { value, endedVersion: ENDED_VERSION, allKinds: kinds === undefined, kinds: kinds ?? [] },
  );
}
