// Failures that only a server has: not reachable, access denied, cut off in mid-stream; and their messages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFront } from '../../../test/support/server/start-front.ts';
import { openEngine } from '../open-engine.ts';
import { serverAddress } from './server-start.ts';
import { wholeLines } from '../whole-lines.ts';
import { wholeStream } from './whole-stream.ts';

const front = await startFront();
const open = (url: string, cluster = '') =>
  openEngine('', { OFFHOOK_CLICKHOUSE_URL: url, OFFHOOK_CLICKHOUSE_CLUSTER: cluster });

const REFUSED: [what: string, url: string, cluster: string, code: string, says: RegExp][] = [
  ['nobody at the address', 'http://127.0.0.1:9', '', 'SERVER_NOT_REACHABLE', /127\.0\.0\.1:9 does not answer/],
  [
    'a wrong password',
    front.url.replace('//', '//default:wrong@'),
    '',
    'SERVER_REFUSES',
    /does not accept the user name or the password/,
  ],
  ['an unknown cluster', front.url, 'nowhere', 'UNKNOWN_CLUSTER', /has no cluster 'nowhere'/],
  ['no address', 'clickhouse', '', 'INVALID_REQUEST', /OFFHOOK_CLICKHOUSE_URL/],
  ['a database that is no name', `${front.url}/a%27b`, '', 'INVALID_REQUEST', /OFFHOOK_CLICKHOUSE_URL/],
  ['a cluster that is no name', front.url, "x'", 'INVALID_REQUEST', /OFFHOOK_CLICKHOUSE_CLUSTER/],
];
for (const [what, url, cluster, code, says] of REFUSED) {
  test(`${what} is ${code}, and no password is shown`, async () => {
    await assert.rejects(open(url, cluster), (error: { code: string; message: string; remedy: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, says);
      assert.doesNotMatch(error.message, /wrong/);
      return true;
    });
  });
}

test('the address is taken apart', () => {
  assert.deepEqual(serverAddress('https://me:secret@host:8443/calls', 'all'), {
    url: 'https://me:secret@host:8443/',
    database: 'calls',
    cluster: 'all',
    shown: 'host:8443',
  });
});

test('each database of a server is its own', async () => {
  const [one, two] = [await open(`${front.url}/first`), await open(`${front.url}/second`)];
  await one.command('CREATE TABLE things (n UInt8) ENGINE = MergeTree ORDER BY n');
  await one.insert('things', [{ n: 1 }]);
  assert.deepEqual(await one.query('SELECT n FROM things'), [{ n: 1 }]);
  await assert.rejects(two.query('SELECT n FROM things'), /UNKNOWN_TABLE|things/);
  await Promise.all([one.close(), two.close()]);
});

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString('utf8');
}

const TAG = 'dmrdfnujjqvszhav';
const FAILURE = `Code: 395. DB::Exception: boom. (FUNCTION_THROW)`;
const broken = (rows: string) =>
  Buffer.from(`${rows}\r\n__exception__\r\n${TAG}\r\n${FAILURE}\n${FAILURE.length + 1} ${TAG}\r\n__exception__\r\n`);

test('a failure at the end of a body is found however the body is cut, and rows that look like one are rows', async () => {
  for (let size = 1; size < 60; size++) {
    await assert.rejects(textOf(wholeStream(chunksOf(broken('1\n2\n'), size), TAG)), {
      code: '395',
      message: /boom/,
    });
    const rows = `1\n\r\n__exception__\r\n${TAG.slice(1)}\r\n2\n\r\n__exce`;
    assert.equal(await textOf(wholeStream(chunksOf(Buffer.from(rows), size), TAG)), rows);
  }
});

test('a connection that ends within the message of a failure is that failure', async () => {
  const cut = async function* () {
    yield broken('1\n').subarray(0, 70);
    throw new Error('aborted');
  };
  await assert.rejects(textOf(wholeStream(cut(), TAG)), { code: '395' });
});

test('lines stay whole however the bytes are cut', async () => {
  const text = 'a\nbcd\n\nefghij\nk';
  for (let size = 1; size < 8; size++) {
    const pieces: string[] = [];
    for await (const piece of wholeLines(chunksOf(Buffer.from(text), size))) pieces.push(Buffer.from(piece).toString());
    assert.equal(pieces.join(''), text);
    assert.ok(pieces.slice(0, -1).every(piece => piece.endsWith('\n')));
  }
});

// The last one: nothing answers afterwards.
test('a server that dies in mid-stream is an error, and never a shorter result', async () => {
  const engine = await open(front.url);
  let rows = 0;
  await assert.rejects(
    async () => {
      const sql = "SELECT number, repeat('x', 1000) FROM numbers(10000000)";
      for await (const chunk of engine.stream(sql, {}, { format: 'TSVRaw' })) {
        rows += chunk.length;
        front.process.kill('SIGKILL');
      }
    },
    { code: 'SERVER_NOT_REACHABLE' },
  );
  assert.ok(rows > 0);
  await assert.rejects(engine.command('SELECT 1'), { code: 'SERVER_NOT_REACHABLE' });
  await engine.close();
});
