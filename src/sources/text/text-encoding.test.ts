// Texts of all encodings are read correctly, in chunks of any size.
import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodingNote, type OtherEncoding, percentDecoded, textOf, utf8Bytes } from './text-encoding.ts';
import { runs } from '../../../test/support/property-runs.ts';

const NAME = 'José Núñez';
const utf16 = (text: string, mark: string) => Buffer.from(mark + text, 'utf16le');

const TEXTS: [name: string, bytes: Buffer, text: string, foreign: OtherEncoding | undefined][] = [
  ['nothing', Buffer.alloc(0), '', undefined],
  ['one byte', Buffer.from('a'), 'a', undefined],
  ['UTF-8', Buffer.from(`1|${NAME}\n`), `1|${NAME}\n`, undefined],
  ['UTF-8 with a mark', Buffer.from('\uFEFFa'), '\uFEFFa', undefined],
  ['Latin-1', Buffer.from(`a\nb\n${NAME}`, 'latin1'), `a\nb\n${NAME}`, { encoding: 'Windows-1252', line: 3 }],
  ['Windows-1252', Buffer.from([0x93, 0x80, 0x94]), '“€”', { encoding: 'Windows-1252', line: 1 }],
  ['one foreign byte', Buffer.from([0xe9]), 'é', { encoding: 'Windows-1252', line: 1 }],
  [
    'both in one line',
    Buffer.concat([Buffer.from(`1|${NAME}|`), Buffer.from(`${NAME}\n`, 'latin1')]),
    `1|${NAME}|${NAME}\n`,
    { encoding: 'Windows-1252', line: 1 },
  ],
  [
    'a name cut within a character',
    Buffer.concat([Buffer.from(`\n${NAME}|Nú`), Buffer.from([0xc3]), Buffer.from('|')]),
    `\n${NAME}|NúÃ|`,
    { encoding: 'Windows-1252', line: 2 },
  ],
  ['UTF-16', utf16(NAME, '\uFEFF'), NAME, { encoding: 'UTF-16', line: 1 }],
  ['UTF-16, big end first', utf16(NAME, '\uFEFF').swap16(), NAME, { encoding: 'UTF-16', line: 1 }],
];

async function decoded(bytes: Uint8Array, size: number): Promise<{ text: string; found: OtherEncoding[] }> {
  async function* chunks() {
    // The same buffer each time, as when a file is read.
    const memory = new Uint8Array(size);
    for (let at = 0; at < bytes.length; at += size) {
      memory.set(bytes.subarray(at, at + size));
      yield memory.subarray(0, Math.min(size, bytes.length - at));
    }
  }
  const found: OtherEncoding[] = [];
  const pieces: Buffer[] = [];
  for await (const piece of utf8Bytes(chunks(), foreign => found.push(foreign))) {
    assert.ok(isUtf8(piece), 'no piece cuts a character');
    pieces.push(Buffer.from(piece));
  }
  return { text: Buffer.concat(pieces).toString(), found };
}

for (const [name, bytes, text, foreign] of TEXTS) {
  test(name, async () => {
    assert.deepEqual(textOf(bytes), foreign === undefined ? { text } : { text, foreign });
    for (const size of [1, 2, 3, 1000]) {
      assert.deepEqual(await decoded(bytes, size), { text, found: foreign === undefined ? [] : [foreign] });
    }
  });
}

test('any bytes give the same text in any chunks, without a replacement character', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: 'grapheme' }).map(text => Buffer.from(text)),
    fc.string({ unit: fc.constantFrom('é', '€', '|', '\n') }).map(text => Buffer.from(text, 'latin1')),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 50 }), async (given, size) => {
      const { text, foreign } = textOf(given);
      assert.deepEqual(await decoded(given, size), { text, found: foreign === undefined ? [] : [foreign] });
      if (isUtf8(given)) assert.equal(text, Buffer.from(given).toString());
      else if (foreign?.encoding === 'Windows-1252') assert.ok(!text.includes('\uFFFD') || hasMark(given));
    }),
    runs(100),
  );
});

test('percent-encoded bytes of any kind', () => {
  assert.equal(percentDecoded('Jos%C3%A9 N%c3%BA%C3%B1ez'), NAME);
  assert.equal(percentDecoded('Jos%E9 N%FA%F1ez'), NAME);
  assert.equal(percentDecoded('José N%FA%F1ez, 100%, %zz'), `${NAME}, 100%, %zz`);
});

test('the note names the encoding and the first line', () => {
  assert.match(encodingNote({ encoding: 'Windows-1252', line: 3 }), /not valid UTF-8.*line 3.*Windows-1252/);
  assert.match(encodingNote({ encoding: 'UTF-16', line: 1 }), /UTF-16/);
});

/** The replacement character itself in UTF-8. */
const hasMark = (bytes: Uint8Array) => Buffer.from(bytes).includes(Buffer.from('\uFFFD'));
