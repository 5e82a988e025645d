// The audit log keeps some months: what is older is deleted, by whole months (UTC), and that is in the log, too.
import type { Engine } from '../../engine/engine.ts';
import type { Audit } from './audit.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Entries of the last day do not count: a clock that jumps writes with its own wrong time, and is wrong for a day before it harms. */
const LAST_SQL = `
  SELECT toUnixTimestamp64Milli(max(at)) AS lastMs, count() AS entries
  FROM audit
  WHERE at < fromUnixTimestamp64Milli({day_ago_ms:Int64}, 'UTC')`;
const OLD = `at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')`;

/**
 * Deletes what is older than so many whole months before the log's own last day but one; 0: nothing.
 * @returns how many entries that were
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
  // Rewrites what holds them, so that the disk has their room again.
  await engine.command(`ALTER TABLE audit DELETE WHERE ${OLD} SETTINGS mutations_sync = 1`, params);
  const detail = { before: new Date(beforeMs).toISOString(), entries: old.entries };
  await audit.record({ action: 'AUDIT_DELETED', username: '', address: 'server', detail });
  return old.entries;
}
