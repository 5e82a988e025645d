// An interrupted import continues after what is stored, but only in the same file.
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import { importCheckpoint } from './import-checkpoint.ts';

const { engine } = await temporaryEngine();
const dir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `{"line":"${from + i}"}\n`).join('');
const placeOf = (path: string, accountId = '') => importCheckpoint(engine, { source: 'ringcx', accountId, path });

function fileOf(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

async function reached(path: string, text: string): Promise<void> {
  await (await placeOf(path)).reach(Buffer.byteLength(text));
}

test('goes on at the offset and its line, also when the file has grown', async () => {
  const path = fileOf('a', lines(0, 500));
  assert.deepEqual(await offsetAndLine(path), [0, 1]);
  await reached(path, lines(0, 300));
  appendFileSync(path, lines(500, 600));
  assert.deepEqual(await offsetAndLine(path), [Buffer.byteLength(lines(0, 300)), 301]);
  const [other] = await offsetAndLine(path, 'another account');
  assert.equal(other, 0);
});

test('begins again after the end', async () => {
  const path = fileOf('b', lines(0, 50));
  await reached(path, lines(0, 20));
  await (await placeOf(path)).finish();
  assert.deepEqual(await offsetAndLine(path), [0, 1]);
});

test('begins again in another file of that name, in one that was written anew, and in a shorter one', async () => {
  const path = fileOf('c', lines(0, 500));
  await reached(path, lines(0, 300));
  writeFileSync(path, lines(0, 200));
  assert.deepEqual(await offsetAndLine(path), [0, 1], 'shorter');
  writeFileSync(path, lines(0, 200) + lines(700, 1000));
  assert.deepEqual(await offsetAndLine(path), [0, 1], 'other lines before the offset');
  renameSync(fileOf('d', lines(0, 500)), path);
  assert.deepEqual(await offsetAndLine(path), [0, 1], 'a copy: nobody knows what is between');
});

async function offsetAndLine(path: string, account?: string): Promise<[number, number]> {
  const { offset, firstLine } = await placeOf(path, account);
  return [offset, firstLine];
}
