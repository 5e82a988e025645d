// Deletes tokens that expired long ago.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';

/**
 * The newest row of a token expires last, so the older rows are deleted with it. A used refresh token is kept as long as its
 * family: if it is used again, it was stolen.
 */
const EXPIRED = `
  kind IN ('auth', 'platform', 'platform_refresh', 'refresh')
  AND expires_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  AND (family = '' OR kind = 'platform' OR family NOT IN (
    SELECT family FROM tokens FINAL
    WHERE is_deleted = 0 AND used_at = 0 AND kind IN ('platform_refresh', 'refresh')
      AND expires_at >= fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  ))`;

/** The family's own row, once all its tokens are deleted. */
const EMPTY_FAMILY = `
  kind = 'family' AND created_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  AND family NOT IN (SELECT family FROM tokens WHERE kind != 'family')`;

/** Returns the number of deleted rows. */
export async function removeExpiredTokens(engine: Engine, nowMs: number): Promise<number> {
  const params = { before_ms: nowMs - LIMITS.expiredTokensKeptMs };
  let removed = 0;
  for (const condition of [EXPIRED, EMPTY_FAMILY]) {
    const [found] = await engine.query<{ rows: number }>(
      `SELECT count() AS rows FROM tokens WHERE ${condition}`,
      params,
    );
    // A deletion costs a few ms and a file, even if there is nothing to delete.
    if (found?.rows) await engine.command(`DELETE FROM tokens WHERE ${condition}`, params);
    removed += found?.rows ?? 0;
  }
  return removed;
}
