// Bytes in any chunks come out as the same bytes in pieces of whole lines, and no piece changes while it is in use.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../limits.ts';
import { isJsonLines, linePieces } from './line-pieces.ts';
import { splitText } from './split.ts';
import { jsonSplitter } from './split-json.ts';

async function* chunksOf(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('pieces are whole lines, and stay unchanged until the next but one is requested', async () => {
  const line = Buffer.from(`${'x'.repeat(999_983)}\n`);
  const lines = Math.ceil((2.3 * LIMITS.importPieceBytes) / line.length);
  const bytes = Buffer.concat([
    ...Array.from({ length: lines }, (_, i) => Buffer.concat([Buffer.from(`${i}`), line])),
    Buffer.from('end'),
  ]);
  const pieces: Buffer[] = [];
  let last: { piece: Buffer; copy: Buffer } | undefined;
  for await (const piece of linePieces(chunksOf(bytes, 65_536))) {
    if (last !== undefined) assert.ok(last.piece.equals(last.copy));
    last = { piece, copy: Buffer.from(piece) };
    pieces.push(last.copy);
  }
  assert.ok(Buffer.concat(pieces).equals(bytes));
  assert.ok(pieces.length >= 3);
  assert.ok(pieces.slice(0, -1).every(piece => piece.length <= LIMITS.importPieceBytes && piece.at(-1) === 10));
});

test('a line longer than a piece is cut, and the lines after it are whole', async () => {
  const long = Buffer.alloc(LIMITS.importPieceBytes * 2 + 5, 'x');
  const bytes = Buffer.concat([Buffer.from('a\n'), long, Buffer.from('\nb\nc')]);
  const lines: string[] = [];
  for await (const piece of linePieces(chunksOf(bytes, 1_000_003))) lines.push(...piece.toString('latin1').split('\n'));
  const short = lines.filter(text => text !== '');
  assert.deepEqual([short[0], ...short.slice(-2)], ['a', 'b', 'c']);
  assert.equal(short.length, 4);
  assert.ok(short[1]!.length > LIMITS.documentBytes && short[1]!.length <= LIMITS.importPieceBytes);
});

const BEGINNINGS: [text: string, isLines: boolean][] = [
  ['{"a":"b"}\n{"a":"c"}', true],
  ['{"a":"b"} \r\n', true],
  ['{"a":"b"}', false],
  ['{\n"a":"b"}\n', false],
  ['[{"a":"b"}]\n', false],
  ['\n{"a":"b"}\n', false],
  ['\ufeff{"a":"b"}\n', false],
  [`{"a":"${'x'.repeat(LIMITS.documentBytes)}"}\n`, false],
];
for (const [text, isLines] of BEGINNINGS) {
  test(`${JSON.stringify(text.slice(0, 20))} ${isLines ? 'has' : 'does not certainly have'} one document per line`, () => {
    assert.equal(isJsonLines(Buffer.from(text)), isLines);
    if (isLines) assert.equal(splitText(`${text}\n{\n{\n`, jsonSplitter()).at(-1)!.raw, '{');
  });
}
