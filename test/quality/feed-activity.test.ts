// What each feed of an account sent, by the clock, and who may know it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, clock, user } = await temporaryServer();
const admin = bearer('administrator');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 5, 1, 12);

async function post(source: string, payload: string, agoMs: number) {
  clock.nowMs = NOW - agoMs;
  const answer = await app.inject({ method: 'POST', url: `/ingest/v1/${source}`, headers: admin, payload });
  assert.ok(answer.statusCode < 300, answer.body);
  clock.nowMs = NOW;
}
const event = (accountId: string, at: number) =>
  JSON.stringify({
    accountId,
    loginSessionId: 's1',
    agentId: '1',
    kind: 'STATE',
    baseState: 'AVAILABLE',
    at: new Date(at).toISOString(),
  });
const feeds = (accountId: string, headers = admin) =>
  app.inject({ url: `/api/v1/admin/accounts/${accountId}/feeds`, headers });

test('events are counted by when they came, and times are of when they happened', async () => {
  await post('offhook', event('a', NOW - 40 * DAY), 3 * DAY);
  await post('offhook', event('a', NOW - 5 * MINUTE), 5 * MINUTE);
  await post('offhook', `${event('a', NOW - 2000)}\n${event('a', NOW - 1000)}\n`, 1000);
  await post('offhook', event('b', NOW), 0);
  await post('offhook', '{"accountId":"a","kind":"NAP"}', 2 * DAY);
  await post('ringcx', '{"account_id":"a"}', 2 * MINUTE);
  const answer = await feeds('a');
  assert.equal(answer.statusCode, 200, answer.body);
  const [first, second, ...none] = answer.json();
  assert.deepEqual(none, []);
  const { eventsByMinute, ...offhook } = first;
  assert.deepEqual(offhook, {
    source: 'offhook',
    events: 4,
    eventsLastMinute: 2,
    eventsLastHour: 3,
    eventsLastDay: 3,
    rejects: 1,
    rejectsLastDay: 0,
    firstEventAt: new Date(NOW - 40 * DAY).toISOString(),
    lastEventAt: new Date(NOW - 1000).toISOString(),
    lastReceivedAt: new Date(NOW - 1000).toISOString(),
  });
  const expected = new Array(60).fill(0);
  expected[59] = 2;
  expected[54] = 1;
  assert.deepEqual(eventsByMinute, expected);
  assert.deepEqual(
    [second.source, second.events, second.firstEventAt, second.lastEventAt, second.rejectsLastDay],
    ['ringcx', 0, null, null, 1],
  );
  assert.equal(second.lastReceivedAt, new Date(NOW - 2 * MINUTE).toISOString());
});

test('an account without feeds has none', async () => {
  assert.deepEqual((await feeds('nothing')).json(), []);
});

test('readers of all groups see them, others do not', async () => {
  for (const [name, grants, status] of [
    ['reader', [grant('a', 'reader')], 200],
    ['limited', [grant('a', 'reader', '10')], 403],
    ['feeder', [grant('a', 'ingest')], 403],
    ['stranger', [grant('b', 'administrator')], 403],
  ] as const) {
    assert.equal((await feeds('a', await user(name, grants))).statusCode, status, name);
  }
});
