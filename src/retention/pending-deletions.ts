// Deletions that are announced and wait, as rows that outlast the process.
import type { Engine } from '../engine/engine.ts';
import type { Cutoff } from './old-months.ts';
import { tsvRow } from '../engine/tsv.ts';

/** All times are milliseconds; instants UTC since 1970. */
export interface PendingDeletion extends Cutoff {
  announcedMs: number;
  /** How long servers have run since it was announced. */
  waitedMs: number;
  /** How long they must, whatever is set. */
  leastWaitMs: number;
  /** When one last looked. */
  lookedMs: number;
  version: number;
}

const COLUMNS = [
  'account_id',
  'before_ms',
  'announced_ms',
  'waited_ms',
  'least_wait_ms',
  'looked_ms',
  'is_settled',
  'version',
];

/** By account: of each there is one at most. */
export async function readPending(engine: Engine): Promise<Map<string, PendingDeletion>> {
  const rows = await engine.query<PendingDeletion>(
    `SELECT toString(account_id) AS accountId, before_ms AS beforeMs, announced_ms AS announcedMs,
       waited_ms AS waitedMs, least_wait_ms AS leastWaitMs, looked_ms AS lookedMs, version
     FROM pending_deletions FINAL WHERE is_settled = 0 ORDER BY account_id`,
  );
  return new Map(rows.map(row => [row.accountId, row]));
}

/** Versions follow each other, and no clock. */
export async function writePending(
  engine: Engine,
  pending: PendingDeletion,
  isSettled = false,
): Promise<PendingDeletion> {
  const { accountId, beforeMs, announcedMs, waitedMs, leastWaitMs, lookedMs } = pending;
  const version = pending.version + 1;
  const row = [accountId, beforeMs, announcedMs, waitedMs, leastWaitMs, lookedMs, Number(isSettled), version];
  await engine.insert('pending_deletions', COLUMNS, Buffer.from(tsvRow(row)));
  return { ...pending, version };
}

/** The version that a new one of the account follows; 0: there was none. */
export async function lastVersion(engine: Engine, accountId: string): Promise<number> {
  const [row] = await engine.query<{ version: number }>(
    'SELECT max(version) AS version FROM pending_deletions WHERE account_id = {account:String}',
    { account: accountId },
  );
  return row?.version ?? 0;
}
