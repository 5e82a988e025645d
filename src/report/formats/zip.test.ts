// Zips as another reader finds them: by the directory at their end; and what must not look like a whole one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, inflateRawSync } from 'node:zlib';
import { zipped } from './zip.ts';
import { dataDescriptor, directory } from './zip-records.ts';

/** The entries that the central directory names, each checked against its sum and sizes. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  assert.ok(end >= 0, 'the end of the directory');
  const files = new Map<string, Buffer>();
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n--) {
    assert.equal(zip.readUInt32LE(at), 0x02014b50);
    const [sum, packed, size] = [16, 20, 24].map(offset => zip.readUInt32LE(at + offset)) as [number, number, number];
    const nameLength = zip.readUInt16LE(at + 28);
    const path = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = inflateRawSync(zip.subarray(start, start + packed));
    assert.deepEqual([crc32(bytes), bytes.length], [sum, size]);
    files.set(path, bytes);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

async function* chunks(count: number, seen: { given: number; ended: boolean }, failure?: Error) {
  try {
    for (; seen.given < count; seen.given++) yield Buffer.alloc(50_000, String(seen.given % 10));
    if (failure) throw failure;
  } finally {
    seen.ended = true;
  }
}
const unseen = () => ({ given: 0, ended: false });

for (const count of [0, 1, 200]) {
  test(`${count} chunks come out as they went in`, async () => {
    const parts: Uint8Array[] = [];
    for await (const part of zipped(chunks(count, unseen()), 'Zoë report.csv')) parts.push(part);
    const expected: Uint8Array[] = [];
    for await (const chunk of chunks(count, unseen())) expected.push(chunk);
    assert.deepEqual(unzip(Buffer.concat(parts)), new Map([['Zoë report.csv', Buffer.concat(expected)]]));
  });
}

for (const count of [0, 3]) {
  test(`a failure after ${count} chunks is an error, and no directory is written`, async () => {
    const parts: Uint8Array[] = [];
    await assert.rejects(async () => {
      const bytes = chunks(count, unseen(), new Error('broken'));
      for await (const part of zipped(bytes, 'a.csv')) parts.push(part);
    }, /broken/);
    assert.ok(!Buffer.concat(parts).includes('PK\x05\x06'));
  });
}

test('what 32 bits cannot say is said in 64', () => {
  const [size, packed, offset, end] = [6e9, 5e9, 7e9, 12e9];
  const zip = directory([{ path: 'a', crc: 1, size, packed, offset }], end);
  const long = (at: number) => Number(zip.readBigUInt64LE(at));
  // The entry's own field, after its path.
  const extra = 46 + 1;
  assert.deepEqual(
    [20, 24, 42].map(at => zip.readUInt32LE(at)),
    [0xffffffff, 0xffffffff, 0xffffffff],
  );
  assert.deepEqual([zip.readUInt16LE(30), zip.readUInt16LE(extra), zip.readUInt16LE(extra + 2)], [28, 1, 24]);
  assert.deepEqual(
    [4, 12, 20].map(at => long(extra + at)),
    [size, packed, offset],
  );
  // The end of the directory, its locator, and the end that old readers know.
  const length = extra + 28;
  assert.equal(zip.indexOf('PK\x06\x06'), length);
  assert.deepEqual(
    [24, 32, 40, 48].map(at => long(length + at)),
    [1, 1, length, end],
  );
  assert.equal(long(zip.indexOf('PK\x06\x07') + 8), end + length);
  assert.deepEqual(zip.subarray(-22).readUInt32LE(16), 0xffffffff);
  const after = dataDescriptor({ path: 'a', crc: 1, size, packed, offset });
  assert.deepEqual(
    [8, 16].map(at => Number(after.readBigUInt64LE(at))),
    [packed, size],
  );
});

test('a consumer that leaves ends the source, which ran ahead by a bounded amount', async () => {
  const seen = unseen();
  // Bytes that do not compress.
  async function* noise() {
    for await (const _ of chunks(1e9, seen))
      yield Buffer.from(Array.from({ length: 50_000 }, () => Math.random() * 256));
  }
  for await (const _ of zipped(noise(), 'a.csv')) if (seen.given > 3) break;
  assert.ok(seen.ended);
  assert.ok(seen.given < 50, String(seen.given));
});

for (const when of ['before', 'after'] as const) {
  test(`an abort ${when} the first byte is an error and ends the source`, async () => {
    const seen = unseen();
    const left = new AbortController();
    if (when === 'before') left.abort(new Error('left'));
    await assert.rejects(async () => {
      for await (const _ of zipped(chunks(1e9, seen), 'a.csv', left.signal)) left.abort(new Error('left'));
    }, /left|abort/);
    assert.ok(seen.ended || seen.given === 0);
  });
}
