// An existing data directory and a new one are private, with everything that the engine creates in them.
import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openEmbeddedEngine } from './embedded-engine.ts';
import { makePrivate } from './private-directory.ts';

const root = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** What others may read, write or enter, by path. */
function openToOthers(path: string): string[] {
  const paths = [path, ...readdirSync(path, { recursive: true }).map(name => join(path, String(name)))];
  return paths.filter(one => !lstatSync(one).isSymbolicLink() && (lstatSync(one).mode & 0o077) !== 0);
}

test('a directory of before is closed whole; a link leads out of it and stays', () => {
  const path = join(root, 'before');
  const outside = join(root, 'outside');
  mkdirSync(join(path, 'store/a'), { recursive: true });
  for (const file of [join(path, 'status'), join(path, 'store/a/data.bin'), outside]) writeFileSync(file, 'x');
  symlinkSync(outside, join(path, 'store/link'));
  for (const one of [path, join(path, 'store'), join(path, 'store/a')]) chmodSync(one, 0o755);
  for (const one of [join(path, 'status'), join(path, 'store/a/data.bin'), outside]) chmodSync(one, 0o644);
  assert.equal(openToOthers(path).length, 5);
  assert.equal(makePrivate(path), true);
  assert.deepEqual(openToOthers(path), []);
  assert.equal(lstatSync(outside).mode & 0o777, 0o644);
});

test('a directory that is closed itself, but not what is in it', () => {
  const path = join(root, 'half');
  mkdirSync(path, { mode: 0o700 });
  for (const name of ['status', 'letters.txt']) {
    writeFileSync(join(path, name), 'x');
    chmodSync(join(path, name), 0o644);
  }
  makePrivate(path);
  assert.deepEqual(openToOthers(path), [join(path, 'letters.txt')], 'what is not ours stays as it is');
});

test('what the engine makes is its owner’s, whatever the umask of the process was', async () => {
  process.umask(0);
  const path = join(root, 'new');
  const engine = await openEmbeddedEngine(path);
  await engine.command('CREATE TABLE t (a String) ENGINE = MergeTree ORDER BY a');
  await engine.insert('t', [{ a: 'x' }]);
  await engine.command('OPTIMIZE TABLE t FINAL');
  assert.deepEqual(openToOthers(path), []);
  await engine.close();
  assert.deepEqual(openToOthers(path), []);
});
