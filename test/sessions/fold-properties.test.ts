// The fold against the explanation of its numbers, on random histories; and what must hold for every input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AgentEvent, BaseState } from '../../src/events/agent-event.ts';
import { COLUMNS } from '../../src/report/columns/columns.ts';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { streamReport } from '../../src/report/report.ts';
import { FOLD_SETTINGS, FOLD_SQL, foldParams, type SessionRange } from '../../src/sessions/sessions.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { type FoldedSession, expectedSessions } from './expected-sessions.ts';
import { anyHistory, anyWay, BLANK_EVENT, type History, inAccount, START } from '../support/histories.ts';
import { runs } from '../support/property-runs.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Histories of one run, stored and folded together: an insert and a query cost more than a hundred histories. */
const anyHistories = fc.array(anyHistory, { minLength: 1, maxLength: 300, size: 'max' });

type Clock = Omit<SessionRange, 'accountIds'>;
const anyClock: fc.Arbitrary<Clock> = fc.record({
  fromMs: fc.constantFrom(START, START, START + 3 * SECOND, START + 5 * SECOND),
  toMs: fc.constantFrom(START + HOUR, START + HOUR, START + 10 * SECOND, START + 30_500),
  nowMs: fc.constantFrom(START, START + 30 * SECOND, START + 2 * MINUTE, START + 5 * HOUR),
  staleAfterMs: fc.constantFrom(4 * SECOND, 2 * MINUTE, 16 * HOUR),
});
const WHOLE: Clock = { fromMs: START, toMs: START + 2 * HOUR, nowMs: START + 3 * HOUR, staleAfterMs: HOUR };

let accounts = 0;
/** Ids that no other run uses. */
function freshAccounts(count: number): string[] {
  return Array.from({ length: count }, () => `account-${accounts++}`);
}

async function store(events: readonly AgentEvent[]): Promise<void> {
  if (events.length === 0) return;
  await engine.insertBlock('events', eventBlock(events));
}

async function fold(accountIds: readonly string[], clock: Clock): Promise<Map<string, FoldedSession>> {
  const rows = await engine.query<FoldedSession>(
    `SELECT * FROM (${FOLD_SQL}) SETTINGS ${FOLD_SETTINGS}`,
    foldParams({ accountIds, ...clock }),
  );
  return new Map(rows.map(row => [`${row.account_id}/${row.login_session_id}`, row]));
}

/** The fold of one account is what is expected; fails with the events of the first session that differs. */
function assertSame(actual: ReadonlyMap<string, FoldedSession>, events: readonly AgentEvent[], clock: Clock) {
  const accountId = events[0]?.accountId;
  if (accountId === undefined) return;
  const expected = expectedSessions(events, { accountIds: [accountId], ...clock });
  const own = [...actual].filter(([key]) => key.startsWith(`${accountId}/`));
  assert.deepEqual(own.map(([key]) => key).sort(), [...expected.keys()].sort(), describe(events));
  for (const [key, session] of own) {
    assert.deepEqual(session, expected.get(key), `\n${describe(events, session.login_session_id)}\n`);
  }
}

/** The events in a line each, only what they say. */
function describe(events: readonly AgentEvent[], loginSessionId?: string): string {
  return events
    .filter(event => loginSessionId === undefined || event.loginSessionId === loginSessionId)
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(event => {
      const blank: Record<string, unknown> = { ...BLANK_EVENT, order: -1 };
      const said = Object.entries(event).filter(([name, value]) => value !== blank[name]);
      return JSON.stringify({ ...Object.fromEntries(said), at: event.at - START });
    })
    .join('\n');
}

async function report(accountIds: readonly string[], clock: Clock): Promise<string[][]> {
  const wall = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  const criteria = {
    ...ALL_SESSIONS,
    accountIds,
    start: wall(clock.fromMs),
    end: wall(clock.toMs),
    timezone: 'UTC',
  };
  const chunks: Uint8Array[] = [];
  const bytes = streamReport(engine, criteria, clock, { format: 'csv', keepFormulas: false });
  for await (const chunk of bytes) chunks.push(chunk);
  const [header, ...lines] = Buffer.concat(chunks).toString().trimEnd().split('\n');
  assert.equal(header, COLUMNS.map(column => column.header).join(','));
  return lines.map(line => line.split(','));
}

