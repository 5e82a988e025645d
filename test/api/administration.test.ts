// Calls for administrators: pages of the audit log, the history of an agent, the preview of a replay.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, clock, user } = await temporaryServer();
const admin = bearer('administrator');
const START = Date.UTC(2026, 5, 1, 12);

async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, headers = admin) {
  const answer = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers,
    ...(body !== undefined && { payload: body as object }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
}

test('the pages of the audit log have every entry once, newest first, and reading the first page is recorded', async () => {
  clock.nowMs = START;
  for (const label of ['a', 'b', 'c', 'd', 'e']) await call('POST', '/admin/clients', { label });
  clock.nowMs += 1000;
  await call('POST', '/admin/clients', { label: 'f' });
  const labels: string[] = [];
  let cursor = '';
  do {
    const { body } = await call(
      'GET',
      `/admin/auditLog/pages?action=CLIENT_CREATED&maxRows=4${cursor && `&cursor=${cursor}`}`,
    );
    labels.push(...body.entries.map(({ detail }: { detail: { label: string } }) => detail.label));
    cursor = body.next ?? '';
  } while (cursor !== '');
  assert.deepEqual(labels, ['f', 'e', 'd', 'c', 'b', 'a']);
  const read = await call('GET', '/admin/auditLog/pages?action=AUDIT_READ');
  assert.equal(read.body.entries.length, 2);
  const range = await call(
    'GET',
    `/admin/auditLog/pages?action=CLIENT_CREATED&from=${new Date(START + 1).toISOString()}&username=administrator`,
  );
  assert.equal(range.body.entries.length, 1);
  assert.equal((await call('GET', '/admin/auditLog/pages?cursor=x')).body.errorCode, 'INVALID_REQUEST');
  const reader = await user('reader', [grant('', 'reader')]);
  assert.equal((await call('GET', '/admin/auditLog/pages', undefined, reader)).status, 403);
});

test('the history of an agent has the attributes with their start, for users who may see the group of that time', async () => {
  clock.nowMs = START;
  const groups = '/admin/accounts/history/agentGroups';
  for (const agentGroupId of [7, 8]) await call('POST', groups, { agentGroupId, groupName: `G${agentGroupId}` });
  const made = await call('GET', groups);
  const [first, second] = made.body.map(({ agentGroupId }: { agentGroupId: number }) => agentGroupId);
  const path = '/admin/accounts/history/agents';
  await call('POST', path, { agentId: 5, firstName: 'Ada', agentGroupId: first });
  clock.nowMs += 3_600_000;
  await call('PUT', `${path}/5`, { firstName: 'Eda', agentGroupId: second });
  const history = await call('GET', `${path}/5/history`);
  assert.deepEqual(
    history.body.map((entry: Record<string, unknown>) => [entry.validFrom, entry.firstName, entry.agentGroupId]),
    [
      [new Date(START).toISOString(), 'Ada', first],
      [new Date(START + 3_600_000).toISOString(), 'Eda', second],
    ],
  );
  const ofSecond = await user('second', [grant('history', 'reader', String(second))]);
  assert.deepEqual(
    (await call('GET', `${path}/5/history`, undefined, ofSecond)).body.map(
      (entry: { firstName: string }) => entry.firstName,
    ),
    ['Eda'],
  );
  const ofFirst = await user('first', [grant('history', 'reader', String(first))]);
  assert.equal((await call('GET', `${path}/5/history`, undefined, ofFirst)).status, 403);
});

test('the preview of a replay shows the changes and changes nothing', async () => {
  clock.nowMs = START;
  const event = (time: string, type: string, label: string) => ({
    account_id: 'replay',
    agent_id: '1',
    agent_login_id: 's1',
    prev_state: '',
    prev_aux_state: '',
    duration: '0',
    event_type: type,
    event_aux_type: label,
    date_time: `2026-05-01 ${time}`,
  });
  const lines = [
    event('09:00:00', 'LOGIN', ''),
    event('09:00:01', 'CUSTOM', 'Huddle'),
    event('09:30:00', 'LOGOUT', ''),
  ];
  const sent = await app.inject({
    method: 'POST',
    url: '/ingest/v1/ringcx',
    headers: admin,
    payload: lines.map(line => JSON.stringify(line)).join('\n'),
  });
  assert.ok(sent.statusCode < 300, sent.body);
  const preview = (body: object, headers = admin) =>
    call('POST', '/admin/accounts/replay/replayPreview', body, headers);
  assert.deepEqual((await preview({})).body.changes, []);
  await call('POST', '/admin/accounts/replay/auxStates', {
    agentAuxState: 'Huddle',
    baseAgentState: 'TRAINING',
  });
  const { status, body } = await preview({ from: '2026-05-01', to: '2026-05-02' });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.sessions, 1);
  assert.match(body.changes[0].what, /→ TRAINING$/);
  assert.deepEqual((await preview({})).body, body);
  assert.deepEqual((await preview({ from: '2026-05-03' })).body.changes, []);
  assert.equal((await preview({ source: 'fax' })).body.errorCode, 'UNKNOWN_SOURCE');
  const reader = await user('replayReader', [grant('replay', 'reader')]);
  assert.equal((await preview({}, reader)).status, 403);
});
