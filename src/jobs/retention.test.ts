// Old months are deleted when both clocks agree that the announcement was long enough ago, never because a clock was wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK_EVENT } from '../../test/support/histories.ts';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import { writeAccount } from '../directory/accounts.ts';
import { eventBlock } from '../ingest/events/event-block.ts';
import { keptFromMs } from '../retention/retention.ts';
import { openRetention } from './retention.ts';

const { engine } = await temporaryEngine();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEARS_MS = 5 * 365 * DAY_MS;
const NOW = Date.UTC(2026, 5, 15, 12);
const WAIT_MS = 7 * DAY_MS;

/** One event in each month of the previous year and one now, all received now. */
async function fill(accountId: string, receivedAt = NOW): Promise<void> {
  const months = Array.from({ length: 12 }, (_, i) => Date.UTC(2025, 5 + i, 10));
  const events = [...months, receivedAt].map((at, i) => ({
    ...BLANK_EVENT,
    accountId,
    loginSessionId: `${i}`,
    kind: 'LOGIN' as const,
    at,
    receivedAt,
  }));
  await engine.insertBlock('events', eventBlock(events));
}

const sessions = async (accountId: string) => {
  const [row] = await engine.query<{ rows: number }>(
    'SELECT uniqExact(login_session_id) AS rows FROM events WHERE account_id = {accountId:String}',
    { accountId },
  );
  return row!.rows;
};

/** The new entries of the audit log since the last call. */
async function recorded(): Promise<unknown[]> {
  const rows = await engine.query<{ action: string; account: string; who: string; detail: string }>(
    `SELECT toString(action) AS action, account_id AS account, concat(username, '@', address) AS who, detail
     FROM audit ORDER BY at, order_in_instant`,
  );
  await engine.command('TRUNCATE TABLE audit');
  return rows.map(({ action, account, who, detail }) => {
    assert.equal(who, 'system@server');
    return [action, account, JSON.parse(detail)];
  });
}

/** A server with clocks that the test sets. */
function server(wallMs: number, waitMs = WAIT_MS) {
  const clocks = { wallMs, monotonicMs: 1_000 };
  const lines: string[] = [];
  const { check } = openRetention(
    { engine },
    waitMs,
    line => lines.push(line),
    () => ({ ...clocks }),
  );
  return {
    lines,
    clocks,
    async pass(wall: number, monotonic = wall, signal = new AbortController().signal) {
      clocks.wallMs += wall;
      clocks.monotonicMs += monotonic;
      await check(signal);
    },
  };
}

const COUNTS = { before: '2025-12-01T00:00:00.000Z', importedSessions: 0, rejects: 0 };
const OLD = {
  ...COUNTS,
  months: ['2025-06', '2025-07', '2025-08', '2025-09', '2025-10', '2025-11'],
  events: 6,
  sessions: 6,
};

/** An account that keeps six of its thirteen months; the accounts of earlier tests keep everything. */
async function account(accountId: string, receivedAt?: number): Promise<void> {
  for (const other of ['long', 'ahead', 'wrong', 'restart']) {
    await writeAccount(engine, { accountId: other, keepMonths: 0 }, NOW);
  }
  await engine.command('TRUNCATE TABLE pending_deletions');
  await fill(accountId, receivedAt);
  await writeAccount(engine, { accountId, keepMonths: 6 }, NOW);
  await recorded();
}

test('months are counted back from the current one', () => {
  assert.equal(keptFromMs(NOW, 2), Date.UTC(2026, 3, 1));
  assert.equal(keptFromMs(Date.UTC(2026, 0, 1), 13), Date.UTC(2024, 11, 1));
});

