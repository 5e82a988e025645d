// A killed server loses nothing that it acknowledged, a killed import continues, and a second process learns who uses the data.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LIMITS } from '../../src/limits.ts';

const OFFHOOK = join(import.meta.dirname, '../../offhook');
const MAIN = join(import.meta.dirname, '../../src/main.ts');
const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dataDir, { recursive: true, force: true }));
const env = { ...process.env, OFFHOOK_ADMIN_USERNAME: 'admin', OFFHOOK_ADMIN_PASSWORD: 'secret' };
const headers = { authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}` };

const OF_A_DATA_DIRECTORY = {
  skip: process.env.OFFHOOK_CLICKHOUSE_URL !== undefined && 'a server has no data directory of ours',
};

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
    accountId: 'kill',
    loginSessionId: String(id),
    agentId: String(id),
    kind: 'LOGIN',
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
        method: 'POST',
        headers,
        body: line(id),
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

test('a second process is refused, with the holder and the way to go on', OF_A_DATA_DIRECTORY, async () => {
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
  [['import', '--source', 'ringcx', '--data-dir', dataDir, '/nowhere.ndjson'], 2, /nowhere\.ndjson does not exist/],
  [['import', '--source', 'nothing', '--data-dir', dataDir, '-'], 2, /nothing/],
  [['report', '--account', 'kill', '--timezone', 'Mars', '--data-dir', dataDir], 2, /UNKNOWN_TIME_ZONE/],
  [
    ['report', '--account', 'kill', '--start', '2026-02-02', '--end', '2026-01-01', '--data-dir', dataDir],
    2,
    /START_AFTER_END/,
  ],
  [['agents', 'import', '--account', '1', '--data-dir', dataDir, OFFHOOK], 2, /INVALID_AGENTS_FILE/],
  [
    [
      'import',
      '--source',
      'agent-session-report',
      '--account',
      '1',
      '--timezone',
      'UTC',
      '--data-dir',
      dataDir,
      OFFHOOK,
    ],
    2,
    /This is not an Agent Session Report/,
  ],
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
  for (const words of [['serve'], ['import'], ['agents', 'import'], ['report'], ['simulate'], ['accounts', 'set']]) {
    const { stdout, status } = spawnSync(OFFHOOK, [...words, '--help'], { encoding: 'utf8' });
    assert.equal(status, 0);
    assert.match(stdout, /Example:\n {2}\.\/offhook /);
  }
});

const NOTE_BYTES = 3_000;

/** Lines of one login each, so long that not too many of them are several pieces of an import. */
function writeLogins(file: string, count: number): void {
  const notes = 'x'.repeat(NOTE_BYTES);
  const fields = { event_type: 'LOGIN', account_id: 'kill', notes };
  const start = Date.UTC(2026, 1, 2);
  for (let id = 0; id < count; ) {
    const lines: string[] = [];
    for (const end = Math.min(id + 5_000, count); id < end; id++) {
      const date_time = new Date(start + id * 1000).toISOString().slice(0, 19).replace('T', ' ');
      lines.push(JSON.stringify({ ...fields, agent_login_id: String(id), agent_id: String(id), date_time }));
    }
    appendFileSync(file, `${lines.join('\n')}\n`);
  }
}

test(
  'an import that is killed goes on behind what is stored: every line is there, and once',
  OF_A_DATA_DIRECTORY,
  async () => {
    const importDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
    after(() => rmSync(importDir, { recursive: true, force: true }));
    const file = join(importDir, 'logins.ndjson');
    const dataOfImport = join(importDir, 'data');
    const count = Math.ceil((3.5 * LIMITS.importPieceBytes) / NOTE_BYTES);
    writeLogins(file, count);
    const words = ['import', '--source', 'ringcx', '--account', 'kill', '--data-dir', dataOfImport, file];
    // As on a terminal: progress is said as soon as something is durable.
    const asOnTerminal = 'data:text/javascript,process.stderr.isTTY=true';
    const killed = spawn(process.execPath, ['--import', asOnTerminal, MAIN, ...words], { env });
    killed.stderr.once('data', () => killed.kill('SIGKILL'));
    const [, signal] = await once(killed, 'exit');
    assert.equal(signal, 'SIGKILL');

    const { stderr, status } = spawnSync(OFFHOOK, words, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const goesOnAt = Number(/interrupted after ([\d ]+) bytes/.exec(stderr)?.[1]?.replaceAll(' ', ''));
    assert.ok(goesOnAt > 0 && goesOnAt < statSync(file).size, stderr);
    assert.deepEqual(readdirSync(join(dataOfImport, 'scratch')), [], 'nothing of the killed import is left');
    const asked = ['--account', 'kill', '--start', '2026-02-02', '--end', '2026-02-04'];
    const { stdout } = spawnSync(OFFHOOK, ['report', ...asked, '--data-dir', dataOfImport], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const reported = stdout.trimEnd().split('\n').slice(1);
    const ids = new Set(reported.map(row => Number(row.split(',').at(-2))));
    assert.deepEqual([reported.length, ids.size], [count, count]);
  },
);
