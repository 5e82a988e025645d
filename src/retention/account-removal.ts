// Deletes an account: all its rows in all tables except the audit log.
import type { Engine } from '../engine/engine.ts';

/** The tables with rows of accounts; events first, since other tables follow from them. A test compares the list with the engine. */
export const TABLES_OF_ACCOUNTS = [
  'events',
  'rejects',
  'imported_sessions',
  'imported_states',
  'replacements',
  'feed_positions',
  'pending_deletions',
  'login_sessions',
  'dirty_sessions',
  'session_cache',
  'replaced_sessions',
  'report_view_rows',
  'report_view_agents',
  'saved_views',
  'agents',
  'agent_aliases',
  'agent_groups',
  'aux_states',
  'accounts',
] as const;

/** Background work may write rows while they are deleted: several passes. */
const TRIES = 3;

/** Resolved when nothing of the account is left. No events of it may arrive meanwhile. */
export async function removeAccount(engine: Engine, accountId: string): Promise<void> {
  for (let tries = 0; tries < TRIES && (tries === 0 || (await hasRows(engine, accountId))); tries++) {
    for (const table of TABLES_OF_ACCOUNTS) {
      await engine.command(`DELETE FROM ${table} WHERE account_id = {account:String}`, {
        account: accountId,
      });
    }
  }
}

async function hasRows(engine: Engine, accountId: string): Promise<boolean> {
  for (const table of TABLES_OF_ACCOUNTS) {
    const sql = `SELECT 1 AS one FROM ${table} WHERE account_id = {account:String} LIMIT 1`;
    if ((await engine.query(sql, { account: accountId })).length > 0) return true;
  }
  return false;
}
