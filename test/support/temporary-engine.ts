// A migrated engine on a temporary data directory, or on the server that the tests run on; closed and removed after the test file.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { migrate, readMigrations, readSnapshot } from '../../src/engine/migrate.ts';
import { openEngine } from '../../src/engine/open-engine.ts';

/** One per test file: a process holds one data directory. */
export async function temporaryEngine(): Promise<{ engine: Engine; dataDir: string }> {
  const dataDir = await temporaryDataDir();
  const engine = await openEngine(dataDir, process.env);
  await migrate(engine);
  after(async () => {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { engine, dataDir };
}

/** A new data directory whose tables are there: a copy of one that is migrated once for all test files; the caller removes it. */
export async function temporaryDataDir(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
  if (!process.env.OFFHOOK_CLICKHOUSE_URL)
    cpSync(await template(), dataDir, { recursive: true, verbatimSymlinks: true });
  return dataDir;
}

async function template(): Promise<string> {
  const path = join(tmpdir(), `offhook-template-${templateKey()}`);
  if (existsSync(path)) return path;
  const building = mkdtempSync(join(tmpdir(), 'offhook-template-'));
  const engine = await openEmbeddedEngine(building);
  await migrate(engine);
  await engine.close();
  rmSync(join(building, 'status'), { force: true });
  try {
    renameSync(building, path);
  } catch (error) {
    // Another process was first.
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(path)) throw error;
  }
  return path;
}

/** Of all that makes the tables what they are. */
function templateKey(): string {
  const chdb = readFileSync(join(import.meta.dirname, '../../node_modules/chdb/package.json'), 'utf8');
  return createHash('sha256')
    .update(JSON.stringify([readMigrations(), readSnapshot(), chdb]))
    .digest('hex')
    .slice(0, 16);
}
