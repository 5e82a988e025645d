// Migrations: numbered SQL files, each applied once, in order, at start.
import { readdirSync, readFileSync } from 'node:fs';
import type { Engine } from './engine.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

interface Migration {
  version: number;
  name: string;
  statements: string[];
}

/** Statements end with a semicolon at the end of a line; no text within a statement does. */
export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => ({
      version: Number(name.slice(0, 3)),
      name,
      statements: readFileSync(new URL(name, FOLDER), 'utf8')
        .split(/;\s*$/m)
        .map(statement => statement.trim())
        .filter(statement => statement !== ''),
    }));
}

/** Applies the missing ones, in one process at a time. One that was cut short is run again, so that its statements must allow that. */
export function migrate(engine: Engine): Promise<void> {
  return engine.withLock('migrations', () => applyMissing(engine));
}

async function applyMissing(engine: Engine): Promise<void> {
  await engine.command(
    `CREATE TABLE IF NOT EXISTS schema_migrations (version UInt32, name String, applied_at DateTime DEFAULT now())
     ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1`,
  );
  const applied = await engine.query<{ version: number }>('SELECT version FROM schema_migrations');
  const done = new Set(applied.map(row => row.version));
  for (const migration of readMigrations()) {
    if (done.has(migration.version)) continue;
    for (const statement of migration.statements) await engine.command(createIfAbsent(statement));
    await engine.insert('schema_migrations', [{ version: migration.version, name: migration.name }]);
  }
}

function createIfAbsent(statement: string): string {
  return statement.replace(/^(CREATE (?:TABLE|MATERIALIZED VIEW|VIEW))\s/m, '$1 IF NOT EXISTS ');
}
