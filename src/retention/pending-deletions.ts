// The table of deletions that are announced and wait, also across restarts.
import type { Engine } from '../engine/engine.ts';
import type { Cutoff } from './old-months.ts';

/** All times are milliseconds; instants UTC since 1970. */
export interface PendingDeletion extends Cutoff {
  announcedMs: number;
  /** How long servers have run since the announcement. */
  waitedMs: number;
  /** How long they must run at least, whatever the setting. */
  leastWaitMs: number;
  /** When a server last checked. */
  lookedMs: number;
  version: number;
}

/** By account, which has one at most. */
export async function readPending(engine: Engine): Promise<Map<string, PendingDeletion>> {
  const rows = await engine.query<PendingDeletion>(
    `SELECT toString(account_id) AS accountId, before_ms AS beforeMs, announced_ms AS announcedMs,
       waited_ms AS waitedMs, least_wait_ms AS leastWaitMs, looked_ms AS lookedMs, version
     FROM pending_deletions FINAL WHERE is_settled = 0 ORDER BY account_id`,
  );
  return new Map(rows.map(row => [row.accountId, row]));
}

/** Writes the next version; versions are numbered and do not depend on a clock. */
export async function writePending(
  engine: Engine,
  pending: PendingDeletion,
  isSettled = false,
): Promise<PendingDeletion> {
  const version = pending.version + 1;
  const row = {
    account_id: pending.accountId,
    before_ms: pending.beforeMs,
    announced_ms: pending.announcedMs,
    waited_ms: pending.waitedMs,
    least_wait_ms: pending.leastWaitMs,
    looked_ms: pending.lookedMs,
    is_settled: isSettled,
    version,
  };
  await engine.insert('pending_deletions', [row]);
  return { ...pending, version };
}

/** The last version of the account's pending deletion; 0 if there was none. */
export async function lastVersion(engine: Engine, accountId: string): Promise<number> {
  const [row] = await engine.query<{ version: number }>(
    'SELECT max(version) AS version FROM pending_deletions WHERE account_id = {account:String}',
    { account: accountId },
  );
  return row?.version ?? 0;
}
