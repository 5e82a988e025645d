// Numbered SQL files into the engine's tables: each applied once, in order, at start.
import { readdirSync, readFileSync } from 'node:fs';
import type { Engine } from './engine.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

interface Migration {
  version: number;
  name: string;
  statements: string[];
}

/** Statements end with a semicolon at the end of a line; the files hold no text that does. */
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

/** Applies what is missing, in one process at a time. A migration that was cut short is begun again: its tables are created only if absent. */
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
    await engine.insert(
      'schema_migrations',
      ['version', 'name'],
      Buffer.from(`${migration.version}\t${migration.name}\n`),
    );
  }
}

function createIfAbsent(statement: string): string {
  return statement.replace(/^(CREATE (?:TABLE|MATERIALIZED VIEW|VIEW))\s/m, '$1 IF NOT EXISTS ');
}
