// A new data directory begins with a snapshot of what the migrations make.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import { apply, migrate, readMigrations, readSnapshot, SNAPSHOT, SNAPSHOT_VERSION } from '../../src/engine/migrate.ts';
import { openEngine } from '../../src/engine/open-engine.ts';

/** Views after the tables that they read and fill. */
const TABLES_SQL = `
  SELECT name, formatQuery(replaceAll(create_table_query, concat(database, '.'), '')) AS sql
  FROM system.tables WHERE database = currentDatabase() AND name != 'schema_migrations'
  ORDER BY engine = 'MaterializedView', name`;
const VERSIONS_SQL = 'SELECT DISTINCT version FROM schema_migrations ORDER BY version';

const tables = (engine: Engine) => engine.query<{ name: string; sql: string }>(TABLES_SQL);
const versions = async (engine: Engine) =>
  (await engine.query<{ version: number }>(VERSIONS_SQL)).map(row => row.version);
const ALL = readMigrations().map(({ version }) => version);
const SNAPPED = readMigrations().filter(({ version }) => version <= SNAPSHOT_VERSION);

/** A process holds one data directory at a time. */
async function inNewDirectory(use: (engine: Engine) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
  const engine = await openEngine(dataDir, {});
  try {
    await use(engine);
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

test('the snapshot is what its migrations make', async () => {
  await inNewDirectory(async engine => {
    for (const { statements } of SNAPPED) await apply(engine, statements);
    const head = `-- The tables after migration ${SNAPSHOT_VERSION}, for a new data directory. Written by test/engine/snapshot.test.ts.\n\n`;
    const text = head + (await tables(engine)).map(({ sql }) => `${sql};\n`).join('\n');
    // `UPDATE_GOLDEN=1 node --test test/engine/snapshot.test.ts` writes what is to be looked at and committed.
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(SNAPSHOT, text);
    assert.equal(text, readFileSync(SNAPSHOT, 'utf8'));
  });
});

test('a new data directory has the tables of the snapshot, also if its first start was cut short', async () => {
  await inNewDirectory(async engine => {
    await apply(engine, readSnapshot().slice(0, 5));
    await migrate(engine);
    assert.deepEqual(await versions(engine), ALL);
    const made = await tables(engine);
    await migrate(engine);
    assert.deepEqual(await versions(engine), ALL);
    // Cut short before the migrations were listed: all are applied again.
    await engine.command('TRUNCATE TABLE schema_migrations');
    await migrate(engine);
    assert.deepEqual(await versions(engine), ALL);
    assert.deepEqual(await tables(engine), made);
  });
});
