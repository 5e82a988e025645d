// Reading of compressed files: the message says what is wrong with the file, and is not the library's error.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readBytes } from './files.ts';

const dir = mkdtempSync(join(tmpdir(), 'offhook-files-'));
after(() => rmSync(dir, { recursive: true }));
const WHOLE = gzipSync('1700000000|NONE|support|SIP/1|ADDMEMBER|\n'.repeat(9));

async function read(bytes: Uint8Array): Promise<string> {
  const file = join(dir, 'queue_log.gz');
  writeFileSync(file, bytes);
  return Buffer.concat(await Array.fromAsync(readBytes(file))).toString();
}

test('a compressed file is decompressed', async () => {
  assert.equal((await read(WHOLE)).split('\n').length, 10);
});

const BROKEN: readonly [name: string, bytes: Uint8Array, message: RegExp][] = [
  [
    'a file that is not gzip',
    Buffer.from('1700000000|NONE|'),
    /cannot be decompressed: it is damaged or not a gzip file\.$/,
  ],
  ['an incomplete file', WHOLE.subarray(0, -9), /cannot be decompressed: it is incomplete\.$/],
];
for (const [name, bytes, message] of BROKEN) {
  test(name, () => assert.rejects(read(bytes), { code: 'FILE_NOT_READABLE', message }));
}
