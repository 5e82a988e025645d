// When a client disconnects, before the first byte or later, the engine stops its query.
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { bearer, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook } = await temporaryServer();
/** Sessions of a login and a logout: more blocks and bytes of a report than wait for a reader that does not read. */
await offhook.engine.command(`
  INSERT INTO events (account_id, login_session_id, agent_id, username, at, order_in_instant, kind)
  WITH intDiv(number, 2) AS session, number % 2 = 1 AS logs_out
  SELECT
    'big', toString(session), toString(session), concat(repeat('a', 200), toString(session)),
    toDateTime64('2026-06-01 08:00:00', 3, 'UTC') + toIntervalSecond(session + 3600 * logs_out),
    63 * logs_out, if(logs_out, 'LOGOUT', 'LOGIN')
  FROM numbers(60000)`);
await app.listen({ port: 0, host: '127.0.0.1' });
const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/admin/accounts/big/reportsStreaming`;

function ask(signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: bearer('administrator'),
    body: JSON.stringify({ reportCriteria: { startTimestamp: '2026-06-01', endTimestamp: '2026-06-30' } }),
    signal,
  });
}

async function reportsRunning(): Promise<number> {
  const [row] = await offhook.engine.query<{ queries: number }>(
    `SELECT count() AS queries FROM system.processes
     WHERE query LIKE '%concatWithSeparator%' AND query NOT LIKE '%system.processes%'`,
  );
  return row?.queries ?? 0;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(10);
}

test('before the first byte', async () => {
  const client = new AbortController();
  const answer = ask(client.signal);
  answer.catch(() => {});
  await until(async () => (await reportsRunning()) > 0);
  client.abort();
  await assert.rejects(answer, { name: 'AbortError' });
  await until(async () => (await reportsRunning()) === 0);
});

test('in the middle of the report', async () => {
  const client = new AbortController();
  const reader = (await ask(client.signal)).body!.getReader();
  assert.ok((await reader.read()).value!.length > 0);
  assert.equal(await reportsRunning(), 1, 'the rest waits for its reader');
  client.abort();
  await until(async () => (await reportsRunning()) === 0);
});
