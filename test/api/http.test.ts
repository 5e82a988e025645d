// The server over HTTP: sign-in, live events, RingCentral's report call, and refused requests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { ALL_ACCOUNTS, type Role } from '../../src/access/principal.ts';
import { writeUser } from '../../src/access/users/users.ts';
import { LIMITS } from '../../src/limits.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { grant, temporaryServer } from '../support/temporary-server.ts';
import { runs } from '../support/property-runs.ts';

const { app, offhook, clock, cacheSessions } = await temporaryServer();
clock.nowMs = Date.UTC(2026, 0, 1);
const user = (username: string, role: Role, password: string, accountId = '1') =>
  writeUser(offhook.engine, { username, grants: [grant(accountId, role)] }, password, clock.nowMs);
await user('admin', 'administrator', 'secret', ALL_ACCOUNTS);
await user('feed', 'ingest', 'f33d');
await user('payroll', 'reader', 'p4y');

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

async function login(username: string, password: string, more = '') {
  return app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `username=${username}&password=${password}${more}`,
  });
}
const authToken = async (...user: [string, string]) => (await login(...user)).json().authToken as string;

const BODY = {
  reportId: null,
  destination: null,
  delimiter: 'COMMA',
  reportType: 'CASPER_REPORT',
  cciReport: true,
  reportTypeName: 'Agent_Session_Report_Raw',
  reportCriteria: {
    criteriaType: 'CASPER_CRITERIA',
    reportName: 'Agent_Session_Report_Raw',
    startTimestamp: '2020-04-27 00:00:00.0000',
    endTimestamp: '2020-04-27 23:59:59.0000',
    timezoneName: 'US/Arizona',
    agentIds: [] as (string | number)[],
    accountIds: [] as string[],
    secureAgentIds: '',
    rollupAgent: '',
    schedule: { repeatOption: 'ONCE' },
  },
};

