// The tables of a cluster with a single shard: every write and every report goes through Distributed tables.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import { readMigrations } from '../../src/engine/migrate.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { clusterStatements, shardedTables } from '../../src/engine/server/cluster-ddl.ts';
import { CLUSTER_SETTINGS } from '../../src/engine/server/settings.ts';
import { openOffhook } from '../../src/pipeline.ts';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { feedNamed } from '../../src/sources/registry.ts';
import { startFront } from '../support/server/start-front.ts';

const config = join(mkdtempSync(join(tmpdir(), 'offhook-test-')), 'cluster.xml');
after(() => rmSync(join(config, '..'), { recursive: true, force: true }));
const node = '<replica><host>127.0.0.1</host><port>9000</port></replica>';
writeFileSync(
  config,
  `<clickhouse><tcp_port>9000</tcp_port><remote_servers>
    <one><shard>${node}</shard></one>
    <two><shard>${node}</shard><shard>${node}</shard></two>
  </remote_servers></clickhouse>`,
);
// The replica here is the front itself: nothing listens for others.
const front = await startFront(config, { ...CLUSTER_SETTINGS, prefer_localhost_replica: 1 });
const urlOf = (database: string) => `${front.url}/${database}`;

/** The tables as on a cluster, but for what needs a Keeper: their replication, and telling other nodes of them. */
async function createTables(engine: Engine, cluster: string, database: string): Promise<void> {
  const names = { cluster, database, sharded: shardedTables() };
  for (const { version, name, statements } of readMigrations()) {
    for (const statement of statements.flatMap(sql => clusterStatements(sql, names))) {
      await engine.command(
        statement.replace(` ON CLUSTER '${cluster}'`, '').replace(/Replicated(\w+)\('[^']*', '[^']*'(?:, )?/, '$1('),
      );
    }
    await engine.command(
      `CREATE TABLE IF NOT EXISTS schema_migrations (version UInt32, name String, applied_at DateTime DEFAULT now())
       ENGINE = MergeTree ORDER BY version`,
    );
    await engine.insert('schema_migrations', [{ version, name }]);
  }
}

async function opened(cluster: string) {
  const engine = await openEngine('', { OFFHOOK_CLICKHOUSE_URL: urlOf(cluster) });
  await createTables(engine, cluster, cluster);
  await engine.close();
  process.env.OFFHOOK_CLICKHOUSE_URL = urlOf(cluster);
  const offhook = await openOffhook('unused');
  after(() => offhook.close());
  return offhook;
}

const facts: object[] = [
  { at: '2026-06-01T08:00:00Z', kind: 'LOGIN' },
  { at: '2026-06-01T08:00:00Z', kind: 'STATE', baseState: 'AVAILABLE' },
  { at: '2026-06-01T09:00:00Z', kind: 'STATE', baseState: 'LUNCH' },
  { at: '2026-06-01T09:30:00Z', kind: 'LOGOUT' },
];
const lines = ['1', '2', '3'].flatMap(id =>
  facts.map(fact => JSON.stringify({ accountId: 'a', loginSessionId: id, agentId: id, ...fact })),
);

async function reportOf(offhook: Awaited<ReturnType<typeof openOffhook>>): Promise<string[]> {
  const criteria = {
    accountIds: ['a'],
    start: '2026-06-01',
    end: '2026-06-02',
    timezone: 'UTC',
    ...ALL_SESSIONS,
  };
  const clock = { nowMs: Date.UTC(2026, 5, 3), staleAfterMs: 3_600_000 };
  const chunks: Uint8Array[] = [];
  for await (const chunk of offhook.report(criteria, clock, { format: 'ndjson', keepFormulas: false }))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
}

async function store(offhook: Awaited<ReturnType<typeof openOffhook>>): Promise<void> {
  const given = { accountId: 'a', isAllowed: () => true, receivedAt: 1, live: false };
  const documents = lines.map((raw, i) => ({ raw, position: i + 1 }));
  await offhook.ingest(feedNamed('offhook'), documents, await offhook.decodeContext(given));
}

test('what is written through Distributed is on its shard, its views are filled, and the report is exact', async () => {
  const offhook = await opened('one');
  await store(offhook);
  await store(offhook);
  const [row] = await offhook.engine.query<{ events: number; sessions: number }>(
    `SELECT (SELECT count() FROM events_local FINAL) AS events, (SELECT count() FROM login_sessions_local FINAL) AS sessions`,
  );
  assert.deepEqual(row, { events: lines.length, sessions: 3 });
  const rows = (await reportOf(offhook)).map(text => JSON.parse(text) as Record<string, unknown>);
  assert.equal(rows.length, 3);
  for (const row of rows) assert.ok(Object.values(row).includes(60), JSON.stringify(row));
});

test('no statement of a report is refused where a table has several shards', async () => {
  const offhook = await opened('two');
  await store(offhook);
  // Both shards are the same tables here, so that only what is asked counts, not how many rows come of it.
  assert.ok((await reportOf(offhook)).length > 0);
});
