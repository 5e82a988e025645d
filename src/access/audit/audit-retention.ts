// Deletes old entries of the audit log by whole months (UTC), and records the deletion in the log.
import type { Engine } from '../../engine/engine.ts';
import type { Audit } from './audit.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Entries of the last day do not count: when the clock jumps ahead, entries get wrong times, and a day is left to correct it. */
const LAST_SQL = `
  SELECT toUnixTimestamp64Milli(max(at)) AS lastMs, count() AS entries
  FROM audit
  WHERE at < fromUnixTimestamp64Milli({day_ago_ms:Int64}, 'UTC')`;
const OLD = `at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')`;

/**
 * Deletes the entries that are more than `keepMonths` whole months older than the newest entry that counts.
 * @param keepMonths 0 keeps all entries
 * @returns the number of deleted entries
 */
export async function deleteOldEntries(
  engine: Engine,
  audit: Audit,
  nowMs: number,
  keepMonths: number,
): Promise<number> {
  if (keepMonths === 0) return 0;
  const [last] = await engine.query<{ lastMs: number; entries: number }>(LAST_SQL, {
    day_ago_ms: nowMs - DAY_MS,
  });
  if (last === undefined || last.entries === 0) return 0;
  const until = new Date(last.lastMs);
  const beforeMs = Date.UTC(until.getUTCFullYear(), until.getUTCMonth() - keepMonths, 1);
  const params = { before_ms: beforeMs };
  const [old] = await engine.query<{ entries: number }>(`SELECT count() AS entries FROM audit WHERE ${OLD}`, params);
  if (old === undefined || old.entries === 0) return 0;
  // Rewrites the parts with these entries, which frees the disk space.
  await engine.command(`ALTER TABLE audit DELETE WHERE ${OLD} SETTINGS mutations_sync = 1`, params);
  const detail = { before: new Date(beforeMs).toISOString(), entries: old.entries };
  await audit.record({ action: 'AUDIT_DELETED', username: '', address: 'server', detail });
  return old.entries;
}
