// One row per agent: for any events, the sums over the agent's sessions, and who the agent was as of the last login.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ALL_SESSIONS, sessionParams } from '../../src/report/query/criteria.ts';
import { SESSIONS_WITH_AGENTS_SQL, rowsWithAgents } from '../../src/report/query/sessions-with-agents.ts';
import { streamReport } from '../../src/report/report.ts';
import { FOLD_SETTINGS } from '../../src/sessions/sessions.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { anyHistory, BLANK_EVENT, inAccount, START } from '../support/histories.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';
import { runs } from '../support/property-runs.ts';

const { engine } = await temporaryEngine();
const HOUR = 3_600_000;
const CLOCK = { nowMs: START + 2 * 60_000, staleAfterMs: 60_000 };

type Row = Record<string, string | number> & { label_ms: Record<string, number> };

/** Fields that tell who the agent was. */
const TEXTS = [
  'username',
  'directory_username',
  'phone',
  'first_name',
  'last_name',
  'team',
  'agent_group_id',
  'agent_group_name',
  'external_agent_id',
  'directory_external_agent_id',
  'dial_group_name',
  'directory_dial_group_name',
];
/** Fields that are neither summed nor texts. */
const OWN = ['account_id', 'agent_id', 'login_session_id', 'login_ms', 'end_ms', 'end_reason', 'is_open', 'has_login'];

let accounts = 0;

/** Stores histories under accounts of their own, in which the agents change their names in between. */
async function store(histories: readonly Parameters<typeof inAccount>[1][]): Promise<string[]> {
  const accountIds = histories.map(() => `account-${accounts++}`);
  const events = histories.flatMap((history, index) => inAccount(accountIds[index]!, history));
  if (events.length > 0) await engine.insertBlock('events', eventBlock(events));
  const entries = accountIds.flatMap(account =>
    [0, 10, 30].map(s => ({
      account_id: account,
      agent_id: 'a0',
      valid_from: START + s * 1000,
      last_name: `Name ${s}`,
      team: `Team ${s}`,
      agent_group_id: String(s),
      version: 1,
    })),
  );
  await engine.insert('agents', entries);
  return accountIds;
}

function rows(sql: string, accountIds: readonly string[]): Promise<Row[]> {
  return engine.query<Row>(
    `SELECT * FROM (${sql}) ORDER BY account_id, agent_id, login_session_id SETTINGS ${FOLD_SETTINGS}`,
    sessionParams({ ...ALL_SESSIONS, ...CLOCK, accountIds, fromMs: START, toMs: START + HOUR }),
  );
}

/** The same by addition. */
function rolledUp(sessions: readonly Row[], fields: readonly string[]): Row[] {
  const byAgent = Map.groupBy(sessions, ({ account_id, agent_id, login_session_id }) =>
    JSON.stringify([account_id, agent_id, agent_id === '' ? login_session_id : '']),
  );
  return [...byAgent].map(([key, own]) => {
    const [account_id, agent_id, login_session_id] = JSON.parse(key);
    const latest = greatest(own, ['login_ms', 'login_session_id']);
    const ended = greatest(own, ['end_ms', 'login_ms', 'login_session_id']);
    const labels: Record<string, number> = {};
    for (const [label, ms] of own.flatMap(row => Object.entries(row.label_ms)))
      labels[label] = (labels[label] ?? 0) + ms;
    const sum = (field: string) => own.reduce((total, row) => total + Number(row[field]), 0);
    const summed = fields.filter(field => ![...TEXTS, ...OWN, 'label_ms'].includes(field));
    return {
      account_id,
      agent_id,
      login_session_id,
      login_ms: Math.min(...own.map(row => Number(row.login_ms))),
      end_ms: ended.end_ms!,
      end_reason: own.some(row => row.end_reason === 'OPEN') ? 'OPEN' : ended.end_reason!,
      is_open: Math.max(...own.map(row => Number(row.is_open))),
      has_login: Math.min(...own.map(row => Number(row.has_login))),
      ...Object.fromEntries(TEXTS.map(field => [field, latest[field]!])),
      ...Object.fromEntries(summed.map(field => [field, sum(field)])),
      label_ms: labels,
    } as unknown as Row;
  });
}

