// A document that stays in memory keeps only its own text, not the chunk of the file from which it was cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { jsonSplitter } from './split-json.ts';
import { lineSplitter } from './split-lines.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const PIECES = 500;
const LINE = `{"text":"${'a'.repeat(100)}"}\n`;
const LINES = 600;

for (const [name, splitter] of [
  ['lines', lineSplitter],
  ['JSON', jsonSplitter],
] as const) {
  test(`a document of ${name} that stays in memory keeps no chunk of the file alive`, () => {
    const { push } = splitter();
    const remembered: string[] = [];
    const before = heapBytes();
    for (let i = 0; i < PIECES; i++) {
      remembered.push(push(Buffer.from(LINE.repeat(LINES)).toString())[1]!.raw);
    }
    const kept = heapBytes() - before;
    assert.equal(remembered.length, PIECES);
    // A hundredth of the bytes read would be six documents of each chunk.
    assert.ok(kept < (PIECES * LINES * LINE.length) / 100, `${kept} bytes are kept`);
  });
}