/** Events of each history under an id of its own, and the ids. */
function placed(histories: readonly History[]): { accountIds: string[]; events: AgentEvent[][] } {
  const accountIds = freshAccounts(histories.length);
  return { accountIds, events: histories.map((history, index) => inAccount(accountIds[index]!, history)) };
}

/** Numbers in [0, 1) that depend on the seed only. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const keyed = items.map(item => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

async function holdsFor<T>(arbitrary: fc.Arbitrary<T>, count: number, check: (value: T) => Promise<void>) {
  // Shrinking goes through the engine too; it ends after a while with the smallest failure so far.
  await fc.assert(fc.asyncProperty(arbitrary, check), runs(count));
}

test('the fold is what the explanation counts, for any events', async () => {
  await holdsFor(fc.tuple(anyHistories, anyClock), 12, async ([histories, clock]) => {
    const { accountIds, events } = placed(histories);
    await store(events.flat());
    const actual = await fold(accountIds, clock);
    for (const own of events) assertSame(actual, own, clock);
  });
});

test('order of arrival, repetition and batches change nothing', async () => {
  await holdsFor(fc.tuple(anyHistories, anyClock, fc.nat()), 3, async ([histories, clock, seed]) => {
    const [once, again] = [placed(histories), placed(histories)];
    await store(once.events.flat());
    const random = randomFrom(seed);
    const all = again.events.flat();
    const repeated = all.filter(() => random() < 0.3).map(event => ({ ...event, raw: 'again' }));
    const arriving = shuffled([...all, ...repeated], random);
    while (arriving.length > 0) await store(arriving.splice(0, 1 + Math.floor((random() * all.length) / 2)));

    const expected = await fold(once.accountIds, clock);
    const actual = await fold(again.accountIds, clock);
    assert.equal(actual.size, expected.size);
    for (const [index, accountId] of once.accountIds.entries()) {
      for (const sessionId of ['s0', 's1', 's2']) {
        const session = expected.get(`${accountId}/${sessionId}`);
        const other = actual.get(`${again.accountIds[index]}/${sessionId}`);
        assert.deepEqual(other && { ...other, account_id: accountId }, session, describe(once.events[index]!));
      }
    }
    // Rows of one login instant and session id may change places between accounts, so lines are compared as a set.
    const [lines, otherLines] = [await report(once.accountIds, clock), await report(again.accountIds, clock)];
    assert.deepEqual(otherLines.map(String).sort(), lines.map(String).sort());
  });
});

test('times add up and none is negative; every printed ratio and average is a number', async () => {
  await holdsFor(fc.tuple(anyHistories, anyClock), 3, async ([histories, clock]) => {
    const { accountIds, events } = placed(histories);
    await store(events.flat());
    const sessions = [...(await fold(accountIds, clock)).values()];
    for (const session of sessions) assertAddsUp(session);
    const lines = await report(accountIds, clock);
    const cells = COLUMNS.map((column, index) => [column.type, index] as const);
    for (const line of lines) {
      assert.equal(line.length, COLUMNS.length);
      for (const [type, index] of cells) assert.match(line[index]!, CELLS[type], COLUMNS[index]!.header);
    }
    assert.deepEqual(lines.map(numbers).map(String).sort(), sessions.map(printed).map(String).sort());
  });
});

const CELLS = {
  text: /^/,
  dts: /^(?:\d{1,2}\/\d{1,2}\/\d\d \d{1,2}:\d\d [AP]M)?$/,
  count: /^\d+$/,
  minutes: /^\d+\.\d\d$/,
  percent: /^\d+\.\d\d%$/,
  labels: /^$/,
};

function assertAddsUp(session: FoldedSession): void {
  const label = JSON.stringify(session);
  const { work_ms, break_ms, away_ms, lunch_ms, training_ms, rna_ms, unaccounted_ms } = session;
  const states = work_ms + break_ms + away_ms + lunch_ms + training_ms + rna_ms;
  assert.equal(states + unaccounted_ms, session.login_time_ms, label);
  assert.equal(session.talk_ms + session.hold_ms, session.engaged_ms, label);
  assert.equal(session.accepted + session.ring_no_answers + session.offers_withdrawn, session.presented, label);
  for (const [name, value] of Object.entries(session)) assert.ok(!(Number(value) < 0), `${name}: ${label}`);
  const labelled = Object.values(session.label_ms).reduce((sum, ms) => sum + ms, 0);
  const atMost: [smaller: number, larger: number][] = [
    [states, labelled],
    [labelled, session.login_time_ms],
    [session.hold_ms, session.engaged_ms],
    [session.engaged_ms, session.work_ms],
    [session.work_ms, session.login_time_ms],
    [session.pending_disposition_ms, session.login_time_ms],
    [session.off_hook_ms, session.login_time_ms],
    [session.off_hook_ms, session.rounded_off_hook_ms],
    [session.transfers, session.accepted],
  ];
  for (const [smaller, larger] of atMost) assert.ok(smaller <= larger, `${smaller} > ${larger}: ${label}`);
  assert.equal(session.rounded_off_hook_ms % MINUTE, 0, label);
}

/** The cells of a printed line that are no text and no time of day. */
function numbers(line: readonly string[]): string[] {
  return line.filter((_, index) => !['text', 'dts'].includes(COLUMNS[index]!.type));
}

