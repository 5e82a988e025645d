// Tokens that expired long ago out of their table.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';

/**
 * The newest row of a token expires last: where it goes, the older ones go with it. A used refresh token stays as long as its
 * family: used again, it tells that it is in two hands.
 */
const EXPIRED = `
  kind IN ('auth', 'platform', 'platform_refresh', 'refresh')
  AND expires_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  AND (family = '' OR kind = 'platform' OR family NOT IN (
    SELECT family FROM tokens FINAL
    WHERE is_deleted = 0 AND used_at = 0 AND kind IN ('platform_refresh', 'refresh')
      AND expires_at >= fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  ))`;

/** The row that all tokens of a family depend on, when they are gone. */
const LEFT_FAMILY = `
  kind = 'family' AND created_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  AND family NOT IN (SELECT family FROM tokens WHERE kind != 'family')`;

/** Resolved when they are gone; returns how many rows that were. */
export async function removeExpiredTokens(engine: Engine, nowMs: number): Promise<number> {
  const params = { before_ms: nowMs - LIMITS.expiredTokensKeptMs };
  let removed = 0;
  for (const rows of [EXPIRED, LEFT_FAMILY]) {
    const [found] = await engine.query<{ rows: number }>(`SELECT count() AS rows FROM tokens WHERE ${rows}`, params);
    // A deletion costs some ms and a file, also where there is nothing to delete.
    if (found?.rows) await engine.command(`DELETE FROM tokens WHERE ${rows}`, params);
    removed += found?.rows ?? 0;
  }
  return removed;
}
