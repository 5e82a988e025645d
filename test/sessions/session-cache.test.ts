// The session cache: every report equals one that folds all events, whatever arrives between reports.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AgentEvent } from '../../src/events/agent-event.ts';
import { LIMITS } from '../../src/limits.ts';
import { ENTRY_NEEDS_ESCAPING } from '../../src/report/columns/plain-texts.ts';
import { STORED_CELLS } from '../../src/report/query/sessions-with-agents.ts';
import { clearSessionCache, refreshSessionCache } from '../../src/sessions/session-cache.ts';
import {
  chooseSource,
  FOLD_COLUMNS,
  FOLD_SETTINGS,
  foldParams,
  type SessionRange,
  type SessionSource,
  sessionsSql,
} from '../../src/sessions/sessions.ts';
import { replaceEvents } from '../../src/ingest/events/event-replacement.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { anyHistory, BLANK_EVENT, inAccount, START } from '../support/histories.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';
import { runs } from '../support/property-runs.ts';

const { engine } = await temporaryEngine();
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Clock = Omit<SessionRange, 'accountIds'>;
const anyClock: fc.Arbitrary<Clock> = fc.record({
  fromMs: fc.constantFrom(START, START + 3 * SECOND, START + 5 * SECOND),
  toMs: fc.constantFrom(START + HOUR, START + 10 * SECOND, START + 30_500),
  nowMs: fc.constantFrom(START, START + 30 * SECOND, START + 2 * MINUTE, START + 5 * HOUR),
  staleAfterMs: fc.constantFrom(4 * SECOND, 2 * MINUTE, 16 * HOUR),
});

let accounts = 0;
const freshAccounts = (count: number) => Array.from({ length: count }, () => `account-${accounts++}`);

async function store(events: readonly AgentEvent[]): Promise<void> {
  if (events.length > 0) await engine.insertBlock('events', eventBlock(events));
}

const STORED = Object.keys(STORED_CELLS);
const statement = (source: SessionSource) =>
  `SELECT ${[...FOLD_COLUMNS, 'is_open', ...STORED].join(', ')} FROM (${sessionsSql(source, { computed: STORED_CELLS })})
   ORDER BY account_id, login_session_id SETTINGS ${FOLD_SETTINGS}`;

/** The sessions as a report reads them, and from where. */
async function read(accountIds: readonly string[], clock: Clock) {
  const { source, params } = await chooseSource(engine, foldParams({ accountIds, ...clock }));
  return { source, sessions: await engine.query(statement(source), params) };
}

async function assertExact(accountIds: readonly string[], clock: Clock): Promise<SessionSource> {
  const expected = await engine.query(statement('fold'), foldParams({ accountIds, ...clock }));
  const { source, sessions } = await read(accountIds, clock);
  assert.deepEqual(sessions, expected);
  return source;
}

const anyStep = fc.record({
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  keeps: fc.boolean(),
  clock: anyClock,
});

test('a report between late events says what folding all events says', async () => {
  const seen = new Set<SessionSource>();
  const anyRun = fc.record({
    histories: fc.array(anyHistory, { minLength: 50, maxLength: 150, size: 'max' }),
    steps: fc.array(anyStep, { minLength: 3, maxLength: 3 }),
    keptAt: anyClock,
  });
  await fc.assert(
    fc.asyncProperty(anyRun, async ({ histories, steps, keptAt }) => {
      const accountIds = freshAccounts(histories.length);
      let waiting = histories.flatMap((history, index) => inAccount(accountIds[index]!, history));
      for (const { share, keeps, clock } of [...steps, { share: 1, keeps: true, clock: keptAt }]) {
        // Every other event first, so that early facts of a session arrive late, too.
        const count = Math.ceil(waiting.length * share);
        const arriving = waiting.filter((_, index) => index % 2 === 0).concat(waiting.filter((_, index) => index % 2));
        await store(arriving.slice(0, count));
        waiting = arriving.slice(count);
        if (keeps) await refreshSessionCache(engine, keptAt);
        seen.add(await assertExact(accountIds, clock));
      }
    }),
    runs(3),
  );
  assert.ok(seen.has('cacheAndFold'), 'no report both read the cache and folded');
});

const LOGIN = { kind: 'LOGIN', baseState: 'AVAILABLE' } as const;
const event = (accountId: string, seconds: number, given: Partial<AgentEvent>): AgentEvent => ({
  ...BLANK_EVENT,
  accountId,
  at: START + seconds * SECOND,
  ...given,
});
const LATER: Clock = { fromMs: START, toMs: START + HOUR, nowMs: START + 24 * HOUR, staleAfterMs: HOUR };

async function closedSession(): Promise<string> {
  const [accountId] = freshAccounts(1);
  await store([event(accountId!, 10, LOGIN), event(accountId!, 60, { kind: 'LOGOUT' })]);
  await refreshSessionCache(engine, LATER);
  assert.equal(await assertExact([accountId!], LATER), 'cacheOfOne');
  return accountId!;
}

