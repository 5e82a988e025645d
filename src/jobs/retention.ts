// What a server tells of the months that accounts no longer keep, on standard error and in the audit log, and when it deletes them.
import { type AuditAction, openAudit } from '../access/audit/audit.ts';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { type ClockReading, clockWatch, type Passed } from '../retention/clock-watch.ts';
import { deleteOld } from '../retention/old-months.ts';
import { type PendingDeletion, writePending } from '../retention/pending-deletions.ts';
import { type Counted, clockGapMs, lookForOld } from '../retention/retention.ts';
import { grouped } from '../plain-text.ts';

/** Who deletes: nobody who signed in. */
const SYSTEM = { username: 'system', address: 'server' };

export interface Retention {
  /**
   * Looks at the clocks, and from time to time for what is old; deletes what has waited long enough.
   * @throws the signal's reason where it stops a deletion
   */
  look: (signal: AbortSignal) => Promise<void>;
}

/** Both clocks of the machine. */
export const systemClocks = (): ClockReading => ({ wallMs: Date.now(), monotonicMs: performance.now() });

/** @param waitMs between the announcement of a deletion and the deletion */
export function openRetention(
  offhook: Pick<Offhook, 'engine'>,
  waitMs: number,
  say: (line: string) => void,
  clocks: () => ClockReading = systemClocks,
): Retention {
  const { engine } = offhook;
  const audit = openAudit(engine, Date.now);
  const started = clocks();
  const passedUntil = clockWatch(started);
  /** Since the last look at the data. */
  let passed: Passed = { passedMs: 0, jumpMs: 0 };
  /** Of the clock when the server started, against the data; undefined: it was not looked at. */
  let startGapMs: number | undefined;
  let isDue = true;

  const record = (action: AuditAction, accountId: string, detail: Readonly<Record<string, unknown>>) =>
    audit.record({ action, ...SYSTEM, accountId, detail });

  async function lookAtData(wallMs: number, { passedMs, jumpMs }: Passed, signal: AbortSignal): Promise<void> {
    const looked = await lookForOld(engine, { wallMs, passedMs, jumpMs }, waitMs);
    if (looked.isKept && jumpMs !== 0) {
      say(jumpText(wallMs, jumpMs));
      await record('CLOCK_JUMPED', '', { jumpMs, clock: isoOf(wallMs) });
    }
    for (const pending of looked.withdrawn) {
      say(`Account ${pending.accountId}: what was before ${dayOf(pending.beforeMs)} is not deleted after all.`);
      await record('DELETION_WITHDRAWN', pending.accountId, { before: isoOf(pending.beforeMs) });
    }
    for (const counted of looked.announced) {
      const neededMs = Math.max(waitMs, counted.leastWaitMs);
      say(announcement(counted, neededMs));
      await record('DELETION_ANNOUNCED', counted.accountId, { ...detailOf(counted), waitMs: neededMs });
    }
    if (looked.due.length > 0) await deleteDue(looked.due, signal);
  }

  async function deleteDue(due: readonly Counted[], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // Before it is done: what is gone is in the log, whatever happens meanwhile.
    for (const counted of due) await record('DELETION_BEGUN', counted.accountId, detailOf(counted));
    await deleteOld(engine, due, signal);
    for (const counted of due) {
      await writePending(engine, counted, true);
      say(`Account ${counted.accountId}: ${whatOf(counted)} deleted.`);
      await record('DELETION_ENDED', counted.accountId, detailOf(counted));
    }
  }

  return {
    async look(signal) {
      const now = clocks();
      const more = passedUntil(now);
      passed = { passedMs: passed.passedMs + more.passedMs, jumpMs: more.jumpMs || passed.jumpMs };
      isDue ||= passed.jumpMs !== 0 || passed.passedMs >= Math.min(LIMITS.retentionEveryMs, waitMs);
      if (!isDue) return;
      startGapMs ??= await clockGapMs(engine, started.wallMs);
      passed.jumpMs ||= startGapMs;
      const since = passed;
      await engine.withLock('old months', () => lookAtData(now.wallMs, since, signal));
      // Only now: a look that failed is made again.
      passed = { passedMs: 0, jumpMs: 0 };
      startGapMs = 0;
      isDue = false;
    },
  };
}

const isoOf = (ms: number) => new Date(ms).toISOString();
const dayOf = (ms: number) => isoOf(ms).slice(0, 10);

const detailOf = ({ beforeMs, months, events, sessions, importedSessions, rejects }: Counted) => ({
  before: isoOf(beforeMs),
  months,
  events,
  sessions,
  importedSessions,
  rejects,
});

function whatOf({ beforeMs, months, events, sessions, importedSessions, rejects }: Counted): string {
  const range = months.length > 1 ? `${months[0]} to ${months.at(-1)}` : (months[0] ?? 'no month of events');
  return (
    `what was before ${dayOf(beforeMs)} (${range}: ${grouped(sessions + importedSessions)} sessions, ` +
    `${grouped(events)} events, ${grouped(rejects)} rejects)`
  );
}

function announcement(counted: Counted & PendingDeletion, neededMs: number): string {
  const { accountId, keepMonths } = counted;
  return (
    `Account ${accountId} keeps ${keepMonths} months: ${whatOf(counted)} will be deleted when the server has run for ` +
    `${spanOf(neededMs)}. To keep it: ./offhook accounts set --account ${accountId} --keep-months 0`
  );
}

function jumpText(wallMs: number, jumpMs: number): string {
  return (
    `The clock jumped ${jumpMs > 0 ? 'ahead' : 'back'} by ${spanOf(Math.abs(jumpMs))}, to ${isoOf(wallMs)}. If that is wrong, set it ` +
    `right. No old month is deleted in the next ${spanOf(LIMITS.waitAfterClockJumpMs)}.`
  );
}

const UNITS: readonly [name: string, ms: number][] = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
];

/** In the largest unit of which it has two. */
function spanOf(ms: number): string {
  const [name, unitMs] = UNITS.find(([, unitMs]) => ms >= 2 * unitMs) ?? UNITS.at(-1)!;
  return `${grouped(Math.round(ms / unitMs))} ${name}`;
}
