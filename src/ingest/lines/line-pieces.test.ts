// Bytes in any chunks come out as the same bytes in files of whole lines.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LIMITS } from '../../limits.ts';
import { type LinePiece, linePieces } from './line-pieces.ts';

const dir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dir, { recursive: true, force: true }));

async function* chunksOf(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The pieces with what their files hold, which are deleted. */
async function* read(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LinePiece & { text: Buffer }> {
  for await (const piece of linePieces(chunks, dir)) {
    yield { ...piece, text: readFileSync(piece.file) };
    rmSync(piece.file);
  }
}

test('pieces are whole lines', async () => {
  const line = Buffer.from(`${'x'.repeat(999_983)}\n`);
  const count = Math.ceil((2.3 * LIMITS.importPieceBytes) / line.length);
  const text = (nth: number) => (nth < count ? Buffer.concat([Buffer.from(`${nth}`), line]) : Buffer.from('end'));
  let next = 0;
  let pieces = 0;
  const lines = Buffer.concat(Array.from({ length: count + 1 }, (_, nth) => text(nth)));
  for await (const piece of read(chunksOf(lines, 65_536))) {
    const expected: Buffer[] = [];
    for (let bytes = 0; bytes < piece.bytes; bytes += expected.at(-1)!.length) expected.push(text(next++));
    const whole = Buffer.concat(expected);
    assert.ok(piece.text.equals(whole));
    assert.ok(piece.samples[0].equals(whole.subarray(0, LIMITS.importSampleBytes)));
    assert.ok(piece.samples[1].equals(whole.subarray(-LIMITS.importSampleBytes)));
    pieces++;
  }
  assert.deepEqual([next, pieces], [count + 1, 3]);
});

test('a line longer than any document is cut, and the lines after it are whole', async () => {
  const long = Buffer.alloc(LIMITS.importPieceBytes + LIMITS.importLineBytes, 'x');
  const bytes = Buffer.concat([Buffer.from('a\n'), long, Buffer.from('\nb\nc')]);
  const lines: string[] = [];
  let taken = 0;
  for await (const piece of read(chunksOf(bytes, 1_000_003))) {
    lines.push(...piece.text.toString('latin1').split('\n'));
    taken += piece.bytes;
  }
  const short = lines.filter(text => text !== '');
  assert.deepEqual([short[0], ...short.slice(-2)], ['a', 'b', 'c']);
  assert.equal(short.length, 4);
  assert.ok(short[1]!.length > LIMITS.documentBytes && short[1]!.length <= LIMITS.importLineBytes + 1_000_003);
  assert.equal(taken, bytes.length);
});
