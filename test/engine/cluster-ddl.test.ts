// The migrations on a cluster, as golden files that the engine can parse, and statements that change rows.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readMigrations } from '../../src/engine/migrate.ts';
import { clusterStatements, shardedTables } from '../../src/engine/server/cluster-ddl.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const GOLDEN = join(import.meta.dirname, '../golden/cluster');
const names = { cluster: 'calls', database: 'offhook', sharded: shardedTables() };

const onCluster = (statements: readonly string[]) =>
  statements.flatMap(statement => clusterStatements(statement, names));

for (const { name, statements } of readMigrations()) {
  test(`${name} on a cluster`, async () => {
    const made = onCluster(statements);
    const text = `${made.join(';\n\n')};\n`;
    const golden = join(GOLDEN, name);
    // `UPDATE_GOLDEN=1 node --test test/engine/cluster-ddl.test.ts` writes what is to be looked at and committed.
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
    assert.equal(text, readFileSync(golden, 'utf8'));
    for (const statement of made) {
      const [row] = await engine.query<{ text: string }>('SELECT formatQuerySingleLine({sql:String}) AS text', {
        sql: statement,
      });
      const formatted = row?.text ?? '';
      const createsLocally = /^(CREATE|ALTER|DROP)/.test(formatted) && !/ON CLUSTER/.test(formatted);
      assert.ok(!createsLocally || /^ALTER TABLE \w+/.test(formatted), formatted);
      if (/^CREATE TABLE/.test(formatted)) assert.match(formatted, /ENGINE = (Replicated\w*MergeTree|Distributed)\(/);
    }
  });
}

test('no golden file is left of a migration that is no more', () => {
  assert.deepEqual(
    readdirSync(GOLDEN).sort(),
    readMigrations().map(({ name }) => name),
  );
});

test('tables of sessions are sharded, all others are whole on every node', () => {
  for (const table of ['events', 'login_sessions', 'imported_sessions', 'imported_states']) {
    assert.ok(names.sharded.has(table), table);
  }
  for (const table of ['agents', 'accounts', 'users', 'tokens', 'replacements', 'rejects', 'audit']) {
    assert.ok(!names.sharded.has(table), table);
  }
});

const ROWS: [statement: string, onCluster: string[]][] = [
  ['INSERT INTO events SELECT * FROM replacements', ['INSERT INTO events SELECT * FROM replacements']],
  ['SELECT 1', ['SELECT 1']],
  ['\n  DELETE FROM events WHERE at = 1', ["DELETE FROM events_local ON CLUSTER 'calls' WHERE at = 1"]],
  ['DELETE FROM replacements WHERE batch = 1', ['DELETE FROM replacements WHERE batch = 1']],
  ['TRUNCATE TABLE replacements', ['TRUNCATE TABLE replacements']],
  [
    'ALTER TABLE events ADD COLUMN IF NOT EXISTS more String',
    [
      "ALTER TABLE events_local ON CLUSTER 'calls' ADD COLUMN IF NOT EXISTS more String",
      "ALTER TABLE events ON CLUSTER 'calls' ADD COLUMN IF NOT EXISTS more String",
    ],
  ],
  [
    "ALTER TABLE events DROP PARTITION '202601'",
    ["ALTER TABLE events_local ON CLUSTER 'calls' DROP PARTITION '202601'"],
  ],
  [
    "ALTER TABLE events DELETE WHERE account_id = 'a' SETTINGS mutations_sync = 2",
    ["ALTER TABLE events_local ON CLUSTER 'calls' DELETE WHERE account_id = 'a' SETTINGS mutations_sync = 2"],
  ],
  ['KILL MUTATION WHERE NOT is_done', ["KILL MUTATION ON CLUSTER 'calls' WHERE NOT is_done"]],
  ['KILL QUERY WHERE 1', ['KILL QUERY WHERE 1']],
];
for (const [statement, expected] of ROWS) {
  test(`${statement.trim().slice(0, 40)} on a cluster`, async () => {
    assert.deepEqual(clusterStatements(statement, names), expected);
    for (const sql of expected) await engine.query('SELECT formatQuery({sql:String})', { sql });
  });
}

test('what is not known is no statement for one node by accident', () => {
  assert.throws(() => clusterStatements('CREATE TABLE x (a String) ENGINE = Log', names), /not known/);
  assert.throws(() => clusterStatements('RENAME TABLE a TO b', names), /not known/);
});
