// Counts and deletes what accounts no longer keep. By rows and never by partitions, so that new data is not affected.
import type { Engine, Params } from '../engine/engine.ts';
import { rebuildSessions } from '../ingest/events/event-replacement.ts';

/** Everything of the account that ended before the instant is deleted; UTC milliseconds since 1970. */
export interface Cutoff {
  accountId: string;
  beforeMs: number;
}

/** How much is deleted. */
export interface OldCounts {
  /** The months of the events, such as `2024-01`. */
  months: string[];
  events: number;
  sessions: number;
  importedSessions: number;
  rejects: number;
}

const OF_ACCOUNTS = 'account_id IN ({accounts:Array(String)})';
const BEFORE_MS = 'transform(toString(account_id), {accounts:Array(String)}, {befores:Array(Int64)}, toInt64(0))';

/** A session that ended before is deleted; one that continues stays complete, whatever the times of its events. */
const OLD_SESSIONS = `
  SELECT account_id, login_session_id
  FROM login_sessions FINAL
  WHERE ${OF_ACCOUNTS} AND toUnixTimestamp64Milli(last_at) < ${BEFORE_MS}`;
const ACROSS = `
  ${OF_ACCOUNTS} AND toUnixTimestamp64Milli(first_at) < ${BEFORE_MS} AND toUnixTimestamp64Milli(last_at) >= ${BEFORE_MS}`;
const SESSIONS_ACROSS = `SELECT account_id, login_session_id FROM login_sessions FINAL WHERE ${ACROSS}`;

const OLD_EVENTS = `
  ${OF_ACCOUNTS}
  AND at < fromUnixTimestamp64Milli({latest_ms:Int64}, 'UTC')
  AND toUnixTimestamp64Milli(at) < ${BEFORE_MS}
  AND (account_id, login_session_id) NOT IN (${SESSIONS_ACROSS})`;
const OLD_IMPORTED = `
  SELECT account_id, login_session_id
  FROM imported_sessions FINAL
  WHERE ${OF_ACCOUNTS} AND end_ms < ${BEFORE_MS}`;
const OLD_REJECTS = `${OF_ACCOUNTS} AND toUnixTimestamp64Milli(received_at) < ${BEFORE_MS}`;

const MONTHS_SQL = `
  SELECT formatDateTime(toStartOfMonth(at), '%Y-%m') AS month, count() AS events
  FROM events
  WHERE ${OLD_EVENTS}
  GROUP BY month
  ORDER BY month`;
const COUNTS_SQL = `
  SELECT
    (SELECT count() FROM (${OLD_SESSIONS})) AS sessions,
    (SELECT count() FROM (${OLD_IMPORTED})) AS importedSessions,
    (SELECT count() FROM rejects FINAL WHERE ${OLD_REJECTS}) AS rejects`;

/**
 * Each statement affects the rows that exist when it starts, and may run again after a crash. The rows of sessions are deleted last,
 * since the others are selected by them. One statement serves all accounts, since it reads every part of the table: one for each
 * account and month took minutes for 240 months.
 */
const DELETE_SQL = [
  `ALTER TABLE events DELETE WHERE ${OLD_EVENTS}`,
  ...['session_cache', 'replaced_sessions', 'dirty_sessions'].map(
    table => `ALTER TABLE ${table} DELETE WHERE ${OF_ACCOUNTS} AND (account_id, login_session_id) IN (${OLD_SESSIONS})`,
  ),
  ...['imported_states', 'imported_sessions'].map(
    table => `ALTER TABLE ${table} DELETE WHERE ${OF_ACCOUNTS} AND (account_id, login_session_id) IN (${OLD_IMPORTED})`,
  ),
  `ALTER TABLE rejects DELETE WHERE ${OLD_REJECTS}`,
  `ALTER TABLE login_sessions DELETE WHERE ${OF_ACCOUNTS} AND (account_id, login_session_id) IN (${OLD_SESSIONS})`,
].map(sql => `${sql} SETTINGS mutations_sync = 2`);

/** Without this, an interrupted deletion would continue by itself, also after a restart. */
const STOP_SQL = `KILL MUTATION WHERE NOT is_done AND command LIKE '%transform(toString(account_id)%'`;

/** Sessions that got an event while their old ones were deleted: their rows state a beginning that is gone. */
const CUT_SQL = `
  SELECT toString(account_id) AS accountId, login_session_id AS sessionId
  FROM login_sessions FINAL
  WHERE ${ACROSS}
    AND (account_id, login_session_id, first_at) NOT IN (
      SELECT account_id, login_session_id, min(at)
      FROM events
      WHERE ${OF_ACCOUNTS} AND (account_id, login_session_id) IN (${SESSIONS_ACROSS})
      GROUP BY account_id, login_session_id
    )`;

/** How much would be deleted of one account. */
export async function countOld(engine: Engine, cutoff: Cutoff): Promise<OldCounts> {
  const params = paramsOf([cutoff]);
  const byMonth = await engine.query<{ month: string; events: number }>(MONTHS_SQL, params);
  const [counts] = await engine.query<Omit<OldCounts, 'months' | 'events'>>(COUNTS_SQL, params);
  return {
    months: byMonth.map(({ month }) => month),
    events: byMonth.reduce((sum, { events }) => sum + events, 0),
    ...counts!,
  };
}

/**
 * Deletes what the accounts no longer keep. Aborting the signal stops it in the middle; the rest stays.
 * @throws the signal's reason
 */
export async function deleteOld(engine: Engine, cutoffs: readonly Cutoff[], signal?: AbortSignal): Promise<void> {
  const params = paramsOf(cutoffs);
  try {
    for (const sql of DELETE_SQL) {
      signal?.throwIfAborted();
      await engine.command(sql, params, signal ? { signal } : {});
    }
  } catch (error) {
    if (signal?.aborted) await engine.command(STOP_SQL);
    throw error;
  }
  const cut = await engine.query<{ accountId: string; sessionId: string }>(CUT_SQL, params);
  if (cut.length > 0) await rebuildSessions(engine, cut);
}

function paramsOf(cutoffs: readonly Cutoff[]): Params {
  return {
    accounts: cutoffs.map(({ accountId }) => accountId),
    befores: cutoffs.map(({ beforeMs }) => beforeMs),
    latest_ms: cutoffs.reduce((latest, { beforeMs }) => Math.max(latest, beforeMs), 0),
  };
}
