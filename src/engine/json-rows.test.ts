// Rows inserted as objects come back from the engine unchanged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import { jsonRows } from './json-rows.ts';

const { engine } = await temporaryEngine();
await engine.command(
  `CREATE TABLE things (
     id UInt32, text String, list Array(String), pair Tuple(name String, flag UInt8), at DateTime64(3, 'UTC'), none Nullable(Int64),
     large UInt64
   ) ENGINE = Memory`,
);

const AWKWARD = [
  'tab\there\nline\r\\n \0 \b\f\' " \u2028',
  '\\N',
  'null',
  '\\ud800',
  '\ud800',
  'a\udc00\ud83d',
  '\u{1f600}',
];

test('texts, lists, tuples, instants, large numbers and missing values survive', async () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom(...AWKWARD));
  const instant = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2299, 11, 31) });
  const thing = fc.record({
    text,
    list: fc.array(text, { maxLength: 3 }),
    pair: fc.record({ flag: fc.boolean(), name: text }),
    at: instant,
    none: fc.option(fc.maxSafeInteger()),
    large: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  });
  const things = [...AWKWARD.map(text => ({ ...fc.sample(thing, 1)[0]!, text })), ...fc.sample(thing, 300)];
  await engine.insert(
    'things',
    things.map((row, id) => ({ ...row, id })),
  );
  const back = await engine.query(
    `SELECT text, list, pair, toUnixTimestamp64Milli(at) AS at, none, toString(large) AS large FROM things ORDER BY id`,
  );
  const expected = things.map(({ text, list, pair, ...rest }) => ({
    ...rest,
    text: text.toWellFormed(),
    list: list.map(one => one.toWellFormed()),
    pair: { name: pair.name.toWellFormed(), flag: Number(pair.flag) },
  }));
  assert.deepEqual(back, expected);
});

test('no rows are no insert; rows of different columns are refused', async () => {
  await engine.insert('no_such_table', []);
  assert.throws(() => jsonRows([{ a: 1, b: 2 }, { a: 1 }]), /no value for the column «b»/);
});