/** The row that is the last in order of the fields. */
function greatest(own: readonly Row[], fields: readonly string[]): Row {
  const compare = (a: Row, b: Row) =>
    fields.map(field => (a[field]! < b[field]! ? -1 : Number(a[field]! > b[field]!))).find(Boolean) ?? 0;
  return own.toSorted(compare).at(-1)!;
}

test('a row per agent is the sum of the agent’s sessions, for any events', async () => {
  const anyHistories = fc.array(anyHistory, { minLength: 1, maxLength: 200, size: 'max' });
  await fc.assert(
    fc.asyncProperty(anyHistories, async histories => {
      const accountIds = await store(histories);
      const [sessions, agents] = await Promise.all([
        rows(SESSIONS_WITH_AGENTS_SQL, accountIds),
        rows(rowsWithAgents({ source: 'fold', restrictions: [], rollupAgent: true, hasImported: false }), accountIds),
      ]);
      const fields = Object.keys(agents[0] ?? {});
      assert.deepEqual(agents, rolledUp(sessions, fields));
      if (histories.length > 100) {
        assert.ok(agents.length < sessions.length, 'some agents have several sessions');
        assert.ok(agents.some(agent => agent.agent_id === '') && agents.some(agent => agent.team === 'Team 10'));
      }
    }),
    runs(5),
  );
});

test('ratios and averages are those of the sums; the order is that of the first login', async () => {
  const session = (id: string, agentId: string, login: number, seconds: number, engaged: number) =>
    [
      { kind: 'LOGIN', at: login, order: 0 },
      { kind: 'ANSWER', at: login, baseState: 'ENGAGED', callId: 'c', pendingDisposition: false },
      { kind: 'STATE', at: login + engaged, baseState: 'AWAY', pendingDisposition: false },
      ...(seconds === 0 ? [] : [{ kind: 'LOGOUT', at: login + seconds, order: 63 }]),
    ].map(event => ({ ...BLANK_EVENT, ...event, at: START + event.at * 1000, loginSessionId: id, agentId }));
  const [accountId] = (await store([
    [
      ...session('b1', 'b', 0, 60, 30),
      ...session('b2', 'b', 100, 180, 6),
      ...session('a1', 'a', 0, 60, 60),
      ...session('n1', '', 5, 30, 3),
      ...session('n2', '', 4, 30, 3),
      ...session('c1', 'c', 1, 60, 60),
      ...session('c2', 'c', 90, 0, 12),
    ] as never,
  ])) as [string];
  const criteria = {
    ...ALL_SESSIONS,
    accountIds: [accountId],
    start: '2021-05-02',
    end: '2021-05-03',
    timezone: 'UTC',
    rollupAgent: true,
  };
  let text = '';
  const clock = { nowMs: START + 120_000, staleAfterMs: HOUR };
  for await (const chunk of streamReport(engine, criteria, clock, { format: 'csv', keepFormulas: false }))
    text += Buffer.from(chunk).toString();
  const cells = text.trimEnd().split('\n').slice(1);
  const shown = [0, 5, 6, 9, 14, 15, 16, 17, 37];
  assert.deepEqual(
    cells.map(line => shown.map(index => line.split(',')[index]).join(' ')),
    [
      'a 5/2/21 11:59 PM 5/3/21 12:00 AM 1 1.00 1.00 1.00 100.00% ',
      'b 5/2/21 11:59 PM 5/3/21 12:04 AM 2 0.60 0.30 4.00 15.00% ',
      'c 5/2/21 11:59 PM  2 1.20 0.60 1.50 80.00% ',
      ' 5/2/21 11:59 PM 5/3/21 12:00 AM 1 0.05 0.05 0.50 10.00% n2',
      ' 5/2/21 11:59 PM 5/3/21 12:00 AM 1 0.05 0.05 0.50 10.00% n1',
    ],
  );
});