test('a deletion is announced, waits, and is done and logged', async () => {
  await account('long');
  const { pass, lines } = server(NOW);
  await pass(0);
  assert.deepEqual(await recorded(), [['DELETION_ANNOUNCED', 'long', { ...OLD, waitMs: WAIT_MS }]]);
  assert.match(
    lines.join(),
    /long keeps 6 months.*2025-06 to 2025-11: 6 sessions, 6 events, 0 rejects.*7 days.*--keep-months 0/,
  );
  for (let times = 0; times < 3; times++) await pass(2 * DAY_MS);
  assert.deepEqual([await sessions('long'), await recorded()], [13, []]);
  await assert.rejects(pass(DAY_MS, DAY_MS, AbortSignal.abort()), { name: 'AbortError' });
  assert.equal(await sessions('long'), 13);
  await pass(0);
  assert.equal(await sessions('long'), 7);
  assert.deepEqual(await recorded(), [
    ['DELETION_BEGUN', 'long', OLD],
    ['DELETION_ENDED', 'long', OLD],
  ]);
  assert.match(lines.at(-1)!, /long: deleted all data before 2025-12-01 /);
  await pass(DAY_MS);
  assert.deepEqual(await recorded(), []);
});

test('a clock that is years ahead for a few seconds deletes nothing, whatever events arrive and however short the wait is', async () => {
  await account('ahead');
  const { pass, lines } = server(NOW, 1_000);
  await pass(YEARS_MS, 1_000);
  await fill('ahead', NOW + YEARS_MS);
  for (let times = 0; times < 3; times++) await pass(3_000);
  assert.match(lines[0]!, /jumped ahead by 1.825 days, to 2031-/);
  await pass(-YEARS_MS, 1_000);
  for (let times = 0; times < 3; times++) await pass(3_000);
  assert.equal(await sessions('ahead'), 13);
  const actions = (await recorded()).map(entry => (entry as string[])[0]);
  assert.equal(actions.filter(action => action === 'CLOCK_JUMPED').length, 2);
  assert.ok(!actions.includes('DELETION_BEGUN'));
  assert.match(lines.find(line => line.includes('back'))!, /jumped back by 1.825 days, to 2026-/);
  // A day after the jump, the clock is trusted again.
  await pass(23 * HOUR_MS);
  assert.equal(await sessions('ahead'), 13);
  await pass(HOUR_MS);
  assert.equal(await sessions('ahead'), 7);
});

test('a clock that is wrong from the start is reported and trusted only after a day; correcting it cancels the deletion', async () => {
  await account('wrong');
  const wrong = server(NOW + YEARS_MS, 1_000);
  await wrong.pass(0);
  assert.match(wrong.lines[0]!, /jumped ahead by 1.825 days/);
  // Only months that are old compared to the newest earlier data are announced, although newer data was stored by the wrong clock.
  await fill('wrong', NOW + YEARS_MS);
  await wrong.pass(23 * HOUR_MS);
  assert.equal(await sessions('wrong'), 13);
  await engine.command('TRUNCATE TABLE pending_deletions');
  const later = server(NOW + YEARS_MS, 1_000);
  await later.pass(0);
  await recorded();
  const right = server(NOW);
  for (let times = 0; times < 3; times++) await right.pass(3_000);
  const [withdrawn] = await recorded();
  assert.deepEqual(withdrawn, ['DELETION_WITHDRAWN', 'wrong', { before: '2030-12-01T00:00:00.000Z' }]);
  assert.equal(await sessions('wrong'), 13);
});

test('the wait continues after a restart, and neither small changes of the clock nor downtime shorten it', async () => {
  await account('restart');
  await server(NOW).pass(0);
  for (const day of [1, 3, 5]) {
    const { pass } = server(NOW + day * DAY_MS);
    await pass(0);
    await pass(DAY_MS);
  }
  assert.equal(await sessions('restart'), 13, 'seven days by the wall clock, of which the servers ran for three');
  const { pass } = server(NOW + 7 * DAY_MS);
  await pass(0);
  for (let half = 0; half < 7; half++) await pass(DAY_MS / 2 + HOUR_MS / 2, DAY_MS / 2);
  assert.equal(await sessions('restart'), 13);
  await pass(DAY_MS / 2);
  assert.equal(await sessions('restart'), 7);
  // Reset, so that this account has no old months.
  await writeAccount(engine, { accountId: 'restart', keepMonths: 0 }, NOW);
});