function report(token: string, body: unknown = BODY, account = '1', prefix = '/voice/api/v1') {
  return app.inject({
    method: 'POST',
    url: `${prefix}/admin/accounts/${account}/reportsStreaming`,
    headers: {
      authorization: `bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const GOLDEN = readFileSync(new URL('../golden/agent-session-report.csv', import.meta.url), 'utf8');
const event = (type: string, time: string) =>
  `{"event_type":"${type}","agent_login_id":"111222333","account_id":"1","agent_id":"1111111",` +
  `"date_time":"2020-04-27 ${time}","username":"john.smith@gmail.","agent_phone":"6505550100"}`;

test('a live feed, with one event as JSON and one in the query string, gives the published row', async () => {
  const headers = { authorization: basic('feed', 'f33d'), 'content-type': 'application/json' };
  const first = await app.inject({
    method: 'POST',
    url: '/ingest/v1/ringcx',
    headers,
    payload: event('LOGIN', '15:02:05'),
  });
  assert.deepEqual(first.json(), { stored: 1, rejected: 0 });
  const query = new URLSearchParams(JSON.parse(event('LOGOUT', '15:47:32'))).toString();
  const second = await app.inject({ method: 'GET', url: `/ingest/v1/ringcx?${query}`, headers });
  assert.deepEqual(second.json(), { stored: 1, rejected: 0 });
  await importAgents(
    offhook.engine,
    '1',
    parseAgentsCsv('agent_id,first_name,last_name\n1111111,John,Smiths\n'),
    clock.nowMs,
  );
  const token = await authToken('admin', 'secret');
  for (const prefix of ['/voice/api/v1', '/api/v1']) {
    const answer = await report(token, BODY, '1', prefix);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.body, GOLDEN);
    assert.match(String(answer.headers['content-type']), /^text\/csv/);
  }
});

test('bodies of real clients: BOM, CRLF, ids as numbers, unknown fields', async () => {
  const token = await authToken('payroll', 'p4y');
  const byNumber = {
    ...BODY,
    reportCriteria: { ...BODY.reportCriteria, agentIds: [1111111] },
    extra: { a: 1 },
  };
  assert.equal(
    (await report(token, `\uFEFF${JSON.stringify(byNumber, null, 2).replaceAll('\n', '\r\n')}`)).body,
    GOLDEN,
  );
  const other = { ...BODY, reportCriteria: { ...BODY.reportCriteria, agentIds: ['2'] } };
  assert.equal((await report(token, other)).body, GOLDEN.slice(0, GOLDEN.indexOf('\n') + 1));
});

test('legacy tokens: X-Auth-Token, API tokens, sliding expiry', async () => {
  const token = await authToken('admin', 'secret');
  const headers = { 'x-auth-token': token };
  const api = await app.inject({ method: 'POST', url: '/api/v1/admin/token', headers });
  assert.match(String(api.headers['content-type']), /^text\/plain/);
  clock.nowMs += LIMITS.authTokenMs - 1000;
  const list = await app.inject({ method: 'GET', url: '/api/v1/admin/token', headers });
  assert.deepEqual(list.json(), [], 'clients would use the first item as a token');
  clock.nowMs += LIMITS.authTokenMs - 1000;
  assert.equal((await report(token)).statusCode, 200, 'each use extends an auth token');
  clock.nowMs += LIMITS.authTokenMs + 1000;
  assert.equal((await report(token)).statusCode, 401);
  assert.equal((await report(api.body)).statusCode, 200, 'an API token stays');
  const gone = await app.inject({
    method: 'DELETE',
    url: `/api/v1/admin/token/${api.body}`,
    headers: { 'x-auth-token': api.body },
  });
  assert.equal(gone.statusCode, 204);
  assert.equal((await report(api.body)).statusCode, 401);
});

test('API tokens are listed without the tokens themselves; their last use is not recorded each time', async () => {
  const headers = { 'x-auth-token': await authToken('payroll', 'p4y') };
  const make = { method: 'POST', url: '/api/v1/admin/token', headers } as const;
  const nameless = (await app.inject(make)).body;
  const named = (await app.inject({ ...make, payload: { name: 'Nightly export' } })).body;
  const createdAt = new Date(clock.nowMs).toISOString();
  const list = async () =>
    (await app.inject({ url: '/voice/api/v1/admin/tokens', headers }))
      .json()
      .sort((one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name));
  const listed = (name: string, token: string, lastUsedAt: string | null) => ({
    name,
    prefix: token.slice(0, 8),
    createdAt,
    lastUsedAt,
    expiresAt: null,
  });
  assert.deepEqual(await list(), [listed('', nameless, null), listed('Nightly export', named, null)]);
  clock.nowMs += 1000;
  const used = new Date(clock.nowMs).toISOString();
  const writes = async () => (await offhook.engine.query('SELECT 1 FROM tokens')).length;
  const before = await writes();
  for (const passedMs of [0, LIMITS.tokenUseMs / 2, LIMITS.tokenUseMs / 2 - 1]) {
    clock.nowMs += passedMs;
    assert.equal((await report(named)).statusCode, 200);
  }
  assert.deepEqual((await list())[1], listed('Nightly export', named, used));
  clock.nowMs += LIMITS.rememberCredentialsMs;
  assert.equal((await report(named)).statusCode, 200);
  assert.deepEqual((await list())[1], listed('Nightly export', named, new Date(clock.nowMs).toISOString()));
  // The auth token of the sign-in is extended in the meantime.
  assert.ok((await writes()) - before <= 5);
});

test('broken JSON in the middle of a batch: the rest is stored, and the reject is kept with its position', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/ingest/v1/ringcx',
    headers: { authorization: basic('admin', 'secret') },
    payload: `${event('LOGIN', '10:00:00')}\n{"broken\n${event('LOGOUT', '11:00:00')}\n`,
  });
  const { first, ...counts } = answer.json();
  assert.deepEqual(counts, { stored: 2, rejected: 1, reasons: { INVALID_JSON: 1 } });
  assert.equal(first[0].position, 2);
  const rejects = await offhook.engine.query('SELECT reason, position, raw FROM rejects FINAL');
  assert.deepEqual(rejects, [{ reason: 'INVALID_JSON', position: 2, raw: '{"broken' }]);
});

const criteria = (more: object) => ({ ...BODY, reportCriteria: { ...BODY.reportCriteria, ...more } });
const REFUSED: [name: string, body: unknown, code: string, attribute?: string][] = [
  ['an unknown zone', criteria({ timezoneName: 'Mars/Olympus' }), 'UNKNOWN_TIME_ZONE', 'timezoneName'],
  ['a start after the end', criteria({ startTimestamp: '2021-01-01' }), 'START_AFTER_END', 'startTimestamp'],
  ['another report', { ...BODY, reportTypeName: 'Other' }, 'UNKNOWN_REPORT_TYPE', 'reportTypeName'],
  ['an object instead of a list', criteria({ agentIds: { a: 1 } }), 'INVALID_REQUEST', 'reportCriteria.agentIds'],
  ['broken JSON', '{"a":', 'INVALID_JSON'],
];
for (const [name, body, code, attribute] of REFUSED) {
  test(`${name} is refused with ${code}`, async () => {
    const answer = await report(await authToken('admin', 'secret'), body);
    assert.equal(answer.statusCode, 400);
    const { errorCode, validationErrors } = answer.json();
    assert.equal(errorCode, code);
    if (attribute !== undefined) assert.equal(validationErrors[0].attributeName, attribute);
  });
}

test('statuses: 401 without credentials, RingCentral’s 403 without rights, 404, 413', async () => {
  assert.equal((await report('nonsense')).statusCode, 401);
  assert.equal((await login('admin', 'wrong')).statusCode, 401);
  const denied = await report(await authToken('payroll', 'p4y'), BODY, '2');
  assert.equal(denied.statusCode, 403);
  assert.deepEqual(denied.json(), {
    errorCode: 'access.denied.exception',
    generalMessage: 'You do not have permission to access this resource',
    timestamp: clock.nowMs,
  });
  const both = criteria({ accountIds: ['1', '2'] });
  assert.equal((await report(await authToken('payroll', 'p4y'), both)).statusCode, 403);
  const reader = { authorization: basic('payroll', 'p4y') };
  const post = { method: 'POST', headers: reader, payload: '{}' } as const;
  assert.equal((await app.inject({ ...post, url: '/ingest/v1/ringcx' })).statusCode, 403);
  assert.equal((await app.inject({ ...post, url: '/ingest/v1/nothing' })).statusCode, 404);
  assert.equal((await app.inject({ ...post, url: '/nothing' })).statusCode, 404);
  const huge = await report(await authToken('admin', 'secret'), ' '.repeat(LIMITS.requestBodyBytes + 1));
  assert.equal(huge.json().errorCode, 'BODY_TOO_LARGE');
});

test('no body causes a status 500', async () => {
  await cacheSessions();
  const token = await authToken('admin', 'secret');
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.object(), async (text, more) => {
      assert.notEqual((await report(token, text)).statusCode, 500);
      assert.notEqual((await report(token, criteria(more))).statusCode, 500);
    }),
    runs(15),
  );
});
