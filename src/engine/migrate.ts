// Migrations: numbered SQL files, each applied once, in order, at start. A new data directory begins with a snapshot of what most
// of them make.
import { readdirSync, readFileSync } from 'node:fs';
import type { Engine } from './engine.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/**
 * The last migration in the snapshot; later ones are applied. A new data directory takes a third of the time. To renew it, change
 * the number and run `UPDATE_GOLDEN=1 npm test -- test/engine/snapshot.test.ts`.
 */
export const SNAPSHOT_VERSION = 17;
export const SNAPSHOT = new URL('./schema.sql', import.meta.url);
export const readSnapshot = (): string[] => statementsOf(SNAPSHOT);

interface Migration {
  version: number;
  name: string;
  statements: string[];
}

export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => ({
      version: Number(name.slice(0, 3)),
      name,
      statements: statementsOf(new URL(name, FOLDER)),
    }));
}

/** Statements end with a semicolon at the end of a line; no text within a statement does. */
function statementsOf(file: URL): string[] {
  return readFileSync(file, 'utf8')
    .split(/;\s*$/m)
    .map(statement => statement.trim())
    .filter(statement => statement !== '');
}

/** Applies the missing ones, in one process at a time. One that was cut short is run again, so that its statements must allow that. */
export function migrate(engine: Engine): Promise<void> {
  return engine.withLock('migrations', () => applyMissing(engine));
}

async function applyMissing(engine: Engine): Promise<void> {
  const migrations = readMigrations();
  // A shared database begins with the migrations, which are also known in the form for a cluster.
  const isNew = !engine.isShared && !(await hasList(engine));
  if (isNew) await apply(engine, readSnapshot());
  // After the tables of the snapshot: where it is there, they are.
  await engine.command(
    `CREATE TABLE IF NOT EXISTS schema_migrations (version UInt32, name String, applied_at DateTime DEFAULT now())
     ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1`,
  );
  if (isNew) await list(engine, ...migrations.filter(({ version }) => version <= SNAPSHOT_VERSION));
  const applied = await engine.query<{ version: number }>('SELECT version FROM schema_migrations');
  const done = new Set(applied.map(row => row.version));
  for (const migration of migrations) {
    if (done.has(migration.version)) continue;
    await apply(engine, migration.statements);
    await list(engine, migration);
  }
}

async function hasList(engine: Engine): Promise<boolean> {
  const found = await engine.query(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migrations'",
  );
  return found.length > 0;
}

function list(engine: Engine, ...migrations: readonly Migration[]): Promise<void> {
  return engine.insert(
    'schema_migrations',
    migrations.map(({ version, name }) => ({ version, name })),
  );
}

/** Runs the statements, which create what is absent. */
export async function apply(engine: Engine, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    await engine.command(statement.replace(/^(CREATE (?:TABLE|MATERIALIZED VIEW|VIEW))\s/m, '$1 IF NOT EXISTS '));
  }
}
