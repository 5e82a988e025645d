// What the project relies on in every engine: isolation of parameters, back-pressure, ends of streams and statements.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { startFront } from '../../test/support/server/start-front.ts';
import type { Engine } from './engine.ts';
import { ByteColumn, InstantColumn, nativeBlock, TextColumn, WordColumn } from './native-block.ts';
import { openEngine } from './open-engine.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dataDir, { recursive: true, force: true }));

const ENGINES: Readonly<Record<string, Engine>> = {
  embedded: await openEngine(dataDir, {}),
  server: await openEngine('', {
    OFFHOOK_CLICKHOUSE_URL: process.env.OFFHOOK_CLICKHOUSE_URL ?? (await startFront()).url,
  }),
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setImmediate(resolve));
}

const ENDLESS_INSERT = `
  INSERT INTO FUNCTION null('hash UInt64')
  SELECT sipHash64(number, {marker:String}) FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 0`;

for (const [name, engine] of Object.entries(ENGINES)) describe(name, () => contract(engine));

function contract(engine: Engine): void {
  async function running(marker: string): Promise<number> {
    const [row] = await engine.query<{ queries: number }>(
      `SELECT count() AS queries FROM system.processes
       WHERE query LIKE concat('%', {marker:String}, '%') AND query NOT LIKE '%system.processes%'`,
      { marker },
    );
    return row?.queries ?? 0;
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
    for (let round = 0; round < 3; round++) {
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

  test('an abort ends a command that runs', async () => {
    const left = new AbortController();
    const command = engine.command(ENDLESS_INSERT, { marker: 'endless command' }, { signal: left.signal });
    const rejected = assert.rejects(command, { name: 'AbortError' });
    await until(async () => (await running('endless command')) > 0);
    left.abort();
    await rejected;
    await until(async () => (await running('endless command')) === 0);
    await engine.command('SELECT 1');
  });

  test('an abort before a command is sent, or while it waits, means that it never begins', async () => {
    const left = new AbortController();
    const sql = 'CREATE TABLE never (n UInt8) ENGINE = Memory';
    left.abort();
    await assert.rejects(engine.command(sql, {}, { signal: left.signal }), { name: 'AbortError' });
    assert.deepEqual(await engine.query("SELECT name FROM system.tables WHERE name = 'never'"), []);
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

  test('chunks of rows end with a row', async () => {
    const sql = "SELECT number, repeat('x', 100 + number % 77) FROM numbers(20000)";
    let rows = 0;
    for await (const chunk of engine.stream(sql, {}, { format: 'TSVRaw' })) {
      const text = Buffer.from(chunk).toString('utf8');
      assert.equal(text.at(-1), '\n');
      rows += text.split('\n').length - 1;
    }
    assert.equal(rows, 20_000);
  });

  test('a consumer that is slow gets every row', async () => {
    let bytes = 0;
    const sql = "SELECT repeat('y', 999) FROM numbers(20000)";
    for await (const chunk of engine.stream(sql, {}, { format: 'TSVRaw' })) {
      bytes += chunk.length;
      await new Promise(resolve => setImmediate(resolve));
    }
    assert.equal(bytes, 20_000_000);
  });

  test('Parquet is one whole document', async () => {
    const chunks: Uint8Array[] = [];
    const sql = 'SELECT number, {label:String} AS label FROM numbers(200000)';
    for await (const chunk of engine.stream(sql, { label: 'a' }, { format: 'Parquet' })) chunks.push(chunk);
    const file = Buffer.concat(chunks);
    assert.deepEqual([file.subarray(0, 4).toString(), file.subarray(-4).toString()], ['PAR1', 'PAR1']);
    assert.equal(file.indexOf('PAR1', 4), file.length - 4, 'the mark is at both ends only');
  });

  test('more parameters than an address holds', async () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `id '${i}'\t\\`);
    const [row] = await engine.query<{ count: number; last: string; n: number }>(
      'SELECT length({ids:Array(String)}) AS count, {ids:Array(String)}[-1] AS last, {n:UInt64} + 1 AS n',
      { ids, n: 41 },
    );
    assert.deepEqual(row, { count: 20_000, last: ids.at(-1), n: 42 });
  });

  test('64-bit integers are numbers, and inserted rows can be read', async () => {
    await engine.command('CREATE TABLE kept (n UInt64, text String) ENGINE = MergeTree ORDER BY n');
    await engine.insert('kept', [
      { n: '9007199254740991', text: 'a\tb' },
      { n: 2, text: '' },
    ]);
    assert.deepEqual(await engine.query('SELECT n, text FROM kept ORDER BY n'), [
      { n: 2, text: '' },
      { n: Number.MAX_SAFE_INTEGER, text: 'a\tb' },
    ]);
    await assert.rejects(engine.insert('kept', [{ n: 'not a number' }]), /in: INSERT INTO kept/);
    await assert.rejects(engine.query('SELECT nothing FROM kept'), /nothing.* in: SELECT nothing FROM kept/);
  });

  test('many rows come as few do: every column of every table by its type, a default where none is given', async () => {
    await engine.command(`CREATE TABLE many (
      n UInt32, at DateTime64(3, 'UTC'), word LowCardinality(String), kind Enum8('' = 0, 'A' = 1), list Array(Tuple(String, UInt8)),
      text String, n_twice UInt32 DEFAULT n * 2
    ) ENGINE = MergeTree ORDER BY n`);
    const row = (n: number) => ({
      n,
      at: 1_700_000_000_500,
      word: `w${n % 3}`,
      kind: 'A',
      list: [["a'\t", 1]],
      text: `\t${'é'.repeat(20)}\n\\N`,
    });
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));
    await engine.insert('many', rows(0, 10));
    await engine.insert('many', rows(10, 30_000));
    const kinds = await engine.query(
      `SELECT count() AS rows, sum(n) AS sum, sum(n_twice) AS twice, uniqExact(word) AS words, kind, list, text, toString(at) AS since
       FROM many GROUP BY n < 10, at, kind, list, text ORDER BY rows`,
    );
    const same = {
      words: 3,
      kind: 'A',
      list: [["a'\t", 1]],
      text: `\t${'é'.repeat(20)}\n\\N`,
      since: '2023-11-14 22:13:20.500',
    };
    assert.deepEqual(kinds, [
      { ...same, rows: 10, sum: 45, twice: 90 },
      { ...same, rows: 29_990, sum: 449_984_955, twice: 899_969_910 },
    ]);
    const lastIsWrong = [...Array.from({ length: 600_000 }, () => ({ n: 1 })), { n: 'x' }];
    await assert.rejects(engine.insert('many', lastIsWrong), /in: INSERT INTO many/);
  });

  test('a block of columns is the rows that it was made of, by the types of its table', async () => {
    await engine.command(`CREATE TABLE blocks (
      nth UInt8, at DateTime64(3, 'UTC'), text String, word LowCardinality(String), name String, kind Enum8('' = 0, 'A' = 1, 'Bé' = 2),
      unused LowCardinality(String), texts UInt32 DEFAULT length(text)
    ) ENGINE = MergeTree ORDER BY nth`);
    const texts = [
      '',
      "a\t'\\\0",
      'é',
      '\u{1f600}',
      'x'.repeat(127),
      'x'.repeat(128),
      'ü'.repeat(70),
      'y'.repeat(40_000),
      '',
    ];
    const instants = [
      0,
      1,
      2 ** 31 * 1000,
      Date.UTC(1990, 0, 1),
      Date.UTC(2199, 11, 31),
      1_700_000_000_123,
      2 ** 32,
      -1,
      5,
    ];
    const kinds = ['', 'A', 'Bé'];
    const columns = {
      nth: new ByteColumn('nth'),
      at: new InstantColumn('at'),
      text: new TextColumn('text'),
      word: new WordColumn('word'),
      name: new WordColumn('name'),
      kind: new WordColumn('kind'),
      unused: new WordColumn('unused'),
    };
    // A second time in the memory of the first.
    for (const shown of [texts.slice(2), texts]) {
      for (const column of Object.values(columns)) column.clear();
      for (const [row, text] of shown.entries()) {
        columns.nth.add(row);
        columns.at.add(instants[row]!);
        columns.text.set(row, text);
        columns.word.set(row, text);
        columns.name.set(row, text.slice(0, 200));
        columns.kind.set(row, kinds[row % 3]!);
      }
      await engine.command('TRUNCATE TABLE blocks');
      await engine.insertBlock('blocks', nativeBlock(shown.length, Object.values(columns)));
      assert.deepEqual(
        await engine.query(
          'SELECT nth, toUnixTimestamp64Milli(at) AS at, text, word, name, kind, unused, texts FROM blocks ORDER BY nth',
        ),
        shown.map((text, nth) => ({
          nth,
          at: instants[nth],
          text,
          word: text,
          name: text.slice(0, 200),
          kind: kinds[nth % 3],
          unused: '',
          texts: Buffer.byteLength(text),
        })),
      );
    }
    columns.kind.clear();
    columns.kind.set(0, 'unknown');
    await assert.rejects(
      engine.insertBlock('blocks', nativeBlock(1, [columns.kind])),
      /unknown[\s\S]* in: INSERT INTO blocks/,
    );
  });

  test('work that must be done alone is', async () => {
    const done: number[] = [];
    const results = await Promise.all(
      [1, 2, 3].map(n =>
        engine.withLock(`work ${n}`, async () => {
          done.push(n);
          return n;
        }),
      ),
    );
    assert.deepEqual(
      [results, done.toSorted()],
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
    );
    await assert.rejects(
      engine.withLock('failing', () => Promise.reject(new Error('as it is'))),
      /as it is/,
    );
    assert.equal(await engine.withLock('failing', async () => 'free again'), 'free again');
  });

  test('statements after close are refused', async () => {
    await engine.close();
    await assert.rejects(engine.query('SELECT 1'), /closed/);
  });
}
