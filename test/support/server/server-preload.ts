// `node --import` of this file lets a test file run on a ClickHouse server: a new database of the one that
// OFFHOOK_CLICKHOUSE_URL names, else a front of its own.
import { randomUUID } from 'node:crypto';
import { startFront } from './start-front.ts';

// The test runner itself has no tests.
if (process.env.NODE_TEST_CONTEXT !== undefined) {
  const given = process.env.OFFHOOK_CLICKHOUSE_URL;
  process.env.OFFHOOK_CLICKHOUSE_URL = given ? await newDatabase(given) : (await startFront()).url;
}

async function newDatabase(server: string): Promise<string> {
  const url = new URL(server);
  url.pathname = `/offhook_test_${randomUUID().replaceAll('-', '')}`;
  process.once('beforeExit', () => {
    const { origin, username, password, pathname } = url;
    const headers = { 'X-ClickHouse-User': username || 'default', 'X-ClickHouse-Key': password };
    const cluster = process.env.OFFHOOK_CLICKHOUSE_CLUSTER;
    const sql = `DROP DATABASE ${pathname.slice(1)} ${cluster ? `ON CLUSTER '${cluster}'` : ''} SYNC`;
    fetch(origin, { method: 'POST', headers, body: sql }).catch(() => {});
  });
  return url.href;
}
