// Migration 016 renames the table of dirty sessions: those of an older installation stay dirty, clean ones stay clean.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrate, readMigrations } from '../../src/engine/migrate.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const statementsOf = (version: number) => readMigrations().find(migration => migration.version === version)!.statements;

const DIRTY_SQL = `
  SELECT login_session_id AS id FROM dirty_sessions GROUP BY account_id, login_session_id HAVING sum(stamp) != 0 ORDER BY id`;

/** As an installation that has all migrations before 016. */
async function downgrade(): Promise<void> {
  await engine.command('DROP VIEW dirty_sessions_from_events SYNC');
  await engine.command('DROP TABLE dirty_sessions SYNC');
  await engine.command('ALTER TABLE login_sessions DROP COLUMN login_ms, DROP COLUMN has_login');
  for (const sql of statementsOf(9).slice(0, 2)) await engine.command(sql);
  await engine.command('DELETE FROM schema_migrations WHERE version = 16');
}

async function storeEvent(sessionId: string): Promise<void> {
  await engine.insert('events', [{ account_id: 'a', login_session_id: sessionId, at: 1000, kind: 'LOGIN' }]);
}

test('dirty sessions of an older installation stay dirty, also when the migration is begun again', async () => {
  await downgrade();
  await storeEvent('old');
  await engine.insert('unfolded_sessions', [
    { account_id: 'a', login_session_id: 'clean', mark: '7' },
    { account_id: 'a', login_session_id: 'clean', mark: String(2n ** 64n - 7n) },
  ]);
  for (const cutShort of [1, 2, 3, 4, 5, 6]) {
    for (const sql of statementsOf(16).slice(0, cutShort)) {
      await engine.command(sql.replace(/^(CREATE (?:TABLE|MATERIALIZED VIEW))\s/m, '$1 IF NOT EXISTS '));
    }
  }
  await migrate(engine);
  await storeEvent('new');
  assert.deepEqual(await engine.query(DIRTY_SQL), [{ id: 'new' }, { id: 'old' }]);
  assert.deepEqual(await engine.query("SELECT name FROM system.tables WHERE name LIKE '%unfolded%'"), []);
});

test('a session begins with its login, or else with its first event', async () => {
  await engine.insert('events', [
    { account_id: 'b', login_session_id: 'with', at: 1000, kind: 'STATE' },
    { account_id: 'b', login_session_id: 'with', at: 2000, kind: 'LOGIN' },
    { account_id: 'b', login_session_id: 'without', at: 3000, kind: 'STATE' },
  ]);
  const sql = `SELECT login_session_id AS id, has_login AS hasLogin, login_ms AS loginMs
    FROM login_sessions FINAL WHERE account_id = 'b' ORDER BY id`;
  assert.deepEqual(await engine.query(sql), [
    { id: 'with', hasLogin: 1, loginMs: 2000 },
    { id: 'without', hasLogin: 0, loginMs: 3000 },
  ]);
});
