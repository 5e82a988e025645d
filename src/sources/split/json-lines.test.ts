// The beginning of a text tells whether it has one document per line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../limits.ts';
import { isJsonLines, peekLine } from './json-lines.ts';
import { splitText } from './split.ts';
import { jsonSplitter } from './split-json.ts';

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

test('the first line may come in any chunks, and all chunks are there afterwards', async () => {
  async function* chunks() {
    for (const text of ['{"a"', ':1}', '\n{', '}']) yield Buffer.from(text);
  }
  const { beginning, all } = await peekLine(chunks());
  assert.equal(beginning.toString(), '{"a":1}\n{');
  assert.equal(Buffer.concat(await Array.fromAsync(all())).toString(), '{"a":1}\n{}');
});