const CHANGES: { name: string; change: (accountId: string) => Promise<unknown>; logins: number[] }[] = [
  {
    name: 'a late event within the session',
    change: accountId => store([event(accountId, 30, { kind: 'STATE', baseState: 'LUNCH' })]),
    logins: [10],
  },
  {
    name: 'the same event again',
    change: accountId => store([event(accountId, 10, LOGIN)]),
    logins: [10],
  },
  {
    name: 'an earlier login, which moves the session',
    change: accountId => store([event(accountId, 5, LOGIN)]),
    logins: [5],
  },
  {
    name: 'an earlier login in the month before',
    change: accountId => store([event(accountId, -40 * 86_400, LOGIN)]),
    logins: [],
  },
  {
    name: 'another agent’s name for it',
    change: accountId => store([event(accountId, 20, { kind: 'STATE', baseState: 'AWAY', agentId: 'z9' })]),
    logins: [10],
  },
  {
    name: 'a replacement that leaves no event in the session',
    change: accountId =>
      replaceEvents(engine, { accountId, source: BLANK_EVENT.source, sessionIds: ['s0'], outside: [] }, []),
    logins: [],
  },
];

for (const { name, change, logins } of CHANGES) {
  test(`after the fold: ${name}`, async () => {
    const accountId = await closedSession();
    await change(accountId);
    const { sessions } = await read([accountId], LATER);
    const shown = (rows: unknown[]) => rows.map(row => ((row as { login_ms: number }).login_ms - START) / SECOND);
    assert.deepEqual(shown(sessions), logins);
    await assertExact([accountId], LATER);
    await refreshSessionCache(engine, LATER);
    assert.equal(await assertExact([accountId], LATER), 'cacheOfOne');
    assert.deepEqual(shown((await read([accountId], LATER)).sessions), logins);
  });
}

test('a session without logout is cached once it is silent, and a report still decides how it ended', async () => {
  const [accountId] = freshAccounts(1);
  await store([event(accountId!, 0, { ...LOGIN, loginSessionId: 's0' })]);
  await refreshSessionCache(engine, { nowMs: START + MINUTE, staleAfterMs: HOUR });
  assert.equal(await assertExact([accountId!], { ...LATER, nowMs: START + MINUTE }), 'cacheAndFold');
  await refreshSessionCache(engine, LATER);
  assert.equal(await assertExact([accountId!], LATER), 'cacheOfOne');
  // Asked with more patience, the same session is open.
  assert.equal(await assertExact([accountId!], { ...LATER, staleAfterMs: 48 * HOUR }), 'cacheAndFold');
  // The agent's next login, which is open itself, ends it.
  await store([event(accountId!, 600, { ...LOGIN, loginSessionId: 's1' })]);
  const clock = { ...LATER, nowMs: START + 700 * SECOND, toMs: START + MINUTE };
  assert.equal(await assertExact([accountId!], clock), 'cacheAndFold');
  const { sessions } = await read([accountId!], { ...LATER, toMs: START + MINUTE });
  assert.deepEqual(
    sessions.map(row => (row as { end_reason: string }).end_reason),
    ['SUPERSEDED'],
  );
});

test('a label of any characters is folded with its session', async () => {
  const [accountId] = freshAccounts(1);
  const stateLabel = 'a\tb\nc\rd\u2028e\u2029f\u0085g\\';
  const [login, logout] = [event(accountId!, 10, { ...LOGIN, stateLabel }), event(accountId!, 60, { kind: 'LOGOUT' })];
  await store([login, logout]);
  await refreshSessionCache(engine, LATER);
  assert.equal(await assertExact([accountId!], LATER), 'cacheOfOne');
});

test('an event that comes while its session is folded leaves it dirty', async () => {
  const accountId = await closedSession();
  await store([event(accountId, 20, { kind: 'STATE', baseState: 'AWAY' })]);
  const keeping = refreshSessionCache(engine, LATER);
  await store([event(accountId, 30, { kind: 'STATE', baseState: 'LUNCH' })]);
  await keeping;
  await assertExact([accountId], LATER);
});

test('the cache can be cleared and filled again', async () => {
  const accountId = await closedSession();
  await clearSessionCache(engine);
  assert.equal(await assertExact([accountId], LATER), 'cacheAndFold');
  assert.ok((await refreshSessionCache(engine, LATER)) > 0);
  assert.equal(await assertExact([accountId], LATER), 'cacheOfOne');
});

test('with more dirty sessions than a request may name, all are folded', async () => {
  const [accountId] = freshAccounts(1);
  const events = Array.from({ length: LIMITS.sessionsFoldedInReport + 1 }, (_, nth) =>
    event(accountId!, 0, { ...LOGIN, loginSessionId: `many-${nth}` }),
  );
  await store(events);
  const { source } = await chooseSource(engine, foldParams({ accountIds: [accountId!], ...LATER }));
  assert.equal(source, 'fold');
});

for (const [table, stored] of [
  ['session_cache', STORED_CELLS],
  ['agents', { needs_escaping: ENTRY_NEEDS_ESCAPING }],
] as const) {
  test(`the table ${table} computes columns by the report’s expressions`, async () => {
    const columns = await engine.query<{ name: string; expression: string }>(
      `SELECT name, formatQuerySingleLine(concat('SELECT ', default_expression)) AS expression
       FROM system.columns
       WHERE database = currentDatabase() AND table = {table:String} AND default_kind = 'MATERIALIZED'`,
      { table },
    );
    const expected = Object.entries(stored).map(async ([name, sql]) => {
      const [row] = await engine.query<{ expression: string }>(
        'SELECT formatQuerySingleLine(concat({select:String}, {sql:String})) AS expression',
        { select: 'SELECT ', sql },
      );
      return { name, expression: row!.expression };
    });
    assert.deepEqual(columns, await Promise.all(expected));
  });
}
