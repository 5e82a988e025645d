// A sender can store nothing in an account that it may not write to: no events, and no rejects that its readers would see.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { FEEDS } from '../../src/sources/registry.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, user } = await temporaryServer();
const two = await user('two', [grant('north', 'ingest'), grant('south', 'ingest')]);
const one = await user('one', [grant('north', 'ingest')]);

const OFFHOOK = {
  accountId: 'east',
  loginSessionId: '1',
  agentId: '1',
  at: '2026-05-01T09:00:00Z',
  kind: 'LOGIN',
};
const RINGCX = {
  event_type: 'LOGIN',
  account_id: 'east',
  agent_login_id: '1',
  agent_id: '1',
  date_time: '2026-05-01 09:00:00',
};
const CONNECT = JSON.parse(
  readFileSync(new URL('../../src/sources/amazon-connect/fixtures/determine-acw-time_1.json', import.meta.url), 'utf8'),
);
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** Valid and invalid inputs of each feed that name the account `east` or none, if the feed names accounts at all. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  offhook: [
    JSON.stringify(OFFHOOK),
    JSON.stringify({ ...OFFHOOK, at: 'soon' }),
    JSON.stringify({ ...OFFHOOK, kind: 'NAP' }),
    JSON.stringify({ ...OFFHOOK, loginSessionId: undefined }),
    JSON.stringify({ ...OFFHOOK, agentId: ['1'] }),
    JSON.stringify({ ...OFFHOOK, accountId: ' east ' }),
    '{"accountId":"east",',
    '"east"',
    JSON.stringify({ ...OFFHOOK, note: 'x'.repeat(1024 * 1024) }),
  ],
  ringcx: [
    JSON.stringify(RINGCX),
    JSON.stringify({ ...RINGCX, date_time: 'soon' }),
    JSON.stringify({ ...RINGCX, agent_login_id: '' }),
    JSON.stringify({ ...RINGCX, agent_id: '' }),
    JSON.stringify({ ...RINGCX, event_type: 'ACD-CALL' }),
    form(RINGCX),
    form({ ...RINGCX, date_time: 'soon' }),
  ],
  asterisk: ['1700000000|NONE|support|SIP/1|ADDMEMBER|', 'east|NONE|support|SIP/1|ADDMEMBER|'],
  'amazon-connect': [
    JSON.stringify({ ...CONNECT, AWSAccountId: 'east' }),
    JSON.stringify({ ...CONNECT, AWSAccountId: 'east', EventTimestamp: 'soon' }),
    JSON.stringify({ ...CONNECT, AWSAccountId: 'east', AgentARN: '' }),
  ],
  freeswitch: ['{"CC-Action":"agent-status-change","CC-Agent":"1","CC-Agent-Status":"Available"}'],
  genesys: ['{"userDetails":[{"userId":"1","primaryPresence":[{"startTime":"2026-05-01T09:00:00Z"}]}]}'],
};

/** The number of rejects by account. */
async function rejects(): Promise<Record<string, number>> {
  const rows = await offhook.engine.query<{ account: string; rows: number }>(
    'SELECT toString(account_id) AS account, count() AS rows FROM rejects GROUP BY account ORDER BY account',
  );
  return Object.fromEntries(rows.map(({ account, rows }) => [account, rows]));
}

test('all feeds are covered', () => {
  assert.deepEqual(Object.keys(INPUTS).sort(), Object.keys(FEEDS).sort());
});

for (const [feed, inputs] of Object.entries(INPUTS)) {
  for (const [nth, payload] of inputs.entries()) {
    test(`${feed}: input ${nth} is not stored in the account that it names`, async () => {
      const post = (headers: object, query = '') =>
        app.inject({ method: 'POST', url: `/ingest/v1/${feed}${query}`, headers: { ...headers }, payload });
      await offhook.engine.command('TRUNCATE TABLE rejects');
      const { stored, rejected } = (await post(two)).json();
      assert.deepEqual({ stored, rejected }, { stored: 0, rejected: 1 });
      assert.deepEqual(await rejects(), { '': 1 });
      assert.equal((await post(two, '?accountId=east')).statusCode, 403);
      assert.deepEqual(await rejects(), { '': 1 });
      const known = (await post(one)).json();
      assert.equal((await post(two, '?accountId=north')).json().rejected, known.rejected);
      assert.deepEqual(Object.keys(await rejects()), known.rejected ? ['', 'north'] : ['']);
    });
  }
}

test('the same for the query string and for a Firehose delivery', async () => {
  await offhook.engine.command('TRUNCATE TABLE rejects');
  const inAddress = await app.inject({ url: `/ingest/v1/ringcx?${form(RINGCX)}`, headers: two });
  assert.deepEqual(inAddress.json().reasons, { WRONG_ACCOUNT: 1 });
  const token = await app.inject({ method: 'POST', url: '/api/v1/admin/token', headers: bearer('two') });
  const data = Buffer.from(INPUTS['amazon-connect']![0]!).toString('base64');
  const delivered = await app.inject({
    method: 'POST',
    url: '/ingest/v1/amazon-connect',
    headers: { 'x-amz-firehose-request-id': 'id-1', 'x-amz-firehose-access-key': token.body },
    payload: JSON.stringify({ requestId: 'id-1', timestamp: 1, records: [{ data }] }),
  });
  assert.equal(delivered.statusCode, 200, delivered.body);
  assert.deepEqual(await rejects(), { '': 2 });
});

test('a reject in the sender’s own account is in its list', async () => {
  await offhook.engine.command('TRUNCATE TABLE rejects');
  const payload = JSON.stringify({ ...OFFHOOK, accountId: 'south', at: 'soon' });
  await app.inject({ method: 'POST', url: '/ingest/v1/offhook', headers: two, payload });
  assert.deepEqual(await rejects(), { south: 1 });
});

test('the account is empty after all this', async () => {
  for (const table of ['events', 'login_sessions', 'agents', 'rejects']) {
    const foreign = await offhook.engine.query(`SELECT * FROM ${table} WHERE account_id = 'east'`);
    assert.deepEqual(foreign, [], table);
  }
});
