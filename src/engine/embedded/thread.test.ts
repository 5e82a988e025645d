// The engine's thread: the main thread stays free, a reader that stalls pauses its statement, and an end of the thread is noticed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { LIMITS } from '../../limits.ts';
import { openEmbeddedEngine } from './embedded-engine.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dataDir, { recursive: true, force: true }));

const started = Promise.withResolvers<Worker>();
process.once('worker', started.resolve);
const engine = await openEmbeddedEngine(dataDir);
const worker = await started.promise;

/** Rounds of the event loop while the work runs. */
async function roundsDuring(work: Promise<unknown>): Promise<number> {
  let rounds = 0;
  let isOver = false;
  const count = () => {
    rounds++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await work;
  isOver = true;
  return rounds;
}

async function firstOf(sql: string): Promise<void> {
  for await (const _ of engine.stream(sql, {}, { format: 'TSV' })) return;
}

test('the event loop turns while a statement is planned, even if planning it takes long', async () => {
  // The inner one is computed when the outer one is planned.
  const sql = 'SELECT (SELECT sum(sipHash64(number)) FROM numbers(50000000))';
  assert.ok((await roundsDuring(firstOf(sql))) > 100);
});

test('a reader that stalls pauses its statement, and holds a bounded number of bytes', async () => {
  const rowBytes = 1_000;
  const sql = `SELECT /* stalled */ leftPad(toString(number), ${rowBytes - 1}) FROM numbers(1000000000) SETTINGS max_block_size = 1000`;
  const readRows = async () => {
    const [row] = await engine.query<{ rows: number }>(
      "SELECT sum(read_rows) AS rows FROM system.processes WHERE query LIKE '%stalled%' AND query NOT LIKE '%processes%'",
    );
    return row!.rows;
  };
  const isPaused = async () => {
    const before = await readRows();
    for (let i = 0; i < 5; i++) await engine.query('SELECT 1');
    return before > 0 && (await readRows()) === before;
  };
  const chunks = engine.stream(sql, {}, { format: 'TSVRaw' })[Symbol.asyncIterator]();
  const { value: first } = await chunks.next();
  while (!(await isPaused()));
  // What waits for the reader, and some blocks of the engine.
  assert.ok((await readRows()) * rowBytes < LIMITS.readAheadBytes + 20 * first.length);
  let last = Buffer.from(first).toString('utf8');
  for (let i = 0; i < 5; i++) last += Buffer.from((await chunks.next()).value).toString('utf8');
  const numbers = last.trimEnd().split('\n').map(Number);
  assert.ok(
    numbers.every((number, row) => number === row),
    'no row is lost or comes twice',
  );
  await chunks.return?.();
  assert.equal(await readRows(), 0, 'a reader that has left has ended it');
});

test('when the thread ends by itself, running and later statements are refused, and the engine says why', async () => {
  const stopped = { name: 'UserError', code: 'ENGINE_STOPPED', message: /stopped unexpectedly/ };
  const chunks = engine.stream('SELECT number FROM numbers(100000000)', {}, { format: 'TSV' })[Symbol.asyncIterator]();
  await chunks.next();
  const rejected = assert.rejects(async () => {
    while (!(await chunks.next()).done);
  }, stopped);
  // Not a message that it knows: an error of the thread's own.
  worker.postMessage(null);
  await rejected;
  await assert.rejects(engine.query('SELECT 1'), stopped);
  await assert.rejects(engine.command('SELECT 1'), stopped);
  await assert.rejects(engine.insert('t', [{ n: 1 }]), stopped);
  await assert.rejects(engine.failed, stopped);
  await engine.close();
});
