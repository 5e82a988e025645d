// What must hold in every format when a report breaks off: an error, never a shorter file that looks whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../../engine/engine.ts';
import { FORMATS, type FormatName } from './formats.ts';
import type { ReportPlan } from '../query/rows.ts';

const ROWS: ReportPlan = {
  params: {},
  rollupAgent: false,
  isLimited: false,
  hasImported: false,
  source: 'fold',
  restrictions: [],
};
const CHUNK = Buffer.from('row\n'.repeat(100_000));

/** An engine whose streams give chunks until the end that is asked for; `ended` counts those that ended in any way. */
function engineOf(chunks: number, fails: boolean) {
  const seen = { ended: 0, chunks: 0 };
  async function* stream() {
    try {
      for (; seen.chunks < chunks; seen.chunks++) yield CHUNK;
      if (fails) throw new Error('broken');
    } finally {
      seen.ended++;
    }
  }
  return { engine: { stream } as unknown as Engine, seen };
}

const names = Object.keys(FORMATS) as FormatName[];
const write = (name: FormatName, engine: Engine, signal?: AbortSignal) =>
  FORMATS[name].write(engine, ROWS, { keepFormulas: false, ...(signal ? { signal } : {}) });

for (const name of names) {
  for (const chunks of [0, 1, 3]) {
    test(`${name}: a failure after ${chunks} chunks is one of the report`, async () => {
      const { engine, seen } = engineOf(chunks, true);
      await assert.rejects(async () => {
        for await (const _ of write(name, engine));
      }, /broken/);
      assert.equal(seen.ended, 1);
    });
  }
}

for (const name of names) {
  test(`${name}: a reader that leaves ends the query, and one that waits lets it wait`, async () => {
    const { engine, seen } = engineOf(1e9, false);
    let read = 0;
    for await (const _ of write(name, engine)) if (++read === 3) break;
    assert.equal(seen.ended, 1);
    assert.ok(seen.chunks < 20, `${seen.chunks} chunks`);
  });

  test(`${name}: a whole report ends its query`, async () => {
    const { engine, seen } = engineOf(2, false);
    for await (const _ of write(name, engine));
    assert.equal(seen.ended, 1);
  });
}