/** The same cells out of a session, by arithmetic of whole numbers. */
function printed(session: FoldedSession): string[] {
  const { talk_ms: talk, login_time_ms: login, off_hook_ms: offHook, accepted } = session;
  const { transfers, pending_disposition_ms: pending } = session;
  const halfUp = (value: number, unit: number) =>
    unit === 0 ? '0.00' : (Math.floor((2 * value + unit) / (2 * unit)) / 100).toFixed(2);
  const minutes = (ms: number, per = 1) => halfUp(ms, 600 * per);
  const percent = (part: number, whole: number) => `${halfUp(part * 10_000, whole)}%`;
  return [
    ...[session.presented, accepted, session.manual_no_connects, session.ring_no_answers, transfers].map(String),
    percent(transfers, accepted),
    minutes(talk),
    minutes(talk, accepted),
    minutes(login),
    percent(talk, login),
    minutes(offHook),
    minutes(session.rounded_off_hook_ms),
    percent(talk, offHook),
    percent(offHook, login),
    minutes(session.work_ms),
    minutes(session.break_ms),
    minutes(session.away_ms),
    minutes(session.lunch_ms),
    minutes(session.training_ms),
    minutes(pending),
    minutes(pending, accepted),
    String(session.holds),
    minutes(session.hold_ms),
    minutes(session.ring_ms),
    minutes(session.engaged_ms),
    minutes(session.rna_ms),
    minutes(session.available_ms),
    String(session.monitoring_sessions),
  ];
}

test('an event that arrives after a report changes the next one as if it had been there', async () => {
  await holdsFor(fc.tuple(anyHistories, anyClock, fc.nat()), 3, async ([histories, clock, seed]) => {
    const { accountIds, events } = placed(histories);
    const random = randomFrom(seed);
    const late = new Set(events.flat().filter(() => random() < 0.2));
    await store(events.flat().filter(event => !late.has(event)));
    const before = await fold(accountIds, clock);
    for (const own of events) {
      assertSame(
        before,
        own.filter(event => !late.has(event)),
        clock,
      );
    }
    await store([...late]);
    const after = await fold(accountIds, clock);
    for (const own of events) assertSame(after, own, clock);
  });
});

const TIME_COLUMNS: Partial<Record<BaseState, keyof FoldedSession>> = {
  AVAILABLE: 'available_ms',
  TRANSITION: 'ring_ms',
  ENGAGED: 'engaged_ms',
  WORKING: 'wrap_ms',
  MONITORING: 'monitoring_ms',
  ON_BREAK: 'break_ms',
  LUNCH: 'lunch_ms',
  TRAINING: 'training_ms',
  RNA: 'rna_ms',
};

