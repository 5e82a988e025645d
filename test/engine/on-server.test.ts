// Runs a selection of the other tests on a ClickHouse server; `npm run test:server` runs all of them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const FILES = [
  'test/api/ingest.test.ts',
  'test/report/golden-report.test.ts',
  'src/ingest/events/event-writer.test.ts',
];

for (const file of FILES) {
  test(`${file} on a server`, () => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const words = ['--import', './test/support/server/server-preload.ts', '--test', file];
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: ROOT, env, encoding: 'utf8' });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /pass [1-9]/);
  });
}
