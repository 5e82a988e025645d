// The overview of the installation, the demo next to other accounts, and tokens for feeds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TABLES_OF_ACCOUNTS } from '../../src/retention/account-removal.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user } = await temporaryServer();
clock.nowMs = Date.UTC(2026, 2, 18, 15);
const administrator = bearer('administrator');
const reader = await user('reader', [grant('', 'reader')]);

type Method = 'GET' | 'POST' | 'DELETE';
const call = (method: Method, url: string, headers: Record<string, string> = administrator, payload?: object) =>
  app.inject({ method, url: `/api/v1${url}`, headers, ...(payload && { payload }) });

interface Installation {
  accounts: {
    accountId: string;
    isDemo: boolean;
    agents: number;
    hasSessions: boolean;
    latestEventAt: string;
  }[];
  demo: { state: string; progress: number; problem: string };
}
const installation = async (): Promise<Installation> => (await call('GET', '/admin/installation')).json();
const rowsOf = async (accountId: string) => {
  const counts = TABLES_OF_ACCOUNTS.map(async table => {
    const sql = `SELECT count() AS rows FROM ${table} WHERE account_id = {accountId:String}`;
    const [row] = await offhook.engine.query<{ rows: number }>(sql, { accountId });
    return [table, row?.rows ?? 0] as const;
  });
  return Object.fromEntries((await Promise.all(counts)).filter(([, rows]) => rows > 0));
};
const login = (accountId: string) => ({
  event_type: 'LOGIN',
  account_id: accountId,
  agent_id: '1',
  agent_login_id: '9',
  username: 'a',
  date_time: '2026-03-18 10:00:00',
});

test('the list of account tables has all tables with an account, except the audit log', async () => {
  const found = await offhook.engine.query<{ table: string }>(
    `SELECT DISTINCT table FROM system.columns AS columns
     JOIN system.tables AS tables ON tables.database = columns.database AND tables.name = columns.table
     WHERE columns.name = 'account_id' AND columns.database = currentDatabase() AND engine LIKE '%MergeTree'`,
  );
  const expected = [...TABLES_OF_ACCOUNTS, 'audit'].sort();
  assert.deepEqual(found.map(({ table }) => table).sort(), expected);
});

test('an empty installation', async () => {
  assert.deepEqual(await installation(), {
    accounts: [],
    demo: { state: 'ABSENT', progress: 0, problem: '' },
  });
});

test('the token of a feed can only send events of its account', async () => {
  const path = '/admin/accounts/15300002/feedTokens';
  const answer = await call('POST', path, administrator, { source: 'ringcx' });
  const { username, token } = answer.json();
  assert.equal(username, 'feed-ringcx-15300002');
  const headers = { 'x-auth-token': token };
  const send = (payload: object) => app.inject({ method: 'POST', url: '/ingest/v1/ringcx', headers, payload });
  assert.deepEqual((await send(login('15300002'))).json(), { stored: 1, rejected: 0 });
  const foreign = (await send(login('15300003'))).json();
  assert.deepEqual([foreign.stored, foreign.reasons], [0, { WRONG_ACCOUNT: 1 }]);
  assert.equal((await call('GET', '/admin/accounts/15300002', headers)).statusCode, 403);
  const again = (await call('POST', path, administrator, { source: 'ringcx' })).json();
  assert.equal(again.username, username);
  assert.notEqual(again.token, token);
  assert.equal((await call('POST', path, administrator, { source: 'nothing' })).json().errorCode, 'UNKNOWN_SOURCE');
  await call('DELETE', `/admin/users/${username}`);
  assert.equal((await send(login('15300002'))).statusCode, 401);
});

test('a user with the feed’s name but other rights is not changed', async () => {
  await user('feed-ringcx-7', [grant('', 'administrator')]);
  const answer = await call('POST', '/admin/accounts/7/feedTokens', administrator, { source: 'ringcx' });
  assert.equal(answer.json().errorCode, 'ALREADY_EXISTS');
});

test('the demo is loaded next to other accounts and removed without a trace, twice', async () => {
  const before = await rowsOf('15300002');
  for (const round of [1, 2]) {
    const { statusCode } = await call('POST', '/admin/demo');
    assert.equal(statusCode, 202);
    let { demo, accounts } = await installation();
    while (demo.state !== 'LIVE') {
      assert.notEqual(demo.state, 'FAILED', demo.problem);
      ({ demo, accounts } = await installation());
    }
    assert.equal(demo.progress, 1);
    const account = accounts.find(({ accountId }) => accountId === 'demo');
    assert.ok(account?.isDemo && account.hasSessions && account.agents === 50, `round ${round}`);
    assert.ok(Date.parse(account.latestEventAt) > clock.nowMs - 3_600_000, account.latestEventAt);
    const report = await call('POST', '/admin/accounts/demo/reportsStreaming', administrator, {
      reportCriteria: { startTimestamp: '2026-03-16 00:00:00', endTimestamp: '2026-03-16 23:59:59' },
    });
    assert.ok(report.body.split('\n').length > 20, report.body.slice(0, 500));
    assert.equal((await call('DELETE', '/admin/demo')).statusCode, 204);
    assert.deepEqual(await rowsOf('demo'), {});
    assert.deepEqual(await rowsOf('15300002'), before);
  }
  assert.equal((await installation()).demo.state, 'ABSENT');
  assert.equal((await call('DELETE', '/admin/demo')).json().errorCode, 'NOT_FOUND');
});

test('an account that is called demo but is not the demo cannot be removed', async () => {
  const renamed = { accountName: 'Demonstration hall' };
  await app.inject({
    method: 'PUT',
    url: '/api/v1/admin/accounts/demo',
    headers: administrator,
    payload: renamed,
  });
  for (const method of ['POST', 'DELETE'] as const) {
    assert.equal((await call(method, '/admin/demo')).json().errorCode, 'ALREADY_EXISTS');
  }
});

test('only administrators of all accounts may use these calls, and they are recorded', async () => {
  const calls: [Method, string][] = [
    ['GET', '/admin/installation'],
    ['POST', '/admin/demo'],
    ['DELETE', '/admin/demo'],
    ['POST', '/admin/accounts/15300002/feedTokens'],
  ];
  for (const [method, url] of calls) {
    assert.equal((await call(method, url, reader, { source: 'ringcx' })).statusCode, 403, `${method} ${url}`);
  }
  const record = await offhook.engine.query<{ action: string }>('SELECT action FROM audit ORDER BY at');
  const actions = record.map(({ action }) => action);
  for (const action of ['DEMO_LOADED', 'DEMO_REMOVED', 'TOKEN_ISSUED']) assert.ok(actions.includes(action));
});

test('a user can read their own rights and sign out', async () => {
  const body = new URLSearchParams({ username: 'reader', password: 'reader' });
  const { authToken } = (
    await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: body.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  ).json();
  const headers = { authorization: `Bearer ${authToken}` };
  const session = (await call('GET', '/auth/session', headers)).json();
  assert.deepEqual(session, {
    username: 'reader',
    isAdministrator: false,
    grants: [{ accountId: '', role: 'reader', agentGroupIds: [] }],
  });
  assert.equal((await call('GET', '/auth/session')).json().isAdministrator, true);
  assert.equal((await call('DELETE', '/auth/session', headers)).statusCode, 204);
  assert.equal((await call('GET', '/auth/session', headers)).statusCode, 401);
  assert.equal((await call('DELETE', '/auth/session', administrator)).statusCode, 204);
});
