// Batches of an import: facts of one instant are stored together, and every fact once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../limits.ts';
import type { AgentFact } from '../sources/agent-source.ts';
import type { RawDocument } from '../sources/source.ts';
import { factStore, importDocuments } from './document-import.ts';

const blank = { accountId: '1', agentId: 'a', order: 0, key: '', body: null, source: 's', receivedAt: 0 };

/** A document `3` is a fact of the third moment, `3 5` are five of it. */
function read({ raw }: RawDocument): AgentFact[] {
  const [at, times = 1] = raw.split(' ').map(Number);
  return Array.from({ length: times }, () => ({ ...blank, at: at!, raw }));
}

/** The instants of each batch, and the last totals. */
async function batchesOf(documents: readonly string[][]) {
  const batches: number[][] = [];
  const store = factStore(
    read,
    async said => {
      batches.push(said.map(fact => (fact as AgentFact).at));
      return { stored: said.length, rejected: 0 };
    },
    () => {},
  );
  async function* cut() {
    for (const raws of documents) yield raws.map(raw => ({ raw, position: 1 }));
  }
  let total = { stored: 0, rejected: 0 };
  for await (total of importDocuments(store, cut()));
  return { batches, total };
}

const SIZE = LIMITS.importBatchDocuments;

for (const [name, documents, sizes] of [
  ['none', [], []],
  ['a few, in several pieces', [['1', '2'], ['2']], [3]],
  ['as many as fit, the last of a moment of its own', [[`1 ${SIZE - 1}`, '2']], [SIZE - 1, 1]],
  [
    'two moments, the second over two pieces',
    [
      [`1 ${SIZE - 2}`, '2 2'],
      ['2 3', '3'],
    ],
    [SIZE - 2, 6],
  ],
  ['one moment alone', [[`1 ${SIZE}`], ['2']], [SIZE, 1]],
  ['a document of many facts', [[`1 ${3 * SIZE}`, '2']], [3 * SIZE, 1]],
] as const) {
  test(`facts of one moment are stored together: ${name}`, async () => {
    const { batches, total } = await batchesOf(documents.map(raws => [...raws]));
    assert.deepEqual(
      batches.map(({ length }) => length),
      [...sizes],
    );
    assert.equal(
      total.stored,
      sizes.reduce<number>((sum, size) => sum + size, 0),
    );
    for (const [i, batch] of batches.slice(1).entries()) assert.ok(batches[i]!.at(-1)! < batch[0]!);
  });
}
