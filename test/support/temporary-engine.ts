// A migrated engine on a temporary data directory, or on the server that the tests run on; closed and removed after the test file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import { migrate } from '../../src/engine/migrate.ts';
import { openEngine } from '../../src/engine/open-engine.ts';

/** One per test file: a process holds one data directory. */
export async function temporaryEngine(): Promise<{ engine: Engine; dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
  const engine = await openEngine(dataDir, process.env);
  await migrate(engine);
  after(async () => {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { engine, dataDir };
}
