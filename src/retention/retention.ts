// Retention: deletions of whole months (UTC) are announced, wait, and become due, never by the wall clock alone.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { type Account, listAccounts } from '../directory/accounts.ts';
import type { Passed } from './clock-watch.ts';
import { END_OF_TIME_MS } from '../ingest/events/event-block.ts';
import { countOld, type OldCounts } from './old-months.ts';
import { lastVersion, type PendingDeletion, readPending, writePending } from './pending-deletions.ts';

/** The first instant that is kept: the start of the month that is `keepMonths` before the present one. UTC milliseconds. */
export function keptFromMs(nowMs: number, keepMonths: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - keepMonths, 1);
}

/** A pending deletion and how much it deletes. */
export type Counted = PendingDeletion & OldCounts & { keepMonths: number };

export interface Looked {
  /** Whether any account has a limit. */
  isKept: boolean;
  announced: Counted[];
  /** No longer valid: the clock was set back, or the account keeps more now. */
  withdrawn: PendingDeletion[];
  /** Have waited long enough. */
  due: Counted[];
}

/**
 * Checks for data that accounts no longer keep. What is found is announced, and is due at a later check: when it has waited for
 * `waitMs` both by the wall clock and in running time of servers, or longer after a jump of the clock.
 */
export async function lookForOld(engine: Engine, clock: Passed & { wallMs: number }, waitMs: number): Promise<Looked> {
  const accounts = (await listAccounts(engine)).filter(({ keepMonths }) => keepMonths > 0);
  const pending = await readPending(engine);
  const looked: Looked = { isKept: accounts.length > 0, announced: [], withdrawn: [], due: [] };
  if (accounts.length + pending.size === 0) return looked;
  const nowMs = Math.min(clock.wallMs, await newestReceivedMs(engine, clock.wallMs));
  for (const account of accounts) {
    const beforeMs = keptFromMs(nowMs, account.keepMonths);
    const known = pending.get(account.accountId);
    if (known === undefined) {
      const announced = await announce(engine, account, beforeMs, clock);
      if (announced !== undefined) looked.announced.push(announced);
    } else if (known.beforeMs <= beforeMs) {
      pending.delete(account.accountId);
      const waiting = await writePending(engine, waited(known, clock));
      if (isDue(waiting, clock.wallMs, waitMs)) looked.due.push(await counted(engine, account, waiting));
    }
  }
  for (const known of pending.values()) looked.withdrawn.push(await writePending(engine, known, true));
  return looked;
}

async function announce(
  engine: Engine,
  account: Account,
  beforeMs: number,
  { wallMs, jumpMs }: Passed & { wallMs: number },
): Promise<Counted | undefined> {
  const { accountId } = account;
  const found = await counted(engine, account, {
    accountId,
    beforeMs,
    announcedMs: wallMs,
    lookedMs: wallMs,
    waitedMs: 0,
    leastWaitMs: leastWait(jumpMs),
    version: await lastVersion(engine, accountId),
  });
  if (found.events + found.sessions + found.importedSessions + found.rejects === 0) return undefined;
  await writePending(engine, found);
  return found;
}

const counted = async (engine: Engine, { keepMonths }: Account, pending: PendingDeletion) => ({
  ...pending,
  keepMonths,
  ...(await countOld(engine, pending)),
});

/** Each of several servers adds the time since any of them last checked. After a jump of the clock the wait starts over. */
function waited(known: PendingDeletion, { wallMs, passedMs, jumpMs }: Passed & { wallMs: number }): PendingDeletion {
  if (jumpMs !== 0) {
    return { ...known, announcedMs: wallMs, lookedMs: wallMs, waitedMs: 0, leastWaitMs: leastWait(jumpMs) };
  }
  const sinceLookMs = Math.max(wallMs - known.lookedMs, 0);
  return { ...known, lookedMs: wallMs, waitedMs: known.waitedMs + Math.min(passedMs, sinceLookMs) };
}

const leastWait = (jumpMs: number) => (jumpMs === 0 ? 0 : LIMITS.waitAfterClockJumpMs);

function isDue(pending: PendingDeletion, wallMs: number, waitMs: number): boolean {
  const neededMs = Math.max(waitMs, pending.leastWaitMs);
  return pending.waitedMs >= neededMs && wallMs - pending.announcedMs >= neededMs;
}

const NEWEST_SQL = `
  SELECT max(ms) AS ms
  FROM (
    SELECT toUnixTimestamp64Milli(max(received_at)) AS ms
    FROM events
    WHERE at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
      AND received_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
    UNION ALL
    SELECT toUnixTimestamp64Milli(max(imported_at)) AS ms
    FROM imported_sessions
    WHERE imported_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')
  )`;

/** When data was last received, 0 if never: a wall clock far ahead of it is not trusted. Recent months are checked first. */
async function newestReceivedMs(engine: Engine, wallMs: number, beforeMs = END_OF_TIME_MS): Promise<number> {
  const newest = async (from_ms: number) => {
    const [row] = await engine.query<{ ms: number }>(NEWEST_SQL, { from_ms, before_ms: beforeMs });
    return Math.max(row?.ms ?? 0, 0);
  };
  return (await newest(Math.min(wallMs, END_OF_TIME_MS) - LIMITS.recentDataMs)) || newest(0);
}

/**
 * How far the clock at the start of a server is ahead of the last data and the last check; 0 if not far. Either nothing ran for that
 * long, or the clock is wrong.
 */
export async function clockGapMs(engine: Engine, startMs: number): Promise<number> {
  if (!(await listAccounts(engine)).some(({ keepMonths }) => keepMonths > 0)) return 0;
  const looked = [...(await readPending(engine)).values()].map(({ lookedMs }) => lookedMs);
  const received = await newestReceivedMs(engine, startMs, Math.min(startMs, END_OF_TIME_MS));
  const lastMs = looked.reduce((last, ms) => Math.max(last, ms), received);
  const gapMs = lastMs === 0 ? 0 : startMs - lastMs;
  return gapMs > LIMITS.clockGapMs ? gapMs : 0;
}