test('a way through states, many in one second, is found again by the states they left', async () => {
  const anyWays = fc.array(anyWay, { minLength: 1, maxLength: 300, size: 'max' });
  await holdsFor(fc.tuple(anyWays, fc.nat()), 3, async ([ways, seed]) => {
    const { accountIds, events } = placed(ways.map(way => way.history));
    await store(shuffled(events.flat(), randomFrom(seed)));
    const sessions = await fold(accountIds, WHOLE);
    for (const [index, { timeIn }] of ways.entries()) {
      const session = sessions.get(`${accountIds[index]}/s0`)!;
      for (const [state, column] of Object.entries(TIME_COLUMNS)) {
        const expected = timeIn.get(state as BaseState) ?? 0;
        assert.equal(session[column], expected, `${column}\n${describe(events[index]!)}`);
      }
    }
  });
});

interface Edge {
  name: string;
  history: Partial<AgentEvent>[];
  clock?: Partial<Clock>;
  /** A session each, in order of login. */
  expected: Partial<FoldedSession>[];
  /** Printed cells of the first session by header. */
  cells?: Record<string, string>;
}

const LOGIN: Partial<AgentEvent> = { kind: 'LOGIN', order: 0 };
const LOGOUT: Partial<AgentEvent> = { kind: 'LOGOUT', order: 63 };
const MIDNIGHT = Date.UTC(2021, 4, 3);
const enters = (at: number, baseState: BaseState, more: Partial<AgentEvent> = {}): Partial<AgentEvent> => ({
  at,
  baseState,
  pendingDisposition: false,
  ...more,
});

