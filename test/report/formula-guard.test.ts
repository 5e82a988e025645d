// The guard against formulas in CSV: the same in SQL and in TypeScript, and every guarded text can be read back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { guarded, guardedSql, unguarded } from '../../src/report/columns/formula-guard.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();

const GUARDED: [text: string, guarded: string][] = [
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['+cmd', "'+cmd"],
  ['-1+cmd|x', "'-1+cmd|x"],
  ['+1 (650) 555-0100', '+1 (650) 555-0100'],
  ['-5', '-5'],
  ["'t Hooft", "'t Hooft"],
  ['Ada=1', 'Ada=1'],
  ['', ''],
];

for (const [text, expected] of GUARDED) {
  test(`${JSON.stringify(text)} is guarded as ${JSON.stringify(expected)}, and read back`, () => {
    assert.deepEqual([guarded(text), unguarded(expected)], [expected, text]);
  });
}

/** Texts of the characters that the rule is about, and any others. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'\'=@+-\t\r\n 0x#A(é🎧\\"') }),
  fc.string({ unit: 'binary' }).map(text => text.toWellFormed()),
);

test('SQL and TypeScript agree on any text, and what is guarded is read back', async () => {
  const texts = [...GUARDED.map(([text]) => text), ...fc.sample(anyText, { numRuns: 3000 })];
  const [row] = await engine.query<{ texts: string[] }>(
    `SELECT arrayMap(text -> ${guardedSql('text')}, {texts:Array(String)}) AS texts`,
    { texts },
  );
  assert.deepEqual(row?.texts, texts.map(guarded));
  assert.deepEqual(texts.map(guarded).map(unguarded), texts.map(unguarded));
  assert.deepEqual(texts.map(guarded).map(guarded), texts.map(guarded));
});
