// What feeds need of the server beside storing: subscriptions that are validated, compressed bodies, retries, short answers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { LIMITS } from '../src/limits.ts';
import { bearer, grant, temporaryServer } from './support/temporary-server.ts';

const { app, offhook, user } = await temporaryServer();
const admin = bearer('administrator');
const event = (time: string, type = 'LOGIN') =>
  `{"event_type":"${type}","agent_login_id":"1","account_id":"a","agent_id":"7","date_time":"2026-05-01 ${time}"}`;

async function send(payload: string | Buffer, headers: object = admin) {
  return app.inject({ method: 'POST', url: '/ingest/v1/ringcx', headers: { ...headers }, payload });
}
const events = async () =>
  (await offhook.engine.query<{ rows: number }>('SELECT count() AS rows FROM events FINAL'))[0]?.rows;

test('a subscription that is set up gets its token back, without credentials', async () => {
  const answer = await send('', { 'validation-token': 'abc-123' });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['validation-token'], 'abc-123');
  const withEvent = await send(event('09:00:00'), { 'validation-token': 'abc-123' });
  assert.equal(withEvent.statusCode, 401, 'an event needs credentials all the same');
  assert.equal(await events(), 0);
});

test('an event with a token to validate is stored and echoed; retries change nothing; the answer is short', async () => {
  for (let retry = 0; retry < 11; retry++) {
    const answer = await send(event('09:00:00'), { ...admin, 'validation-token': 'abc' });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['validation-token'], 'abc');
    const size = answer.body.length + JSON.stringify(answer.headers).length;
    assert.ok(size <= 1024, `${size} bytes`);
  }
  assert.equal(await events(), 1);
});

test('a token in the header that subscriptions send', async () => {
  await user('feed', [grant('a', 'ingest')]);
  const token = await app.inject({ method: 'POST', url: '/api/v1/admin/token', headers: bearer('feed') });
  assert.equal((await send(event('09:00:00'), { 'verification-token': token.body })).statusCode, 200);
  assert.equal((await send(event('09:00:00'), { 'verification-token': `${token.body}x` })).statusCode, 401);
});

test('the address names the account of documents that name none, one to which the sender may write', async () => {
  await user('two', [grant('north', 'ingest'), grant('south', 'ingest')]);
  const line = '1700000000|NONE|support|SIP/1|ADDMEMBER|\n';
  const post = (address: string) =>
    app.inject({
      method: 'POST',
      url: `/ingest/v1/asterisk${address}`,
      headers: bearer('two'),
      payload: line,
    });
  assert.deepEqual((await post('')).json(), { stored: 0, rejected: 1 });
  assert.deepEqual((await post('?accountId=south')).json(), { stored: 1, rejected: 0 });
  assert.equal((await post('?accountId=east')).statusCode, 403);
  assert.equal((await post(`?accountId=${'x'.repeat(300)}`)).statusCode, 400);
  const accounts = await offhook.engine.query(
    `SELECT account_id FROM (
       SELECT account_id, source FROM events FINAL UNION ALL SELECT account_id, source FROM rejects FINAL
     ) WHERE source = 'asterisk' ORDER BY account_id`,
  );
  assert.deepEqual(accounts, [{ account_id: '' }, { account_id: 'south' }]);
});

test('a compressed body is read, one that is too large when it is read is refused', async () => {
  const headers = { ...admin, 'content-encoding': 'gzip' };
  const answer = await send(
    gzipSync(`${event('10:00:00', 'LUNCH')}\n${event('11:00:00', 'LOGOUT')}\n`),
    headers,
  );
  assert.deepEqual(answer.json(), { stored: 2, rejected: 0 });
  const bomb = await send(gzipSync(Buffer.alloc(LIMITS.ingestBodyBytes + 1, ' ')), headers);
  assert.equal(bomb.statusCode, 413);
  assert.ok((await send('no gzip', headers)).statusCode < 500);
});

test('a Firehose delivery: events out of its records, and its own form of answer, also for an error', async () => {
  const [login] = JSON.parse(
    `[${readFileSync(new URL('../src/sources/amazon-connect/fixtures/determine-acw-time_1.json', import.meta.url), 'utf8')}]`,
  );
  login.CurrentAgentSnapshot.Configuration = {
    FirstName: 'Ada',
    LastName: 'Byron',
    Username: 'ada',
    RoutingProfile: null,
  };
  const data = Buffer.from(JSON.stringify(login)).toString('base64');
  const token = await app.inject({ method: 'POST', url: '/api/v1/admin/token', headers: admin });
  const deliver = (key: string, body: string) =>
    app.inject({
      method: 'POST',
      url: '/ingest/v1/amazon-connect',
      headers: {
        'x-amz-firehose-request-id': 'id-1',
        'x-amz-firehose-access-key': key,
        'content-type': 'application/json',
      },
      payload: body,
    });
  const body = JSON.stringify({ requestId: 'id-1', timestamp: 1, records: [{ data }] });
  for (let attempt = 0; attempt < 2; attempt++) {
    const answer = await deliver(token.body, body);
    assert.equal(answer.statusCode, 200, answer.body);
    assert.deepEqual(Object.keys(answer.json()), ['requestId', 'timestamp']);
    assert.equal(answer.json().requestId, 'id-1');
  }
  const directory = await offhook.engine.query(
    "SELECT account_id, first_name, last_name FROM agents FINAL WHERE last_name = 'Byron'",
  );
  assert.deepEqual(directory, [{ account_id: '012345678901', first_name: 'Ada', last_name: 'Byron' }]);
  const refused = await deliver('wrong', body);
  assert.equal(refused.statusCode, 401);
  assert.match(refused.json().errorMessage, /not/);
  assert.equal(refused.json().requestId, 'id-1');
  assert.equal((await deliver(token.body, 'no json')).statusCode, 400);
});
