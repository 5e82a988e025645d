// Old months are deleted with whole sessions, nothing else is, and events that arrive meanwhile stay.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK_EVENT } from '../../test/support/histories.ts';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { AgentEvent } from '../events/agent-event.ts';
import { eventBlock } from '../ingest/events/event-block.ts';
import { countOld, deleteOld } from './old-months.ts';

const { engine } = await temporaryEngine();
const BEFORE_MS = Date.UTC(2026, 3, 1);

const event = (accountId: string, loginSessionId: string, at: string, more: Partial<AgentEvent> = {}) => ({
  ...BLANK_EVENT,
  accountId,
  loginSessionId,
  at: Date.parse(at),
  kind: 'LOGIN' as const,
  ...more,
});

/** Two events of a session: a login and a logout an hour later. */
function session(accountId: string, loginSessionId: string, login: string): AgentEvent[] {
  const first = event(accountId, loginSessionId, login, { baseState: 'AVAILABLE' });
  return [first, { ...first, kind: 'LOGOUT', baseState: '', at: first.at + 3_600_000 }];
}

const store = (events: readonly AgentEvent[]) => engine.insertBlock('events', eventBlock(events));

/** Sessions by account, and of how many events; those without a session have an empty id. */
async function left(...accounts: string[]): Promise<Record<string, number>> {
  const rows = await engine.query<{ place: string; events: number }>(
    `SELECT concat(account_id, '/', login_session_id) AS place, count() AS events
     FROM events FINAL WHERE account_id IN ({accounts:Array(String)}) GROUP BY place ORDER BY place`,
    { accounts },
  );
  return Object.fromEntries(rows.map(({ place, events }) => [place, events]));
}
async function places(table: string, ...accounts: string[]): Promise<string[]> {
  const rows = await engine.query<{ place: string }>(
    `SELECT DISTINCT concat(account_id, '/', login_session_id) AS place FROM ${table}
     WHERE account_id IN ({accounts:Array(String)}) ORDER BY place`,
    { accounts },
  );
  return rows.map(({ place }) => place);
}

test('what is older goes with its whole sessions, of several accounts at once; what goes on, and what others have, stays', async () => {
  await store([
    ...session('short', 'january', '2026-01-10T08:00:00Z'),
    ...session('short', 'march', '2026-03-31T22:30:00Z'),
    ...session('short', 'over-the-end', '2026-03-31T23:30:00Z'),
    ...session('short', 'april', '2026-04-01T00:00:00Z'),
    event('short', '', '2026-02-01T00:00:00Z', { kind: 'CALL_END', callId: 'c1' }),
    // One event of a clock that was wrong does not make a session of today an old one.
    ...session('short', 'wrong-clock', '2026-06-01T08:00:00Z'),
    event('short', 'wrong-clock', '1980-01-01T00:00:00Z'),
    ...session('shorter', 'april', '2026-04-10T08:00:00Z'),
    ...session('shorter', 'may', '2026-05-10T08:00:00Z'),
    ...session('long', 'march', '2026-03-10T08:00:00Z'),
  ]);
  const cutoff = { accountId: 'short', beforeMs: BEFORE_MS };
  assert.deepEqual(await countOld(engine, cutoff), {
    months: ['2026-01', '2026-02', '2026-03'],
    events: 5,
    sessions: 2,
    importedSessions: 0,
    rejects: 0,
  });
  await deleteOld(engine, [cutoff, { accountId: 'shorter', beforeMs: Date.UTC(2026, 4, 1) }]);
  const accounts = ['short', 'shorter', 'long'];
  const kept = {
    'long/march': 2,
    'short/april': 2,
    'short/over-the-end': 2,
    'short/wrong-clock': 3,
    'shorter/may': 2,
  };
  assert.deepEqual(await left(...accounts), kept);
  assert.deepEqual(await places('login_sessions', ...accounts), Object.keys(kept));
  assert.deepEqual(await places('dirty_sessions', ...accounts), Object.keys(kept));
  const nothing = { months: [], events: 0, sessions: 0, importedSessions: 0, rejects: 0 };
  assert.deepEqual(await countOld(engine, cutoff), nothing);
});

/** The engine, which calls a function with the number of each statement before it. */
function doing(work: (nth: number) => Promise<void> | void): Engine {
  let statements = 0;
  return {
    ...engine,
    async command(sql, params, options) {
      await work(statements++);
      return engine.command(sql, params, options);
    },
  };
}

test('an event that arrives at any moment of a deletion stays: of another account, and of a session that goes on by it', async () => {
  const moments = Array.from({ length: 10 }, (_, nth) => nth);
  await store(moments.flatMap(nth => session('own', `${nth}`, '2026-01-10T08:00:00Z')));
  const seen: number[] = [];
  const interrupted = doing(nth => {
    seen.push(nth);
    return store([
      event('other', `${nth}`, '2026-01-10T09:00:00Z'),
      event('own', `${nth}`, '2026-05-01T09:00:00Z', { kind: 'LOGOUT' }),
    ]);
  });
  await deleteOld(interrupted, [{ accountId: 'own', beforeMs: BEFORE_MS }]);
  assert.deepEqual(seen, moments, 'eight deletions, and the rows of cut sessions rebuilt');
  const known = await engine.query<{ session: string; firstAt: string; isDirty: number }>(
    `SELECT login_session_id AS session, toString(first_at) AS firstAt,
       (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM dirty_sessions) AS isDirty
     FROM login_sessions FINAL WHERE account_id = 'own' ORDER BY session`,
  );
  assert.deepEqual(
    known,
    // Before the deletion begins it makes the session one that goes on; afterwards it is all that is left of it.
    moments.map(nth => ({
      session: `${nth}`,
      firstAt: nth === 0 ? '2026-01-10 08:00:00.000' : '2026-05-01 09:00:00.000',
      isDirty: 1,
    })),
  );
  const events = [...moments.map(nth => [`other/${nth}`, 1]), ...moments.map(nth => [`own/${nth}`, nth ? 1 : 3])];
  assert.deepEqual(await left('own', 'other'), Object.fromEntries(events));
});

test('a deletion stops between its statements and within one, and does not go on by itself', async () => {
  await store(Array.from({ length: 6 }, (_, i) => event('stopped', `${i}`, new Date(Date.UTC(2000, i)).toISOString())));
  const ended = new AbortController();
  let statements = 0;
  const stopping = doing(nth => {
    statements++;
    if (nth === 1) ended.abort();
  });
  const cutoffs = [{ accountId: 'stopped', beforeMs: BEFORE_MS }];
  await assert.rejects(deleteOld(stopping, cutoffs, ended.signal), { name: 'AbortError' });
  assert.ok(statements <= 3);
  await assert.rejects(deleteOld(engine, cutoffs, AbortSignal.abort()), { name: 'AbortError' });
  assert.deepEqual(await engine.query('SELECT * FROM system.mutations WHERE NOT is_done'), []);
  assert.equal((await countOld(engine, cutoffs[0]!)).sessions, 6);
  await deleteOld(engine, cutoffs);
  assert.deepEqual(await left('stopped'), {});
  assert.deepEqual(await places('login_sessions', 'stopped'), []);
});
