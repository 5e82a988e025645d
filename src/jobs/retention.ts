// Announces and deletes the months that accounts no longer keep. Each step is logged and recorded in the audit log.
import { type AuditAction, openAudit } from '../access/audit/audit.ts';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { type ClockReading, clockWatch, type Passed } from '../retention/clock-watch.ts';
import { deleteOld } from '../retention/old-months.ts';
import { type PendingDeletion, writePending } from '../retention/pending-deletions.ts';
import { type Counted, clockGapMs, lookForOld } from '../retention/retention.ts';
import { counted, grouped } from '../plain-text.ts';
import { isoInstant } from '../time/instant.ts';

/** The actor in the audit log: no user signed in for this. */
const SYSTEM = { username: 'system', address: 'server' };

export interface Retention {
  /**
   * Checks the clocks and, from time to time, the stored data. Deletes what was announced long enough ago.
   * @throws the signal's reason if it stops a deletion
   */
  check: (signal: AbortSignal) => Promise<void>;
}

/** The machine's wall clock and its monotonic clock. */
export const systemClocks = (): ClockReading => ({ wallMs: Date.now(), monotonicMs: performance.now() });

/** @param waitMs time between the announcement of a deletion and the deletion */
export function openRetention(
  offhook: Pick<Offhook, 'engine'>,
  waitMs: number,
  log: (line: string) => void,
  clocks: () => ClockReading = systemClocks,
): Retention {
  const { engine } = offhook;
  const audit = openAudit(engine, Date.now);
  const started = clocks();
  const passedUntil = clockWatch(started);
  /** Since the last check of the data. */
  let passed: Passed = { passedMs: 0, jumpMs: 0 };
  /** How far the clock was ahead of the newest data when the server started; undefined: not checked yet. */
  let startGapMs: number | undefined;
  let isDue = true;

  const record = (action: AuditAction, accountId: string, detail: Readonly<Record<string, unknown>>) =>
    audit.record({ action, ...SYSTEM, accountId, detail });

  async function checkData(wallMs: number, { passedMs, jumpMs }: Passed, signal: AbortSignal): Promise<void> {
    const found = await lookForOld(engine, { wallMs, passedMs, jumpMs }, waitMs);
    if (found.isKept && jumpMs !== 0) {
      log(jumpText(wallMs, jumpMs));
      await record('CLOCK_JUMPED', '', { jumpMs, clock: isoInstant(wallMs) });
    }
    for (const pending of found.withdrawn) {
      log(`Account ${pending.accountId}: the deletion of data before ${dayOf(pending.beforeMs)} is cancelled.`);
      await record('DELETION_WITHDRAWN', pending.accountId, { before: isoInstant(pending.beforeMs) });
    }
    for (const deletion of found.announced) {
      const neededMs = Math.max(waitMs, deletion.leastWaitMs);
      log(announcement(deletion, neededMs));
      await record('DELETION_ANNOUNCED', deletion.accountId, { ...detailOf(deletion), waitMs: neededMs });
    }
    if (found.due.length > 0) await deleteDue(found.due, signal);
  }

  async function deleteDue(due: readonly Counted[], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // Recorded first, so that a deletion is in the audit log even if the server stops during it.
    for (const deletion of due) await record('DELETION_BEGUN', deletion.accountId, detailOf(deletion));
    await deleteOld(engine, due, signal);
    for (const deletion of due) {
      await writePending(engine, deletion, true);
      log(`Account ${deletion.accountId}: deleted ${summaryOf(deletion)}.`);
      await record('DELETION_ENDED', deletion.accountId, detailOf(deletion));
    }
  }

  return {
    async check(signal) {
      const now = clocks();
      const more = passedUntil(now);
      passed = { passedMs: passed.passedMs + more.passedMs, jumpMs: more.jumpMs || passed.jumpMs };
      isDue ||= passed.jumpMs !== 0 || passed.passedMs >= Math.min(LIMITS.retentionEveryMs, waitMs);
      if (!isDue) return;
      startGapMs ??= await clockGapMs(engine, started.wallMs);
      passed.jumpMs ||= startGapMs;
      const since = passed;
      await engine.withLock('old months', () => checkData(now.wallMs, since, signal));
      // Reset only now, so that a failed check is repeated.
      passed = { passedMs: 0, jumpMs: 0 };
      startGapMs = 0;
      isDue = false;
    },
  };
}

const dayOf = (ms: number) => isoInstant(ms).slice(0, 10);

const detailOf = ({ beforeMs, months, events, sessions, importedSessions, rejects }: Counted) => ({
  before: isoInstant(beforeMs),
  months,
  events,
  sessions,
  importedSessions,
  rejects,
});

function summaryOf({ beforeMs, months, events, sessions, importedSessions, rejects }: Counted): string {
  const range = months.length > 1 ? `${months[0]} to ${months.at(-1)}` : (months[0] ?? 'no month with events');
  return (
    `all data before ${dayOf(beforeMs)} (${range}: ${counted(sessions + importedSessions, 'session')}, ` +
    `${counted(events, 'event')}, ${counted(rejects, 'reject')})`
  );
}

function announcement(pending: Counted & PendingDeletion, neededMs: number): string {
  const { accountId, keepMonths } = pending;
  return (
    `Account ${accountId} keeps ${counted(keepMonths, 'month')}: ${summaryOf(pending)} will be deleted after the server has run ` +
    `for ${spanOf(neededMs)}. To keep the data: ./offhook accounts set --account ${accountId} --keep-months 0`
  );
}

function jumpText(wallMs: number, jumpMs: number): string {
  return (
    `The clock jumped ${jumpMs > 0 ? 'ahead' : 'back'} by ${spanOf(Math.abs(jumpMs))}, to ${isoInstant(wallMs)}. If this time is ` +
    `wrong, correct the clock. No old data is deleted in the next ${spanOf(LIMITS.waitAfterClockJumpMs)}.`
  );
}

const UNITS: readonly [name: string, ms: number][] = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
];

/** In the largest unit that gives at least 2: `7 days`, `36 hours`. */
function spanOf(ms: number): string {
  const [name, unitMs] = UNITS.find(([, unitMs]) => ms >= 2 * unitMs) ?? UNITS.at(-1)!;
  return `${grouped(Math.round(ms / unitMs))} ${name}`;
}
