// Tokens of the current flow: a platform sign-in into a family of tokens, exchanged, refreshed once each and ended as one.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import type { Audit } from '../audit/audit.ts';
import { hashOf, newId, newSecret } from '../secrets/secrets.ts';
import { endTokens, NEW_TOKEN, readToken, type TokenKind, type TokenRow, writeTokens } from './token-table.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';
import { findPrincipal } from '../users/users.ts';

/** Whose tokens they are, and how they came to be. */
export interface Origin {
  username: string;
  clientId: string;
  /** The JWT credential that signed in; empty: a password did. */
  credentialId: string;
}

/** Tokens of one family, in the clear: only their hashes are kept. */
export interface IssuedTokens extends Origin {
  family: string;
  /** By kind. */
  tokens: Readonly<Partial<Record<TokenKind, string>>>;
}

export interface Families {
  /** A new family, with a platform token and its refresh token. */
  begin: (origin: Origin) => Promise<IssuedTokens>;
  /** For the holder of a valid platform token: its family, with a refresh token if asked for; undefined: refused. */
  exchange: (platformToken: string, withRefresh: boolean) => Promise<IssuedTokens | undefined>;
  /**
   * Uses a refresh token up for new tokens; undefined: refused. One that was already used ends its family: it is in two
   * hands, and nobody knows which are the right ones. `clientId` must be the one that began the family.
   */
  refresh: (
    token: string,
    kind: 'platform_refresh' | 'refresh',
    who: { address: string; clientId?: string },
  ) => Promise<IssuedTokens | undefined>;
  /** Ends the family of any of the client's tokens; undefined: the client has no such token. */
  revoke: (token: string, clientId: string) => Promise<Origin | undefined>;
}

const LIFETIMES_MS: Partial<Record<TokenKind, number>> = {
  platform: LIMITS.platformTokenMs,
  platform_refresh: LIMITS.refreshTokenMs,
  refresh: LIMITS.refreshTokenMs,
};
/** What a refresh token is exchanged for; an access token is signed, and not kept. */
const NEXT_KINDS = {
  platform_refresh: ['platform', 'platform_refresh'],
  refresh: ['refresh'],
} as const satisfies Partial<Record<TokenKind, readonly TokenKind[]>>;

/** `changed` is called when tokens ended that may be remembered as good. */
export function openFamilies(engine: Engine, audit: Audit, now: () => number, changed: () => void): Families {
  const mutex = keyedMutex();
  /** A token is used once, whichever processes are asked to. */
  const exclusive = <T>(tokenHash: string, run: () => Promise<T>) =>
    mutex(tokenHash, () => engine.withLock(`token ${tokenHash}`, run));

  /** Writes new tokens beside the given rows, in one piece. */
  async function issue(
    family: string,
    { username, clientId, credentialId }: Origin,
    kinds: readonly TokenKind[],
    rows: readonly TokenRow[],
  ): Promise<IssuedTokens> {
    const nowMs = now();
    const origin = { username, clientId, credentialId };
    const tokens = Object.fromEntries(kinds.map(kind => [kind, newSecret()]));
    const made = kinds.map(kind => ({
      ...NEW_TOKEN,
      ...origin,
      family,
      kind,
      createdMs: nowMs,
      tokenHash: hashOf(tokens[kind] as string),
      expiresMs: nowMs + (LIFETIMES_MS[kind] as number),
    }));
    if (rows.length + made.length > 0) await writeTokens(engine, [...rows, ...made], nowMs);
    return { ...origin, family, tokens };
  }

  const isLive = async (family: string) => (await readToken(engine, hashOf(family), ['family'])) !== undefined;

  async function end(family: string): Promise<void> {
    await endTokens(engine, 'token_hash', hashOf(family));
    changed();
  }

  /** The row of a token that still counts for something, used or not. */
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
          await end(family);
          await audit.record({ action: 'TOKEN_REUSED', username, address, detail: { kind, family } });
          return undefined;
        }
        const isRight = row.expiresMs > now() && (clientId ?? row.clientId) === row.clientId;
        if (!isRight || (await findPrincipal(engine, username)) === undefined) return undefined;
        return issue(family, row, NEXT_KINDS[kind], [{ ...row, usedMs: now() }]);
      }),
    async revoke(token, clientId) {
      const row = await readToken(engine, hashOf(token), ['platform', 'platform_refresh', 'refresh']);
      if (row === undefined || row.clientId !== clientId) return undefined;
      await end(row.family);
      return row;
    },
  };
}
