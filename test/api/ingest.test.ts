// What feeds need besides storing: validation of subscriptions, retries, short answers, accounts, Firehose.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, user } = await temporaryServer();
const admin = bearer('administrator');
const event = (time: string, type = 'LOGIN') =>
  `{"event_type":"${type}","agent_login_id":"1","account_id":"a","agent_id":"7","date_time":"2026-05-01 ${time}"}`;

async function send(payload: string | Buffer, headers: object = admin) {
  return app.inject({ method: 'POST', url: '/ingest/v1/ringcx', headers: { ...headers }, payload });
}
const events = async () =>
  (await offhook.engine.query<{ rows: number }>('SELECT count() AS rows FROM events FINAL'))[0]?.rows;

test('a new subscription gets its token back without credentials', async () => {
  const answer = await send('', { 'validation-token': 'abc-123' });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['validation-token'], 'abc-123');
  const withEvent = await send(event('09:00:00'), { 'validation-token': 'abc-123' });
  assert.equal(withEvent.statusCode, 401, 'an event needs credentials all the same');
  assert.equal(await events(), 0);
});

test('an event with a validation token is stored and the token returned; retries change nothing; the answer is short', async () => {
  for (let retry = 0; retry < 11; retry++) {
    const answer = await send(event('09:00:00'), { ...admin, 'validation-token': 'abc' });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['validation-token'], 'abc');
    const size = answer.body.length + JSON.stringify(answer.headers).length;
    assert.ok(size <= 1024, `${size} bytes`);
  }
  assert.equal(await events(), 1);
});

test('a token in the header of subscriptions is accepted', async () => {
  await user('feed', [grant('a', 'ingest')]);
  const token = await app.inject({ method: 'POST', url: '/api/v1/admin/token', headers: bearer('feed') });
  assert.equal((await send(event('09:00:00'), { 'verification-token': token.body })).statusCode, 200);
  assert.equal((await send(event('09:00:00'), { 'verification-token': `${token.body}x` })).statusCode, 401);
});

test('a body that is not text is refused as a whole, with a message that names its type', async () => {
  const picture = Buffer.from('\x89PNG\r\n\x1a\n\0\0\nmore\nlines\n', 'latin1');
  const bodies = [
    [picture, /^The body is a picture \(PNG\)\. Nothing was stored\.$/],
    [gzipSync(event('09:00:00')), /^The body is a gzip archive\./],
  ] as const;
  for (const [body, message] of bodies) {
    const answer = await send(body, { ...admin, 'content-type': 'application/octet-stream' });
    assert.equal(answer.statusCode, 400);
    assert.equal(answer.json().errorCode, 'WRONG_FILE');
    assert.match(answer.json().generalMessage, message);
  }
});

test('an incomplete event in the query string or in a form is a reject that names the missing field', async () => {
  const whole = {
    event_type: 'LOGIN',
    agent_login_id: 'form',
    account_id: 'form',
    agent_id: '7',
    date_time: '2026-05-01 09:00:00',
  };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const url = '/ingest/v1/ringcx';
  const forms: [form: string, (fields: string) => InjectOptions][] = [
    ['GET', fields => ({ url: `${url}?${fields}`, headers: admin })],
    ['POST, in the query string', fields => ({ method: 'POST', url: `${url}?${fields}`, headers: admin })],
    [
      'POST, in the query string with an account',
      fields => ({ method: 'POST', url: `${url}?accountId=form&${fields}`, headers: admin }),
    ],
    ['a form', fields => ({ method: 'POST', url, headers: { ...admin, ...type }, payload: fields })],
    ['a line', fields => ({ method: 'POST', url, headers: admin, payload: `${fields}\n` })],
  ];
  for (const [form, requestOf] of forms) {
    for (const missing of ['agent_id', 'agent_login_id', 'event_type', 'date_time']) {
      await offhook.engine.command('TRUNCATE TABLE rejects');
      const empty = new URLSearchParams({ ...whole, [missing]: '' }).toString();
      for (const query of [empty, empty.replace(`${missing}=`, 'other=')]) {
        const answer = await app.inject(requestOf(query));
        const { stored, rejected, first } = answer.json();
        const result = [stored, rejected, first?.[0]?.detail];
        assert.deepEqual(result, [0, 1, `${missing} is missing.`], `${form}: ${query}`);
      }
      const kept = await offhook.engine.query(
        'SELECT DISTINCT toString(account_id) AS account, toString(reason) AS reason, detail FROM rejects',
      );
      const detail = `${missing} is missing.`;
      assert.deepEqual(kept, [{ account: 'form', reason: 'MISSING_FIELD', detail }], form);
    }
    const answer = await app.inject(requestOf(new URLSearchParams(whole).toString()));
    assert.deepEqual(answer.json(), { stored: 1, rejected: 0 }, form);
  }
});

test('a query string with only the account and an empty body contains no event', async () => {
  const answer = await app.inject({ method: 'POST', url: '/ingest/v1/ringcx?accountId=a', headers: admin });
  assert.deepEqual(answer.json(), { stored: 0, rejected: 0 });
});

test('the query string names the account of inputs that name none, if the sender may write to it', async () => {
  await user('two', [grant('north', 'ingest'), grant('south', 'ingest')]);
  const line = '1700000000|NONE|support|SIP/1|ADDMEMBER|\n';
  const post = (address: string) =>
    app.inject({
      method: 'POST',
      url: `/ingest/v1/asterisk${address}`,
      headers: bearer('two'),
      payload: line,
    });
  const { first, ...refused } = (await post('')).json();
  assert.deepEqual(refused, { stored: 0, rejected: 1, reasons: { MISSING_FIELD: 1 } });
  assert.match(first[0].detail, /names no account/);
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

test('a Firehose delivery: its records become events, and answers and errors have its format', async () => {
  const [login] = JSON.parse(
    `[${readFileSync(new URL('../../src/sources/amazon-connect/fixtures/determine-acw-time_1.json', import.meta.url), 'utf8')}]`,
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
  assert.match(refused.json().errorMessage, /wrong/);
  assert.equal(refused.json().requestId, 'id-1');
  assert.equal((await deliver(token.body, 'no json')).statusCode, 400);
});

test('a log of 140,000 lines with unknown agents is stored in one request, and a retry changes nothing', async () => {
  const lines = Array.from({ length: 140_000 }, (_, i) => {
    const nth = Math.floor(i / 2_000);
    const verb = nth === 0 ? 'ADDMEMBER|' : nth % 2 === 1 ? 'PAUSE|Lunch' : 'UNPAUSE|';
    return `${1_700_000_000 + nth}|NONE|support|SIP/${i % 2_000}|${verb}`;
  });
  const payload = gzipSync(lines.join('\n'));
  const headers = { ...admin, 'content-encoding': 'gzip' };
  for (let attempt = 0; attempt < 2; attempt++) {
    const answer = await app.inject({
      method: 'POST',
      url: '/ingest/v1/asterisk?accountId=long',
      headers,
      payload,
    });
    assert.deepEqual(answer.json(), { stored: lines.length, rejected: 0 });
    const stored = await offhook.engine.query(
      "SELECT count() AS rows, uniqExact(login_session_id) AS sessions FROM events FINAL WHERE account_id = 'long'",
    );
    // More events than a function call can have arguments.
    assert.deepEqual(stored, [{ rows: lines.length, sessions: 2_000 }]);
  }
});
