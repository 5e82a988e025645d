// What the rest of the project relies on in the engine: isolation of parameters, back-pressure, ends of streams.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';

const { engine } = await temporaryEngine();

async function running(marker: string): Promise<number> {
  const [row] = await engine.query<{ queries: number }>(
    `SELECT count() AS queries FROM system.processes
     WHERE query LIKE concat('%', {marker:String}, '%') AND query NOT LIKE '%system.processes%'`,
    { marker },
  );
  return row?.queries ?? 0;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setImmediate(resolve));
}

test('statements at the same time keep their own parameters', async () => {
  const ask = async (id: number) => {
    const rows = await engine.query<{ id: number; text: string }>(
      'SELECT {id:UInt32} AS id, {text:String} AS text FROM numbers(200)',
      { id, text: `t${id}\t'\\\n` },
    );
    assert.equal(rows.length, 200);
    assert.ok(rows.every(row => row.id === id && row.text === `t${id}\t'\\\n`));
  };
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 20 }, (_, i) => ask(round * 20 + i)));
  }
});

test('a consumer that leaves ends the query', async () => {
  const sql = 'SELECT number, /* leaver */ sipHash64(number) FROM numbers(100000000000)';
  for await (const _ of engine.stream(sql, {}, { format: 'TSVRaw' })) break;
  await until(async () => (await running('leaver')) === 0);
});

test('an abort ends a query that has not given a row yet', async () => {
  const left = new AbortController();
  const sql = 'SELECT /* endless */ count() FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 0';
  const rows = (async () => {
    for await (const _ of engine.stream(sql, {}, { format: 'TSVRaw', signal: left.signal }));
  })();
  rows.catch(() => {});
  await until(async () => (await running('endless')) > 0);
  left.abort();
  await assert.rejects(rows, { name: 'AbortError' });
  await until(async () => (await running('endless')) === 0);
});

const ENDLESS_INSERT = `
  INSERT INTO FUNCTION null('hash UInt64')
  SELECT sipHash64(number, {marker:String}) FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 0`;

test('an abort ends a command that runs, and one that waits for its turn never begins', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const endless = engine.command(ENDLESS_INSERT, { marker: 'endless command' }, { signal: first.signal });
  const waiting = engine.command(
    'CREATE TABLE never (n UInt8) ENGINE = Memory',
    {},
    { signal: second.signal },
  );
  const rejected = Promise.all([
    assert.rejects(endless, { name: 'AbortError' }),
    assert.rejects(waiting, { name: 'AbortError' }),
  ]);
  await until(async () => (await running('endless command')) > 0);
  second.abort();
  first.abort();
  await rejected;
  await until(async () => (await running('endless command')) === 0);
  const tables = "SELECT name FROM system.tables WHERE name = 'never'";
  assert.deepEqual(await engine.query(tables), []);
  await engine.command('SELECT 1');
});

test('an abort before the engine has begun the command ends it, too', async () => {
  const left = new AbortController();
  const command = engine.command(ENDLESS_INSERT, { marker: '' }, { signal: left.signal });
  setImmediate(() => left.abort());
  await assert.rejects(command, { name: 'AbortError' });
});

test('a failure in the middle of a stream is an error, never a shorter result', async () => {
  let bytes = 0;
  const sql = 'SELECT throwIf(number = 150000) FROM numbers(200000) SETTINGS max_block_size = 1000';
  await assert.rejects(async () => {
    for await (const chunk of engine.stream(sql, {}, { format: 'TSVRaw' })) bytes += chunk.length;
  }, /throwIf/);
  assert.ok(bytes > 0);
});

test('statements after close are refused', async () => {
  await engine.close();
  await assert.rejects(engine.query('SELECT 1'), /closed/);
});
