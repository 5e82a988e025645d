// How processes with the engine's thread end: with the right exit code, and clearly when the thread has ended by itself.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'src/main.ts');
const directory = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const { OFFHOOK_CLICKHOUSE_URL: _, ...env } = process.env;

const OPEN = `
  const { openEngine } = await import(${JSON.stringify(join(ROOT, 'src/engine/open-engine.ts'))});
  const engine = await openEngine(process.argv[1], {});
  const [{ one }] = await engine.query('SELECT 1 AS one');`;
/** A statement that runs for hours. */
const BUSY = `
  engine.query('SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 0').catch(() => {});
  const running = () => engine.query("SELECT 1 FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%processes%'");
  while ((await running()).length === 0);`;

const ENDS: [name: string, code: string, exit: number | null, signal: string | null][] = [
  ['by itself, with the engine closed', 'await engine.close();', 0, null],
  ['by itself, with the engine open', '', 0, null],
  ['by process.exit', 'process.exit(one + 2);', 3, null],
  ['by process.exit, while a statement runs', `${BUSY} process.exit(3);`, 3, null],
  ['by an uncaught error', "throw new Error('uncaught');", 1, null],
  ['by an uncaught error, while a statement runs', `${BUSY} throw new Error('uncaught');`, 1, null],
  [
    'by SIGTERM',
    "process.kill(process.pid, 'SIGTERM'); await new Promise(() => setTimeout(() => {}, 60_000));",
    null,
    'SIGTERM',
  ],
];
test('a data directory that the engine cannot open ends a command with the code for it', () => {
  const file = join(directory, 'not usable');
  mkdirSync(join(file, 'metadata'), { recursive: true });
  writeFileSync(join(file, 'data'), 'a file where a directory should be');
  const words = [MAIN, 'doctor', '--account', '1', '--data-dir', file];
  const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: 'utf8', timeout: 60_000 });
  assert.equal(status, 3, stderr);
  assert.match(stderr, /DATA_DIR_NOT_USABLE/);
});

for (const [nth, [name, code, exit, signal]] of ENDS.entries()) {
  test(`a process ends ${name}`, () => {
    const words = ['--input-type=module', '-e', OPEN + code, join(directory, `end ${nth}`)];
    const ended = spawnSync(process.execPath, words, { env, encoding: 'utf8', timeout: 60_000 });
    assert.deepEqual([ended.status, ended.signal], [exit, signal], ended.stderr);
  });
}

test('the help loads neither the engine nor its thread', () => {
  const watch = `
    process.once('worker', () => console.log('a thread'));
    process.once('exit', () => console.log(process.report.getReport().sharedObjects.filter(file => file.includes('chdb'))));`;
  const words = ['--import', `data:text/javascript,${encodeURIComponent(watch)}`, MAIN, '--help'];
  const { stdout, status } = spawnSync(process.execPath, words, { env, encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /Usage:[\s\S]*\n\[\]\n$/);
  assert.doesNotMatch(stdout, /a thread/);
});

test('a server whose engine has stopped ends with an error that says so', async () => {
  const stopped = `process.once('worker', thread => process.once('SIGUSR2', () => thread.postMessage(null)))`;
  const words = ['--import', `data:text/javascript,${encodeURIComponent(stopped)}`, MAIN, 'serve', '--port', '0'];
  const server = spawn(process.execPath, [...words, '--data-dir', join(directory, 'server')], { env });
  let output = '';
  let errors = '';
  server.stderr.setEncoding('utf8').on('data', text => {
    errors += text;
  });
  for await (const text of server.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    output += text;
    if (output.includes('is listening on')) break;
  }
  server.kill('SIGUSR2');
  const [code] = await once(server, 'exit');
  assert.equal(code, 3, errors);
  assert.match(errors, /offhook: The engine stopped unexpectedly: [\s\S]*Start Offhook again[\s\S]*ENGINE_STOPPED/);
});
