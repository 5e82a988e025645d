// What is written as TabSeparated text comes back from the engine as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import { tsvInstant, tsvRow } from './tsv.ts';

const { engine } = await temporaryEngine();
await engine.command(
  `CREATE TABLE things (id UInt32, text String, list Array(String), at DateTime64(3, 'UTC'), none Nullable(Int64)) ENGINE = Memory`,
);

test('texts, lists and instants survive', async () => {
  const text = fc.string({ unit: 'grapheme' });
  const instant = fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) });
  const things = fc.sample(fc.tuple(text, fc.array(text, { maxLength: 3 }), instant), 300);
  things.push(['tab\there\nline\r\\n \0 \' "', ["it's", 'a\\b', ''], 0]);
  const rows = things.map(([word, list, at], id) => tsvRow([id, word, list, tsvInstant(at), id % 2 ? id : null]));
  await engine.insert('things', ['id', 'text', 'list', 'at', 'none'], Buffer.from(rows.join('')));
  const back = await engine.query<{ text: string; list: string[]; atMs: number; none: number | null }>(
    'SELECT text, list, toUnixTimestamp64Milli(at) AS atMs, none FROM things ORDER BY id',
  );
  assert.deepEqual(
    back.map(row => [row.text, row.list, row.atMs]),
    things,
  );
  assert.deepEqual(
    back.map(row => row.none),
    things.map((_, id) => (id % 2 ? id : null)),
  );
});
