// Who is logged in now: state, call and counts of open sessions, as RingCentral's realTimeData/agent gives them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user } = await temporaryServer();
const admin = bearer('administrator');
clock.nowMs = Date.UTC(2026, 4, 1, 12);
await importAgents(
  offhook.engine,
  'a',
  parseAgentsCsv(
    'agent_id,first_name,last_name,email,agent_group_id,agent_group_name,team\n1,Ada,Lovelace,ada@example.com,10,Ten,Blue\n2,Bob,,,20,,\n',
  ),
  0,
);

async function send(agentId: string, ...facts: [time: string, fact: object][]): Promise<void> {
  const session = { accountId: 'a', agentId, loginSessionId: `s${agentId}`, phone: '555' };
  const lines = facts.map(([time, fact]) => JSON.stringify({ ...session, at: `2026-05-01T${time}Z`, ...fact }));
  await app.inject({ method: 'POST', url: '/ingest/v1/offhook', headers: admin, payload: lines.join('\n') });
}
const state = (baseState: string, more: object = {}) => ({ kind: 'STATE', baseState, ...more });

await send(
  '1',
  ['10:00:00', { kind: 'LOGIN' }],
  ['10:00:00', state('AVAILABLE')],
  ['11:00:00', { kind: 'OFFER', baseState: 'TRANSITION', callId: 'c1', queueId: 'q1' }],
  ['11:00:05', { kind: 'RING_NO_ANSWER', baseState: 'RNA', callId: 'c1' }],
  ['11:01:00', state('AVAILABLE')],
  ['11:30:00', { kind: 'OFFER', baseState: 'TRANSITION', callId: 'c2', queueId: 'q2' }],
  ['11:30:04', { kind: 'ANSWER', baseState: 'ENGAGED', callId: 'c2', queueId: 'q2' }],
  ['11:50:00', state('ENGAGED', { pendingDisposition: true, stateLabel: 'Wrapping' })],
);
await send(
  '2',
  ['08:00:00', { kind: 'LOGIN' }],
  ['08:00:01', state('LUNCH', { stateLabel: 'Meal' })],
  ['08:10:00', { kind: 'OFF_HOOK' }],
);
await send('3', ['06:00:00', { kind: 'LOGIN' }], ['06:30:00', { kind: 'LOGOUT' }]);

const live = async (headers = admin) =>
  (await app.inject({ url: '/voice/api/v1/admin/accounts/a/realTimeData/agent', headers })).json();

test('an agent on a call: state and times go by the state, the pending disposition by its flag', async () => {
  const [, ada] = await live();
  assert.deepEqual(ada, {
    agentId: 1,
    accountId: 'a',
    accountName: 'a',
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: '',
    email: 'ada@example.com',
    agentType: 'AGENT',
    agentGroupId: 10,
    agentGroupName: 'Ten',
    agentLoginId: 's1',
    agentPhone: '555',
    agentState: 'ENGAGED',
    agentAuxState: 'Wrapping',
    agentLoginType: '',
    stateTime: 29 * 60 + 56,
    loginTime: 7200,
    pendingDisposition: true,
    pendingDispositionTime: 600,
    isOffhook: true,
    lastUpdate: '2026-05-01T11:50:00.000Z',
    callUii: 'c2',
    gateId: 'q2',
    callsHandled: 1,
    rna: 1,
    totalTalkTime: 29 * 60 + 56,
    team: 'Blue',
    stateSince: '2026-05-01T11:30:04.000Z',
    loginSince: '2026-05-01T10:00:00.000Z',
    pendingDispositionSince: '2026-05-01T11:50:00.000Z',
    isTalking: true,
    asOf: '2026-05-01T12:00:00.000Z',
  });
});

test('an agent at lunch with the line open is on no call; who logged out is not there', async () => {
  const agents = await live();
  assert.deepEqual(
    agents.map((agent: { agentId: number }) => agent.agentId),
    [2, 1],
  );
  const { agentState, agentAuxState, stateTime, isOffhook, callUii, gateId } = agents[0];
  assert.deepEqual(
    [agentState, agentAuxState, stateTime, isOffhook, callUii, gateId],
    ['LUNCH', 'Meal', 4 * 3600 - 1, true, '', ''],
  );
});

test('a reader of a group sees its agents, others nothing', async () => {
  const seen = await live(await user('limited', [grant('a', 'reader', '20')]));
  assert.deepEqual(
    seen.map(({ agentId }: { agentId: number }) => agentId),
    [2],
  );
  assert.equal((await live(await user('other', [grant('b', 'reader')]))).errorCode, 'access.denied.exception');
});

test('an event is seen at once; silence for too long ends a session', async () => {
  await send('1', ['11:59:59', state('AVAILABLE', { pendingDisposition: false })]);
  const [, ada] = await live();
  assert.deepEqual([ada.agentState, ada.stateTime, ada.callUii, ada.pendingDisposition], ['AVAILABLE', 1, '', false]);
  clock.nowMs = Date.UTC(2026, 4, 2, 1);
  assert.deepEqual(
    (await live()).map(({ agentId }: { agentId: number }) => agentId),
    [1],
  );
  clock.nowMs = Date.UTC(2026, 4, 2, 4);
  assert.deepEqual(await live(), []);
});

test('before any state is known, an agent is in it since the login', async () => {
  clock.nowMs = Date.UTC(2026, 4, 3, 1);
  await offhook.engine.command(
    "INSERT INTO events (account_id, login_session_id, at, kind, agent_id) VALUES ('a', 's9', '2026-05-03 00:00:00', 'LOGIN', '9')",
  );
  const [only] = await live();
  assert.deepEqual(
    [only.agentState, only.stateTime, only.stateSince, only.isTalking],
    ['UNKNOWN', 3600, '2026-05-03T00:00:00.000Z', false],
  );
});

test('a call on hold is no talk', async () => {
  clock.nowMs = Date.UTC(2026, 4, 3, 2);
  const session = { accountId: 'a', agentId: '8', loginSessionId: 's8' };
  const lines = [
    { at: '2026-05-03T01:00:00Z', kind: 'LOGIN' },
    { at: '2026-05-03T01:00:00Z', kind: 'ANSWER', baseState: 'ENGAGED', callId: 'c' },
    { at: '2026-05-03T01:10:00Z', kind: 'HOLD', callId: 'c' },
  ].map(event => JSON.stringify({ ...session, ...event }));
  await app.inject({ method: 'POST', url: '/ingest/v1/offhook', headers: admin, payload: lines.join('\n') });
  const agent = (await live()).find(({ agentId }: { agentId: number }) => agentId === 8);
  assert.deepEqual([agent.totalTalkTime, agent.isTalking], [600, false]);
});
