// A login session over HTTP: its time line, the explanation of its values, its raw inputs, and who may see them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALL_COLUMNS } from '../../src/report/columns/extra-columns.ts';
import { readRow } from '../../src/report/why/read-row.ts';
import { explanation } from '../../src/report/why/why.ts';
import { readSession } from '../../src/sessions/explain/read-session.ts';
import { readHistory } from '../../src/directory/agents/agent-entries.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { importText } from '../support/imports.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user } = await temporaryServer();
const admin = bearer('administrator');
clock.nowMs = Date.UTC(2026, 4, 1, 12);
await importAgents(
  offhook.engine,
  'a',
  parseAgentsCsv(
    'agent_id,first_name,last_name,username,agent_group_id,team\n1,Ada,Lovelace,ada,10,Blue\n2,Bob,,bob,20,\n',
  ),
  0,
);

type Fact = readonly [time: string, fact: object];
const lineOf = (session: object, [time, fact]: Fact) =>
  JSON.stringify({ accountId: 'a', ...session, at: `2026-05-01T${time}Z`, ...fact });

async function send(session: object, ...facts: Fact[]): Promise<void> {
  const payload = facts.map(fact => lineOf(session, fact)).join('\n');
  const answer = await app.inject({ method: 'POST', url: '/ingest/v1/offhook', headers: admin, payload });
  assert.equal(answer.statusCode, 200, answer.body);
}

const ADA = { agentId: '1', loginSessionId: 's/1 é', phone: '555' };
const LAST: Fact = ['11:50:00', { kind: 'LOGOUT' }];
await send(
  ADA,
  ['10:00:00', { kind: 'LOGIN', dialGroupName: 'Sales' }],
  ['10:00:00', { kind: 'STATE', baseState: 'AVAILABLE' }],
  ['11:00:00', { kind: 'OFFER', baseState: 'TRANSITION', callId: 'c1', queueName: 'Support' }],
  ['11:00:05', { kind: 'RING_NO_ANSWER', baseState: 'RNA', callId: 'c1' }],
  ['11:01:00', { kind: 'STATE', baseState: 'AVAILABLE' }],
  ['11:30:00', { kind: 'OFFER', baseState: 'TRANSITION', callId: 'c2' }],
  ['11:30:04', { kind: 'ANSWER', baseState: 'ENGAGED', callId: 'c2' }],
  ['11:31:00', { kind: 'HOLD', callId: 'c2' }],
  ['11:31:30', { kind: 'UNHOLD', callId: 'c2' }],
  ['11:35:00', { kind: 'TRANSFER', callId: 'c2' }],
  ['11:35:00', { kind: 'CALL_END', callId: 'c2' }],
  ['11:35:00', { kind: 'STATE', baseState: 'WORKING', pendingDisposition: true }],
  ['11:36:00', { kind: 'STATE', baseState: 'LUNCH', stateLabel: 'Meal' }],
  LAST,
);
await send(
  { agentId: '2', loginSessionId: 's2' },
  ['08:00:00', { kind: 'LOGIN' }],
  ['08:00:01', { kind: 'STATE', baseState: 'AVAILABLE' }],
  ['08:10:00', { kind: 'OFF_HOOK' }],
);
await send({ agentId: '2', loginSessionId: 's3' }, ['09:00:00', { kind: 'LOGIN' }]);

const at = (id: string, rest = '') => `/api/v1/admin/accounts/a/loginSessions/${encodeURIComponent(id)}${rest}`;
const get = async (url: string, headers = admin) => (await app.inject({ url, headers })).json();

test('the session: agent, times, end reason, all values, lanes and events', async () => {
  const session = await get(at(ADA.loginSessionId));
  const { agentName, login, end, endReason, endReasonMeaning, origin, isTruncated } = session;
  assert.deepEqual(
    { agentName, login, end, endReason, origin, isTruncated },
    {
      agentName: 'Ada Lovelace',
      login: '2026-05-01T10:00:00.000Z',
      end: '2026-05-01T11:50:00.000Z',
      endReason: 'NORMAL',
      origin: 'computed',
      isTruncated: false,
    },
  );
  assert.equal(endReasonMeaning, 'The agent logged out.');
  assert.deepEqual(
    session.values.map(({ columnKey }: { columnKey: string }) => columnKey),
    ALL_COLUMNS.map(({ key }) => key),
  );
  const lane = (name: string) =>
    session.lanes[name].map(({ from, durationMs }: { from: string; durationMs: number }) => [
      from.slice(11, 19),
      durationMs / 1000,
    ]);
  assert.deepEqual(lane('calls'), [
    ['11:00:00', 5],
    ['11:30:00', 300],
  ]);
  assert.deepEqual(lane('hold'), [['11:31:00', 30]]);
  assert.deepEqual(lane('pendingDisposition'), [['11:35:00', 60]]);
  assert.deepEqual(lane('offHook'), [['11:30:04', 296]]);
  assert.equal(session.lanes.states.at(-1).label, 'Meal');
  assert.equal(session.events.length, 14);
});

test('every column of every session is explained exactly', async () => {
  const { engine } = offhook;
  const own = { nowMs: clock.nowMs, staleAfterMs: 16 * 3_600_000 };
  for (const [loginSessionId, agentId] of [
    [ADA.loginSessionId, '1'],
    ['s2', '2'],
    ['s3', '2'],
  ] as const) {
    const scope = { accountId: 'a', loginSessionId, timezone: 'UTC', visibleGroups: new Map() };
    const row = (await readRow(engine, scope, own, ALL_COLUMNS))!;
    const session = (await readSession(engine, 'a', loginSessionId, own))!;
    const history = await readHistory(engine, 'a', agentId);
    for (const column of ALL_COLUMNS) {
      const { isExact, total } = explanation(column, row, session, history);
      assert.ok(isExact, `${column.key}: ${JSON.stringify([row.exact[column.key], total])}`);
    }
  }
});

