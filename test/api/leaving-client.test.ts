// When a client disconnects, before the first byte or later, the engine stops its query.
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { syntheticMonth } from '../../bench/synthetic-month.ts';
import { bearer, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook } = await temporaryServer();
await syntheticMonth(offhook.engine, 'big', '2026-06-01', 5000, 4);
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
  while (!(await condition())) await new Promise(resolve => setImmediate(resolve));
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
