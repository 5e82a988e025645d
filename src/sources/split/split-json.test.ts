import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LIMITS } from '../../limits.ts';
import type { RawDocument } from '../source.ts';
import { splitBytes, splitText } from './split.ts';
import { jsonSplitter } from './split-json.ts';
import { runs } from '../../../test/support/property-runs.ts';

const PRETTY = '{\n  "a": "x } \\" {",\n  "b": [\n    {}\n  ]\n}';

interface Case {
  name: string;
  text: string;
  /** Raw text and line of each document. */
  documents: [string, number][];
}

const CASES: Case[] = [
  { name: 'nothing', text: '', documents: [] },
  { name: 'blank lines only', text: ' \n\r\n\t\n', documents: [] },
  {
    name: 'NDJSON',
    text: '{"a":1}\n{"a":2}\n',
    documents: [
      ['{"a":1}', 1],
      ['{"a":2}', 2],
    ],
  },
  {
    name: 'NDJSON with CRLF, blank lines, a byte order mark and no last line end',
    text: '\uFEFF{"a":1}\r\n\r\n  {"a":2}  ',
    documents: [
      ['{"a":1}', 1],
      ['{"a":2}', 3],
    ],
  },
  {
    name: 'NDJSON whose first line is broken',
    text: '{"a":1\n\n{"a":2}\nnot json\n[3]',
    documents: [
      ['{"a":1', 1],
      ['{"a":2}', 3],
      ['not json', 4],
      ['[3]', 5],
    ],
  },
  {
    name: 'lines that are not JSON',
    text: 'event_type=LOGIN&a=1\nevent_type=LOGOUT\n',
    documents: [
      ['event_type=LOGIN&a=1', 1],
      ['event_type=LOGOUT', 2],
    ],
  },
  { name: 'one pretty object', text: `\n${PRETTY}\n`, documents: [[PRETTY, 2]] },
  {
    name: 'pretty objects one after the other',
    text: `${PRETTY}\n${PRETTY}\n\n${PRETTY}`,
    documents: [
      [PRETTY, 1],
      [PRETTY, 7],
      [PRETTY, 14],
    ],
  },
  {
    name: 'a pretty object that is never closed, then a good one',
    text: `{\n  "a": {\n    "b": 1\n}\n${PRETTY}`,
    documents: [
      ['{\n  "a": {\n    "b": 1\n}', 1],
      [PRETTY, 5],
    ],
  },
  {
    name: 'a pretty object whose quote is missing',
    text: `{\n  "a": "x\n}\n${PRETTY}`,
    documents: [
      ['{\n  "a": "x\n}', 1],
      [PRETTY, 4],
    ],
  },
  {
    name: 'garbage between pretty objects',
    text: `${PRETTY}\noops }\n${PRETTY}`,
    documents: [
      [PRETTY, 1],
      ['oops }', 7],
      [PRETTY, 8],
    ],
  },
  { name: 'an empty array', text: ' [ ]', documents: [] },
  {
    name: 'a compact array',
    text: '[{"a":"],["},{"b":[{}]}]',
    documents: [
      ['{"a":"],["}', 1],
      ['{"b":[{}]}', 1],
    ],
  },
  {
    name: 'a pretty array',
    text: '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]\n',
    documents: [
      ['{\n    "a": 1\n  }', 2],
      ['{\n    "a": 2\n  }', 5],
    ],
  },
  {
    name: 'an array with elements that are not objects',
    text: '[1, "a,]", [2, [3]], null]',
    documents: [
      ['1', 1],
      ['"a,]"', 1],
      ['[2, [3]]', 1],
      ['null', 1],
    ],
  },
  {
    name: 'an array with broken elements',
    text: '[{"a":},{"b":[1},\n{"c":3},oops,{"d":4}]',
    documents: [
      ['{"a":}', 1],
      ['{"b":[1}', 1],
      ['{"c":3}', 2],
      ['oops', 2],
      ['{"d":4}', 2],
    ],
  },
  {
    name: 'a pretty array with an element that is never closed',
    text: '[\n  {\n    "a": 1,\n  {\n    "a": 2\n  }\n]',
    documents: [
      ['{\n    "a": 1,', 2],
      ['{\n    "a": 2\n  }', 4],
    ],
  },
  {
    name: 'an array cut off',
    text: '[{"a":1},{"b":',
    documents: [
      ['{"a":1}', 1],
      ['{"b":', 1],
    ],
  },
];

describe('splitJson', () => {
  for (const { name, text, documents } of CASES) {
    it(name, async () => {
      const expected = documents.map(([raw, position]) => ({ raw, position }));
      assert.deepEqual(splitText(text, jsonSplitter()), expected);
      assert.deepEqual(await splitInPieces(Buffer.from(text), 1), expected);
    });
  }

  it('gives the same documents for bytes in any chunks', async () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', '"', ',', '\\', '\n', ' ', 'a:', 'é', '😀'));
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 9 }), async (words, size) => {
        const text = words.join('');
        assert.deepEqual(await splitInPieces(Buffer.from(text), size), splitText(text, jsonSplitter()));
      }),
      runs(100),
    );
  });

  it('cuts any JSON values in any layout into themselves', () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(objects, fc.constantFrom(0, 1, 2, 4), (values, indent) => {
        const parsed = (text: string) => splitText(text, jsonSplitter()).map(({ raw }) => JSON.parse(raw));
        const expected = JSON.parse(JSON.stringify(values));
        assert.deepEqual(parsed(JSON.stringify(values, null, indent)), expected);
        assert.deepEqual(parsed(values.map(value => JSON.stringify(value, null, indent)).join('\n')), expected);
      }),
      runs(100),
    );
  });

  it('cuts an overlong document to one character above the limit', async () => {
    const long = `{"a":"${'x'.repeat(2 * LIMITS.documentBytes)}"}`;
    for (const text of [`{"b":1}\n${long}\n{"c":2}`, `[{"b":1},\n${long},{"c":2}]`]) {
      const documents = await splitInPieces(Buffer.from(text), 100_000);
      assert.deepEqual(
        documents.map(({ raw }) => raw.length),
        [7, LIMITS.documentBytes + 1, 7],
      );
      assert.deepEqual(documents, splitText(text, jsonSplitter()));
    }
  });

  it('yields batches of limited size', async () => {
    const text = Buffer.from('1\n'.repeat(LIMITS.importBatchDocuments + 5));
    const sizes = [];
    for await (const batch of splitBytes(chunksOf(text, text.length), jsonSplitter())) sizes.push(batch.length);
    assert.deepEqual(sizes, [LIMITS.importBatchDocuments, 5]);
  });

  it('accepts bytes that are not UTF-8', async () => {
    const bytes = Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x0a, 0xf0, 0x9f]);
    const whole = await splitInPieces(bytes, 9);
    assert.deepEqual(whole, [
      { raw: 'a\uFFFD\uFFFD', position: 1 },
      { raw: '\uFFFD', position: 2 },
    ]);
    assert.deepEqual(await splitInPieces(bytes, 1), whole);
  });
});

async function splitInPieces(bytes: Buffer, size: number): Promise<RawDocument[]> {
  const documents: RawDocument[] = [];
  for await (const batch of splitBytes(chunksOf(bytes, size), jsonSplitter())) documents.push(...batch);
  return documents;
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}
