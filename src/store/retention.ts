// Accounts that keep some months only into deletions of what is older, by whole months (UTC), sessions with all their events.
import type { Engine } from '../engine/engine.ts';
import { listAccounts } from './accounts.ts';
import { inTurn } from './in-turn.ts';

/** A session belongs to the month that it begins in. Marks are not asked: nothing is left that could be folded. */
const OLD_SESSIONS = `
  SELECT account_id, login_session_id
  FROM login_sessions FINAL
  WHERE account_id = {account:String} AND first_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')`;

/** Whether another account has events in the month: then its partition cannot go as a whole. */
const SHARED_SQL = `
  SELECT 1 AS one
  FROM events
  WHERE toYYYYMM(at) = {month:UInt32} AND account_id != {account:String}
  LIMIT 1`;
const MONTHS_SQL = `
  SELECT DISTINCT toYYYYMM(at) AS month
  FROM events
  WHERE account_id = {account:String} AND at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  ORDER BY month`;

/** Each may run again after a crash; what is known of the sessions goes last, since it tells which they are. */
const DELETE_SQL = [
  `DELETE FROM events
   WHERE account_id = {account:String} AND (account_id, login_session_id) IN (${OLD_SESSIONS})`,
  `DELETE FROM folded_sessions
   WHERE account_id = {account:String} AND (account_id, login_session_id) IN (${OLD_SESSIONS})`,
  `DELETE FROM unfolded_sessions
   WHERE account_id = {account:String} AND (account_id, login_session_id) IN (${OLD_SESSIONS})`,
  `DELETE FROM imported_states
   WHERE account_id = {account:String} AND (account_id, login_session_id) IN (
     SELECT account_id, login_session_id FROM imported_sessions
     WHERE account_id = {account:String} AND login_ms < {before_ms:Int64}
   )`,
  'DELETE FROM imported_sessions WHERE account_id = {account:String} AND login_ms < {before_ms:Int64}',
  `DELETE FROM rejects
   WHERE account_id = {account:String} AND received_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')`,
  `DELETE FROM login_sessions
   WHERE account_id = {account:String} AND (account_id, login_session_id) IN (${OLD_SESSIONS})`,
];

/** The first instant of the month, so many whole months before the present one. UTC milliseconds since 1970. */
export function keptFromMs(nowMs: number, keepMonths: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - keepMonths, 1);
}

/**
 * Deletes what the accounts no longer keep; nothing where no account says so.
 * @returns the accounts of which something was deleted
 */
export async function deleteOld(engine: Engine, nowMs: number): Promise<string[]> {
  const changed: string[] = [];
  for (const { accountId, keepMonths } of await listAccounts(engine)) {
    if (keepMonths === 0) continue;
    const params = { account: accountId, before_ms: keptFromMs(nowMs, keepMonths) };
    const wasDeleted = await inTurn(engine, () => deleteOldOf(engine, params));
    if (wasDeleted) changed.push(accountId);
  }
  return changed;
}

async function deleteOldOf(engine: Engine, params: { account: string; before_ms: number }): Promise<boolean> {
  const months = await engine.query<{ month: number }>(MONTHS_SQL, params);
  const old = await engine.query(`${OLD_SESSIONS} LIMIT 1`, params);
  const imported = await engine.query(IMPORTED_SQL, params);
  if (months.length + old.length + imported.length === 0) return false;
  for (const { month } of months) {
    const shared = await engine.query(SHARED_SQL, { month, account: params.account });
    if (shared.length === 0)
      await engine.command('ALTER TABLE events DROP PARTITION {month:UInt32}', { month });
    else await engine.command(DELETE_MONTH_SQL, { month, account: params.account });
  }
  for (const sql of DELETE_SQL) await engine.command(sql, params);
  return true;
}

const IMPORTED_SQL = `
  SELECT 1 AS one FROM imported_sessions
  WHERE account_id = {account:String} AND login_ms < {before_ms:Int64} LIMIT 1`;
const DELETE_MONTH_SQL = `
  DELETE FROM events WHERE toYYYYMM(at) = {month:UInt32} AND account_id = {account:String}`;