test('the value of a column is printed as in the report, in any time zone', async () => {
  const { printed, value, isExact } = await get(at(ADA.loginSessionId, '/columns/loginDts?timezone=US/Arizona'));
  assert.deepEqual([printed, value, isExact], ['5/1/26 3:00 AM', '2026-05-01T10:00:00.000Z', true]);
});

const parts = async (column: string, id = ADA.loginSessionId) =>
  (await get(at(id, `/columns/${column}`))).parts as Record<string, string | number>[];

test('talk time is engaged time without hold time, with the events that start and end each interval', async () => {
  const talk = await parts('talkTime');
  assert.deepEqual(
    talk.map(({ amount }) => amount),
    [56_000, 210_000],
  );
  const { events } = await get(at(ADA.loginSessionId));
  const kinds = new Map(events.map(({ eventId, kind }: Record<string, string>) => [eventId, kind]));
  assert.deepEqual(
    talk.map(({ openedBy, closedBy }) => [kinds.get(openedBy), kinds.get(closedBy)]),
    [
      ['ANSWER', 'HOLD'],
      ['UNHOLD', 'STATE'],
    ],
  );
});

test('a ratio has its operands; text has its origin', async () => {
  const { operands, total, unit, printed } = await get(at(ADA.loginSessionId, '/columns/loginUtilization'));
  assert.deepEqual(
    operands.map(({ sign, columnKey, amount }: Record<string, unknown>) => [sign, columnKey, amount]),
    [
      ['+', 'talkTime', 266_000],
      ['/', 'loginTime', 6_600_000],
    ],
  );
  assert.deepEqual([total, unit, printed], [403, 'PERCENT_HUNDREDTHS', '4.03%']);
  const [username] = await parts('username');
  assert.deepEqual([username!.kind, username!.text], ['ENTRY', 'ada']);
  const [phone] = await parts('phone');
  assert.deepEqual([phone!.kind, phone!.text], ['EVENT', '555']);
});

test('a session that was ended by another login names that login; an open one counts up to now', async () => {
  const superseded = await get(at('s2'));
  assert.deepEqual(
    [superseded.endReason, superseded.nextLogin],
    ['SUPERSEDED', { loginSessionId: 's3', login: '2026-05-01T09:00:00.000Z' }],
  );
  const open = await get(at('s3'));
  assert.deepEqual([open.endReason, open.end], ['OPEN', '2026-05-01T12:00:00.000Z']);
  const [login] = await parts('loginTime', 's3');
  assert.deepEqual([login!.amount, login!.closedBy], [3 * 3_600_000, '']);
});

test('the raw input of an event is exactly as received', async () => {
  const { events } = await get(at(ADA.loginSessionId));
  const logout = events.at(-1);
  const input = await get(at(ADA.loginSessionId, `/events/${logout.eventId}/raw`));
  assert.deepEqual([input.raw, input.source], [lineOf(ADA, LAST), 'offhook']);
  for (const id of ['1-2-0000000000000000', 'x', `${logout.eventId}0`]) {
    assert.equal((await get(at(ADA.loginSessionId, `/events/${id}/raw`))).errorCode, 'NOT_FOUND');
  }
});

test('missing sessions and sessions that the user may not see get the same answer', async () => {
  const limited = await user('limited', [grant('a', 'reader', '20')]);
  assert.equal((await get(at('s2'), limited)).agentName, 'Bob');
  const { events } = await get(at(ADA.loginSessionId));
  const paths = ['', '/columns/talkTime', `/events/${events[0].eventId}/raw`];
  for (const path of paths) {
    const hidden = await get(at(ADA.loginSessionId, path), limited);
    assert.equal(hidden.errorCode, 'NOT_FOUND');
    const absent = await get(at('none', path), limited);
    const worded = JSON.parse(JSON.stringify(hidden).replaceAll(ADA.loginSessionId, 'none'));
    assert.deepEqual({ ...absent, requestUri: '' }, { ...worded, requestUri: '' });
    const other = await get(at('s2', path), await user('other', [grant('b', 'reader')]));
    assert.equal(other.errorCode, 'access.denied.exception');
  }
  assert.equal((await get(at('s2', '/columns/none'))).errorCode, 'NOT_FOUND');
  assert.equal((await get(at('s2', '?timezone=Nowhere'))).errorCode, 'UNKNOWN_TIME_ZONE');
  assert.equal((await app.inject({ url: at('s2') })).statusCode, 401);
});

test('an imported session has the values of its export and no events', async () => {
  const text = readFileSync(new URL('../golden/agent-session-report.csv', import.meta.url), 'utf8');
  await importText(offhook, 'agent-session-report', text, { accountId: 'i', timezone: 'US/Arizona' });
  const [header, line] = text
    .trimEnd()
    .split('\n')
    .map(row => row.split(','));
  const id = line![header!.indexOf('Login Session ID')]!;
  const url = `/api/v1/admin/accounts/i/loginSessions/${id}`;
  const session = await get(`${url}?timezone=US/Arizona`);
  assert.deepEqual([session.origin, session.events, session.lanes.states], ['imported', [], []]);
  const printed = session.values.slice(0, 39).map((value: { printed: string }) => value.printed);
  assert.deepEqual(printed, line);
  const why = await get(`${url}/columns/loginTime`);
  assert.deepEqual([why.parts[0].kind, why.parts[0].text, why.isExact], ['EXPORT', '45.45', true]);
});
