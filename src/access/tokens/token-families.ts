// Tokens of RingCentral's current flow. All tokens of a platform sign-in are a family: they are refreshed and revoked together.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import type { Audit } from '../audit/audit.ts';
import { hashOf, newId, newSecret } from '../secrets/secrets.ts';
import { endTokens, NEW_TOKEN, readToken, type TokenKind, type TokenRow, writeTokens } from './token-table.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';
import { findPrincipal } from '../users/users.ts';

/** The user of the tokens, and how they signed in. */
export interface Origin {
  username: string;
  clientId: string;
  /** The JWT credential of the sign-in; empty: a password was used. */
  credentialId: string;
}

/** New tokens of one family in plain text. Only their hashes are stored. */
export interface IssuedTokens extends Origin {
  family: string;
  /** By kind. */
  tokens: Readonly<Partial<Record<TokenKind, string>>>;
}

export interface TokenFamilies {
  /** Starts a family with a platform token and its refresh token. */
  begin: (origin: Origin) => Promise<IssuedTokens>;
  /** The family of a valid platform token, with a new refresh token if wanted. Returns undefined for an invalid token. */
  exchange: (platformToken: string, withRefresh: boolean) => Promise<IssuedTokens | undefined>;
  /**
   * Exchanges a refresh token for new tokens. Returns undefined for an invalid token. A token that was already used has been
   * copied, so its whole family is revoked. `clientId` must be the client that started the family.
   */
  refresh: (
    token: string,
    kind: 'platform_refresh' | 'refresh',
    sender: { address: string; clientId?: string },
  ) => Promise<IssuedTokens | undefined>;
  /** Revokes the family of any of the client's tokens. Returns undefined if the client has no such token. */
  revoke: (token: string, clientId: string) => Promise<Origin | undefined>;
}

const LIFETIMES_MS: Partial<Record<TokenKind, number>> = {
  platform: LIMITS.platformTokenMs,
  platform_refresh: LIMITS.refreshTokenMs,
  refresh: LIMITS.refreshTokenMs,
};
/** The tokens that a refresh token is exchanged for. Access tokens are signed and not stored. */
const NEXT_KINDS = {
  platform_refresh: ['platform', 'platform_refresh'],
  refresh: ['refresh'],
} as const satisfies Partial<Record<TokenKind, readonly TokenKind[]>>;

interface NewTokens {
  family: string;
  origin: Origin;
  kinds: readonly TokenKind[];
  /** Rows to write in the same insert. */
  rows: readonly TokenRow[];
  nowMs: number;
}

async function issueTokens(
  engine: Engine,
  { family, origin: { username, clientId, credentialId }, kinds, rows, nowMs }: NewTokens,
): Promise<IssuedTokens> {
  const origin = { username, clientId, credentialId };
  const tokens = Object.fromEntries(kinds.map(kind => [kind, newSecret()]));
  const newRows = kinds.map(kind => ({
    ...NEW_TOKEN,
    ...origin,
    family,
    kind,
    createdMs: nowMs,
    tokenHash: hashOf(tokens[kind] as string),
    expiresMs: nowMs + (LIFETIMES_MS[kind] as number),
  }));
  if (rows.length + newRows.length > 0) await writeTokens(engine, [...rows, ...newRows], nowMs);
  return { ...origin, family, tokens };
}

/** @param changed called when tokens were revoked, to empty caches */
export function openTokenFamilies(engine: Engine, audit: Audit, now: () => number, changed: () => void): TokenFamilies {
  const mutex = keyedMutex();
  /** A token is used only once, even if several processes get it. */
  const exclusive = <T>(tokenHash: string, run: () => Promise<T>) =>
    mutex(tokenHash, () => engine.withLock(`token ${tokenHash}`, run));

  const issue = (family: string, origin: Origin, kinds: readonly TokenKind[], rows: readonly TokenRow[]) =>
    issueTokens(engine, { family, origin, kinds, rows, nowMs: now() });

  const isLive = async (family: string) => (await readToken(engine, hashOf(family), ['family'])) !== undefined;

  async function revokeFamily(family: string): Promise<void> {
    await endTokens(engine, 'token_hash', hashOf(family));
    changed();
  }

  /** The row of a token, used or not, whose family is not revoked. */
  async function tokenOfLiveFamily(token: string, kinds: readonly TokenKind[]) {
    const row = await readToken(engine, hashOf(token), kinds);
    return row !== undefined && (await isLive(row.family)) ? row : undefined;
  }

  return {
    begin(origin) {
      const family = newId();
      const own = { ...NEW_TOKEN, ...origin, tokenHash: hashOf(family), family, createdMs: now() };
      return issue(family, origin, ['platform', 'platform_refresh'], [{ ...own, kind: 'family' }]);
    },
    async exchange(platformToken, withRefresh) {
      const row = await tokenOfLiveFamily(platformToken, ['platform']);
      if (row === undefined || row.expiresMs <= now()) return undefined;
      if ((await findPrincipal(engine, row.username)) === undefined) return undefined;
      return issue(row.family, row, withRefresh ? ['refresh'] : [], []);
    },
    refresh: (token, kind, { address, clientId }) =>
      exclusive(hashOf(token), async () => {
        const row = await tokenOfLiveFamily(token, [kind]);
        if (row === undefined) return undefined;
        const { username, family } = row;
        if (row.usedMs > 0) {
          await revokeFamily(family);
          await audit.record({ action: 'TOKEN_REUSED', username, address, detail: { kind, family } });
          return undefined;
        }
        const isValid = row.expiresMs > now() && (clientId ?? row.clientId) === row.clientId;
        if (!isValid || (await findPrincipal(engine, username)) === undefined) return undefined;
        return issue(family, row, NEXT_KINDS[kind], [{ ...row, usedMs: now() }]);
      }),
    async revoke(token, clientId) {
      const row = await readToken(engine, hashOf(token), ['platform', 'platform_refresh', 'refresh']);
      if (row === undefined || row.clientId !== clientId) return undefined;
      await revokeFamily(row.family);
      return row;
    },
  };
}
