// A migrated embedded engine on a temporary data directory, closed and removed after the test file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { migrate } from '../../src/engine/migrate.ts';

/** One per test file: a process holds one data directory. */
export async function temporaryEngine(): Promise<{ engine: Engine; dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
  const engine = openEmbeddedEngine(dataDir);
  await migrate(engine);
  after(async () => {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { engine, dataDir };
}
