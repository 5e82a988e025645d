// A killed server loses nothing that it acknowledged; a second process is told who holds the data.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const OFFHOOK = join(import.meta.dirname, '../offhook');
const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dataDir, { recursive: true, force: true }));
const env = { ...process.env, OFFHOOK_ADMIN_USERNAME: 'admin', OFFHOOK_ADMIN_PASSWORD: 'secret' };
const headers = { authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}` };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function startServer(port: number): Promise<ChildProcess> {
  const server = spawn(OFFHOOK, ['serve', '--port', String(port), '--data-dir', dataDir], { env });
  await new Promise((resolve, reject) => {
    server.stdout?.once('data', resolve);
    server.once('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  return server;
}

const line = (id: number) =>
  JSON.stringify({
    ...{ accountId: 'kill', loginSessionId: String(id), agentId: String(id), kind: 'LOGIN' },
    at: new Date(Date.UTC(2026, 0, 1) + id).toISOString(),
  });

/** Sends single events from several senders at once, kills the server after some of them, and gives the acknowledged ids. */
async function sendAndKill(server: ChildProcess, port: number, firstId: number, killAfter: number) {
  const acknowledged: number[] = [];
  let nextId = firstId;
  const sender = async () => {
    for (;;) {
      const id = nextId++;
      const answer = await fetch(`http://127.0.0.1:${port}/ingest/v1/offhook`, {
        ...{ method: 'POST', headers, body: line(id) },
      });
      if (answer.ok && ((await answer.json()) as { stored: number }).stored === 1) acknowledged.push(id);
      if (acknowledged.length >= killAfter) server.kill('SIGKILL');
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, sender));
  return acknowledged;
}

test('a server killed in the middle of inserting has every acknowledged event', async () => {
  const port = await freePort();
  const acknowledged: number[] = [];
  for (const round of [0, 1, 2]) {
    const server = await startServer(port);
    const gone = new Promise(resolve => server.once('exit', resolve));
    acknowledged.push(...(await sendAndKill(server, port, round * 1_000_000 + 1, 20 + 50 * round)));
    await gone;
  }
  const { stdout } = spawnSync(
    OFFHOOK,
    ['report', '--account', 'kill', '--start', '2026-01-01', '--end', '2026-01-02', '--data-dir', dataDir],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const reported = new Set(
    stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map(row => Number(row.split(',').at(-2))),
  );
  assert.deepEqual(
    acknowledged.filter(id => !reported.has(id)),
    [],
  );
});

test('a second process is refused, with the holder and the way to go on', async () => {
  const server = await startServer(await freePort());
  const second = spawnSync(OFFHOOK, ['report', '--account', 'kill', '--data-dir', dataDir], {
    encoding: 'utf8',
  });
  server.kill('SIGTERM');
  const code = await new Promise(resolve => server.once('exit', resolve));
  assert.equal(second.status, 3);
  assert.match(second.stderr, new RegExp(`in use by process ${server.pid}[^]*--data-dir[^]*DATA_DIR_IN_USE`));
  assert.equal(code, 0, 'a server that is asked to end ends in order');
});

const WRONG: [words: string[], exit: number, says: RegExp][] = [
  [
    ['import', '--source', 'ringcx', '--data-dir', dataDir, '/nowhere.ndjson'],
    2,
    /nowhere\.ndjson is missing/,
  ],
  [['import', '--source', 'nothing', '--data-dir', dataDir, '-'], 2, /nothing/],
  [['report', '--account', '1', '--timezone', 'Mars', '--data-dir', dataDir], 2, /UNKNOWN_TIME_ZONE/],
  [
    ['report', '--account', '1', '--start', '2026-02-02', '--end', '2026-01-01', '--data-dir', dataDir],
    2,
    /START_AFTER_END/,
  ],
  [['agents', 'import', '--account', '1', '--data-dir', dataDir, OFFHOOK], 2, /INVALID_AGENTS_FILE/],
  [['report'], 2, /--account/],
  [['nonsense'], 2, /nonsense/],
  [[], 2, /--help/],
];
for (const [words, exit, says] of WRONG) {
  test(`offhook ${words.slice(0, 5).join(' ')} ends with ${exit}`, () => {
    const { status, stderr } = spawnSync(OFFHOOK, words, { encoding: 'utf8', input: '' });
    assert.match(stderr, says);
    assert.equal(status, exit);
  });
}

test('the help of each command shows an example', () => {
  for (const words of [
    ['serve'],
    ['import'],
    ['agents', 'import'],
    ['report'],
    ['simulate'],
    ['accounts', 'set'],
  ]) {
    const { stdout, status } = spawnSync(OFFHOOK, [...words, '--help'], { encoding: 'utf8' });
    assert.equal(status, 0);
    assert.match(stdout, /Example:\n {2}\.\/offhook /);
  }
});
