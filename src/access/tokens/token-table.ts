// The table of tokens, by the hash of each token. A revoked token stays revoked.
import type { Engine } from '../../engine/engine.ts';

/**
 * `auth` and `api` are RingCentral's legacy tokens. A platform sign-in creates a `family` with a `platform` and a
 * `platform_refresh` token; exchanging them creates a `refresh` token. A `jwt` is an assertion that signs a program in.
 */
export type TokenKind = 'auth' | 'api' | 'family' | 'platform' | 'platform_refresh' | 'refresh' | 'jwt';

export interface TokenRow {
  tokenHash: string;
  username: string;
  kind: TokenKind;
  /** Lifetime after each use, for a token that is extended by use; 0 for others. */
  lifetimeMs: number;
  /** UTC milliseconds; 0: never. */
  expiresMs: number;
  createdMs: number;
  /** The first characters of an API token. */
  hint: string;
  /** A token of a family is only valid while the family's own row exists. */
  family: string;
  clientId: string;
  /** The JWT credential's own id, or that of the credential that signed in. */
  credentialId: string;
  label: string;
  /** When a refresh token was exchanged, or an API token was last used (within some minutes); 0: never. */
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

/** No later row replaces that of a revoked token: a concurrent use must not restore it. */
const ENDED_VERSION = Number.MAX_SAFE_INTEGER;

const ROW_SQL = `
  SELECT
    toString(token_hash) AS tokenHash, username, kind, lifetime_ms AS lifetimeMs,
    toUnixTimestamp64Milli(expires_at) AS expiresMs, toUnixTimestamp64Milli(created_at) AS createdMs, hint,
    family, client_id AS clientId, credential_id AS credentialId, label,
    toUnixTimestamp64Milli(used_at) AS usedMs, version
  FROM tokens FINAL
  WHERE is_deleted = 0`;

/** Writes all rows in one insert: either all of them are stored, or none. */
export function writeTokens(engine: Engine, rows: readonly TokenRow[], nowMs: number): Promise<void> {
  const stored = rows.map(row => ({
    token_hash: row.tokenHash,
    username: row.username,
    kind: row.kind,
    lifetime_ms: row.lifetimeMs,
    expires_at: row.expiresMs,
    created_at: row.createdMs,
    hint: row.hint,
    family: row.family,
    client_id: row.clientId,
    credential_id: row.credentialId,
    label: row.label,
    used_at: row.usedMs,
    is_deleted: false,
    version: Math.max(nowMs, row.version + 1),
  }));
  return engine.insert('tokens', stored);
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

/** All tokens of a kind, oldest first. Without `username`, those of all users. */
export function listTokens(engine: Engine, kind: TokenKind, username?: string): Promise<TokenRow[]> {
  return engine.query<TokenRow>(
    `${ROW_SQL} AND kind = {kind:String} AND ({everybody:Bool} OR username = {username:String})
     ORDER BY created_at, token_hash`,
    { kind, everybody: username === undefined, username: username ?? '' },
  );
}

/** Revokes the tokens whose column has the value. Without `kinds`, tokens of all kinds. */
export function endTokens(
  engine: Engine,
  column: 'token_hash' | 'username' | 'client_id' | 'credential_id',
  value: string,
  kinds?: readonly TokenKind[],
): Promise<void> {
  return engine.command(
    `INSERT INTO tokens
     SELECT * REPLACE (1 AS is_deleted, {endedVersion:UInt64} AS version)
     FROM (
       SELECT * FROM tokens FINAL
       WHERE ${column} = {value:String} AND is_deleted = 0 AND ({allKinds:Bool} OR kind IN ({kinds:Array(String)}))
     )`,
    { value, endedVersion: ENDED_VERSION, allKinds: kinds === undefined, kinds: kinds ?? [] },
  );
}