const EDGES: Edge[] = [
  { name: 'no events are no rows, under the header', history: [], expected: [], cells: {} },
  {
    name: 'a login on the start and one on the end are in, one a millisecond beside them is not',
    history: [START - 1, START, START + HOUR, START + HOUR + 1].flatMap((at, index) => [
      { ...LOGIN, at, loginSessionId: `s${index}` },
      { ...LOGOUT, at: at + MINUTE, loginSessionId: `s${index}` },
    ]),
    clock: { toMs: START + HOUR },
    expected: [{ login_session_id: 's1' }, { login_session_id: 's2' }],
  },
  {
    name: 'only the login counts: a session that lasts beyond the end is whole',
    history: [
      { ...LOGIN, at: START },
      { ...LOGOUT, at: START + 10 * HOUR },
    ],
    clock: { toMs: START },
    expected: [{ login_time_ms: 10 * HOUR }],
  },
  {
    name: 'a session over midnight is one, on the day of its login',
    history: [{ ...LOGIN, at: START }, enters(START, 'AVAILABLE'), { ...LOGOUT, at: MIDNIGHT + 90 * SECOND }],
    clock: { toMs: MIDNIGHT - 1 },
    expected: [{ login_time_ms: 2 * MINUTE, available_ms: 2 * MINUTE }],
    cells: { 'Login DTS': '5/2/21 11:59 PM', 'Logout DTS': '5/3/21 12:01 AM', 'Login Time (min)': '2.00' },
  },
  {
    name: 'the day after has no row of a session over midnight',
    history: [
      { ...LOGIN, at: START },
      { ...LOGOUT, at: MIDNIGHT + 90 * SECOND },
    ],
    clock: { fromMs: MIDNIGHT },
    expected: [],
  },
  {
    name: 'a session of more than a thousand minutes prints without separators',
    history: [{ ...LOGIN, at: START }, enters(START, 'AVAILABLE'), { ...LOGOUT, at: START + 1234 * MINUTE + 300 }],
    expected: [{ login_time_ms: 1234 * MINUTE + 300 }],
    cells: { 'Login Time (min)': '1234.01', 'Available Time (min)': '1234.01', 'Login Utilization': '0.00%' },
  },
  {
    name: 'a logout before the login makes a session of no length',
    history: [
      { ...LOGIN, at: START + SECOND },
      { ...LOGOUT, at: START },
    ],
    expected: [{ login_time_ms: 0, end_reason: 'NORMAL' }],
    cells: { 'Login Time (min)': '0.00', 'Off Hook to Login %': '0.00%' },
  },
  {
    name: 'a call put on hold before the login is on hold from the login on',
    history: [
      enters(START, 'ENGAGED'),
      { kind: 'HOLD', at: START + 3 * SECOND },
      { ...LOGIN, at: START + 5 * SECOND },
      { kind: 'UNHOLD', at: START + 8 * SECOND },
      { ...LOGOUT, at: START + 10 * SECOND },
    ],
    expected: [{ engaged_ms: 5 * SECOND, hold_ms: 3 * SECOND, talk_ms: 2 * SECOND }],
  },
  {
    name: 'a circle within one second ends where the agent was, also where only the flag changed in between',
    history: [
      { ...LOGIN, at: START },
      enters(START, 'AVAILABLE'),
      { kind: 'STATE', at: START + SECOND, pendingDisposition: true },
      enters(START + 2 * SECOND, 'TRANSITION', { prevBaseState: 'AVAILABLE' }),
      enters(START + 2 * SECOND, 'AVAILABLE', { prevBaseState: 'TRANSITION' }),
      { ...LOGOUT, at: START + 10 * SECOND },
    ],
    expected: [{ available_ms: 10 * SECOND, ring_ms: 0, pending_disposition_ms: SECOND }],
  },
  {
    name: 'many ways and a circle in one session: each way still ends where it leads',
    history: [
      { ...LOGIN, at: START },
      ...Array.from({ length: 60 }, (_, nth) => START + nth * SECOND).flatMap(at => [
        enters(at, 'ENGAGED', { prevBaseState: 'TRANSITION' }),
        enters(at, 'WORKING', { prevBaseState: 'ENGAGED' }),
        enters(at, 'AVAILABLE', { prevBaseState: 'WORKING' }),
      ]),
      enters(START + MINUTE, 'TRANSITION', { prevBaseState: 'AVAILABLE' }),
      enters(START + MINUTE, 'AVAILABLE', { prevBaseState: 'TRANSITION' }),
      { ...LOGOUT, at: START + MINUTE + SECOND },
    ],
    expected: [{ available_ms: MINUTE + SECOND, label_ms: { AVAILABLE: MINUTE + SECOND } }],
  },
  {
    name: 'two states of one second that name nothing do not depend on what another second says',
    history: [
      { ...LOGIN, at: START },
      enters(START + SECOND, 'ENGAGED'),
      enters(START + SECOND, 'AVAILABLE'),
      enters(START + SECOND, 'AVAILABLE', { stateLabel: 'Ready' }),
      enters(START + 2 * SECOND, 'AVAILABLE', { prevBaseState: 'WORKING' }),
      enters(START + 2 * SECOND, 'WORKING', { prevBaseState: 'ENGAGED' }),
      { ...LOGOUT, at: START + 4 * SECOND },
    ],
    expected: [{ engaged_ms: SECOND, available_ms: 2 * SECOND, wrap_ms: 0 }],
  },
  {
    name: 'of two entries into one state the one from the state itself says the flag',
    history: [
      { ...LOGIN, at: START },
      enters(START, 'AVAILABLE', { prevBaseState: 'WORKING', pendingDisposition: true }),
      enters(START, 'AVAILABLE', { prevBaseState: 'AVAILABLE' }),
      { ...LOGOUT, at: START + SECOND },
    ],
    expected: [{ available_ms: SECOND, pending_disposition_ms: 0 }],
  },
  {
    name: 'time counts by the label the agent sees, else by the state; a change of label is none of the state',
    history: [
      { ...LOGIN, at: START },
      { kind: 'STATE', at: START + SECOND, pendingDisposition: true },
      enters(START + 2 * SECOND, 'AVAILABLE'),
      enters(START + 5 * SECOND, 'AVAILABLE', { stateLabel: 'Ready' }),
      { kind: 'STATE', at: START + 7 * SECOND, pendingDisposition: true },
      { kind: 'STATE', at: START + 8 * SECOND, pendingDisposition: true },
      enters(START + 10 * SECOND, 'LUNCH', { stateLabel: 'Ready', pendingDisposition: true }),
      enters(START + 20 * SECOND, 'AWAY', { stateLabel: 'Chat' }),
      enters(START + 20 * SECOND, 'AWAY', { stateLabel: 'Çay' }),
      enters(START + 30 * SECOND, 'AWAY', { stateLabel: 'Doctor' }),
      { ...LOGOUT, at: START + 34 * SECOND },
    ],
    expected: [
      {
        label_ms: {
          AVAILABLE: 3 * SECOND,
          Ready: 15 * SECOND,
          Çay: 10 * SECOND,
          Doctor: 4 * SECOND,
        },
        last_state: 6,
        last_state_since_ms: START + 20 * SECOND,
        last_flag: 0,
        last_flag_since_ms: 0,
      },
    ],
  },
  {
    name: 'the flag that is on now came on when it was last off',
    history: [
      { ...LOGIN, at: START },
      enters(START, 'AVAILABLE', { pendingDisposition: true }),
      enters(START + SECOND, 'ENGAGED'),
      { kind: 'STATE', at: START + 2 * SECOND, pendingDisposition: true },
      enters(START + 3 * SECOND, 'WORKING', { pendingDisposition: true }),
    ],
    clock: { nowMs: START + MINUTE },
    expected: [
      {
        last_state: 4,
        last_state_since_ms: START + 3 * SECOND,
        last_flag: 1,
        last_flag_since_ms: START + 2 * SECOND,
      },
    ],
  },
  {
    name: 'sessions not seen lately are left out where only the others are asked for',
    history: [
      { ...LOGIN, at: START },
      enters(START + MINUTE, 'AVAILABLE'),
      { ...LOGIN, at: START, loginSessionId: 's1' },
      enters(START + MINUTE - 1, 'AVAILABLE', { loginSessionId: 's1' }),
    ],
    clock: { seenFromMs: START + MINUTE },
    expected: [{ login_session_id: 's0' }],
  },
  {
    name: 'a dialled call that has connected is no dial in progress',
    history: [
      { ...LOGIN, at: START },
      { kind: 'MANUAL_DIAL', at: START + SECOND, callId: 'c1' },
      { kind: 'NO_CONNECT', at: START + 2 * SECOND, callId: 'c1' },
      { kind: 'MANUAL_DIAL', at: START + 3 * SECOND, callId: 'c2' },
      enters(START + 4 * SECOND, 'ENGAGED', { callId: 'c2' }),
    ],
    clock: { nowMs: START + MINUTE },
    expected: [{ end_reason: 'OPEN', manual_no_connects: 1, accepted: 1 }],
  },
  {
    name: 'an on-hook that arrives under two labels is one',
    history: [
      { ...LOGIN, at: START },
      { kind: 'OFF_HOOK', at: START },
      { kind: 'ON_HOOK', at: START + 10 * SECOND },
      { kind: 'ON_HOOK', at: START + 10 * SECOND, stateLabel: 'idle' },
      { kind: 'OFF_HOOK', at: START + 10 * SECOND },
      { ...LOGOUT, at: START + 30 * SECOND },
    ],
    expected: [{ off_hook_ms: 30 * SECOND, rounded_off_hook_ms: 2 * MINUTE }],
  },
];

