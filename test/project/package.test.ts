// The package as people install it: packed, installed into an empty folder, and started as a command and as the image does.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { scratchImage } from '../support/image/scratch-image.ts';

const ROOT = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'offhook-package-'));
const app = join(directory, 'app');
/** Nothing of this process's settings, so that the package runs with its own. */
const ENV = { PATH: process.env.PATH, HOME: directory };

interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}
let packed: Packed;

before(() => {
  const npm = (words: string[], cwd: string) =>
    execFileSync('npm', [...words, '--loglevel', 'error'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const said = npm(['pack', '--json', '--pack-destination', directory], ROOT);
  // The scripts that packing runs write before the list, which is an array or, of newer npm, an object.
  packed = Object.values(JSON.parse(said.slice(said.search(/^[[{]/m))))[0] as Packed;
  mkdirSync(app);
  const tarball = join(directory, packed.filename);
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], app);
});
after(() => rmSync(directory, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until the server listens, or says what it wrote instead. */
async function listening(child: ChildProcess): Promise<string> {
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'exit').then(([code]) => assert.fail(`ended with ${code}: ${output}`));
  // Within the time limit of the test, so that the server is stopped whatever happens.
  const late = setTimeout(120_000, undefined, { ref: false }).then(() => assert.fail(`not listening: ${output}`));
  while (!output.includes('is listening on')) await Promise.race([once(child.stdout!, 'data'), ended, late]);
  for (const other of [ended, late]) other.catch(() => undefined);
  return output;
}

/** A server of the package answers, with its web application built in. */
async function assertServes(port: number): Promise<void> {
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: 'text/html,*/*' } });
  assert.equal(((await (await get('/health')).json()) as { status: string }).status, 'ok');
  const page = await (await get('/')).text();
  assert.match(page, /<div id="root">/);
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(page) ?? [];
  const answer = await get(script);
  assert.match(String(answer.headers.get('content-type')), /javascript/);
  assert.ok((await answer.text()).length > 0);
}

test('the tarball holds what runs, and neither tests nor sources', () => {
  const paths = packed.files.map(({ path }) => path);
  for (const path of [
    'LICENSE',
    'README.md',
    'dist/main.js',
    'dist/web/index.html',
    'dist/web/licenses.md',
    'offhook',
  ]) {
    assert.ok(paths.includes(path), path);
  }
  assert.deepEqual(
    paths.filter(path => /\.tsx?$|\.test\.|fixtures|node_modules/.test(path)),
    [],
  );
  assert.ok(packed.size < 2_000_000, `${packed.size} bytes`);
});

test('an installation has what a server needs, and nothing for building', () => {
  const names = readdirSync(join(app, 'node_modules'));
  assert.ok(names.includes('chdb'));
  assert.deepEqual(
    names.filter(name => ['react', 'typescript', 'vite'].includes(name)),
    [],
  );
});

test('npx offhook serve, in the folder of the installation', async () => {
  const port = await freePort();
  const child = spawn('npx', ['offhook', 'serve', '--port', String(port)], { cwd: app, env: ENV, detached: true });
  // Not `exit`: npx may end before the server, which holds its output open.
  const closed = once(child, 'close');
  try {
    await listening(child);
    await assertServes(port);
    assert.ok(existsSync(join(app, 'data/metadata')));
  } finally {
    // npx, the shell that it starts, and the server.
    process.kill(-child.pid!, 'SIGTERM');
    await closed;
  }
});

test('the image’s last stage, built and started by its own steps as its user, writes to its volume only', async t => {
  const built = join(directory, 'built');
  const copy = (from: string, to: string) => execFileSync('cp', ['-al', join(app, from), join(built, to)]);
  mkdirSync(built);
  copy('node_modules/offhook', 'offhook');
  copy('node_modules', 'offhook/node_modules');
  const image = scratchImage(join(ROOT, 'deploy/Dockerfile'), join(built, 'offhook'), join(directory, 'image'));
  if (image === undefined) return t.skip('only root can mount, and not in every container');
  const port = await freePort();
  const child = image.start({ OFFHOOK_PORT: String(port) });
  const exited = once(child, 'exit');
  try {
    await listening(child);
    await assertServes(port);
  } finally {
    child.kill();
  }
  assert.deepEqual(await exited, [0, null]);
  assert.equal(statSync(join(image.volume, 'metadata')).uid, 10_001);
});