const edges = placed(EDGES.map(({ history }) => history.map(event => ({ ...BLANK_EVENT, ...event }))));
await store(edges.events.flat());
/** Edges of one clock are folded together: planning the statement takes longer than running it. */
const foldsOfEdges = new Map<string, Map<string, FoldedSession>>();

async function foldEdges(clock: Clock): Promise<Map<string, FoldedSession>> {
  const key = JSON.stringify(clock);
  const known = foldsOfEdges.get(key) ?? (await fold(edges.accountIds, clock));
  foldsOfEdges.set(key, known);
  return known;
}

for (const [index, { name, clock, expected, cells }] of EDGES.entries()) {
  test(name, async () => {
    const range = { ...WHOLE, ...clock };
    const folded = await foldEdges(range);
    const accountId = edges.accountIds[index]!;
    const sessions = [...folded.values()].filter(session => session.account_id === accountId);
    sessions.sort((a, b) => a.login_ms - b.login_ms);
    const shown = (session: FoldedSession, columns: Partial<FoldedSession> = {}) =>
      Object.fromEntries(Object.keys(columns).map(column => [column, session[column as keyof FoldedSession]]));
    assert.deepEqual(
      sessions.map((session, nth) => shown(session, expected[nth])),
      expected,
    );
    assertSame(folded, edges.events[index]!, range);
    if (cells === undefined) return;
    const lines = await report([accountId], range);
    assert.equal(lines.length, expected.length);
    for (const [header, cell] of Object.entries(cells)) {
      assert.equal(lines[0]?.[COLUMNS.findIndex(column => column.header === header)], cell, header);
    }
  });
}
