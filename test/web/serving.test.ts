// The web application's files as the server gives them: addresses, headers, sizes, and that nothing of the API changes.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildWeb, presentBuild } from '../../src/cli/serve/web-build.ts';
import { temporaryServer } from '../support/temporary-server.ts';

const FIRST_VIEW_BYTES = 200 * 1024;
const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

const directory = await buildWeb();
const manifest = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
const { app } = await temporaryServer(() => ({ directory }));
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

/** The files that a view needs before it shows: its chunks and what they import, not what they load later. */
function filesOf(...names: string[]): string[] {
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const imported of (manifest[name] as Chunk).imports ?? []) visit(imported);
  };
  for (const name of names) visit(name);
  return [...seen].map(name => (manifest[name] as Chunk).file);
}

test('a build that is there is found, not made again', async () => {
  assert.equal(presentBuild(), directory);
  assert.equal(await buildWeb(), directory);
});

test('the first view loads at most 200 KB of compressed JavaScript', () => {
  const files = filesOf('index.html', 'src/pages/report/report-page.tsx').filter(file => file.endsWith('.js'));
  const bytes = files.map(file => statSync(join(directory, `${file}.br`)).size).reduce((a, b) => a + b);
  assert.ok(bytes > 0 && bytes <= FIRST_VIEW_BYTES, `${bytes} bytes in ${files.join(', ')}`);
});

const PAGES = ['/', '/report', '/report?start=2026-06-01', '/session/1/a%2Fb', '/admin/users', '/sign-in', '/nothing'];
for (const url of PAGES) {
  test(`${url} is the page, which the browser asks for each time`, async () => {
    const { statusCode, headers, body } = await get(url, { accept: HTML });
    assert.equal(statusCode, 200);
    assert.match(String(headers['content-type']), /^text\/html/);
    assert.equal(headers['cache-control'], 'no-cache');
    assert.match(body, /<div id="root">/);
  });
}

test('the page says what a browser may do with it', async () => {
  const { headers, body } = await get('/', { accept: HTML });
  const policy = String(headers['content-security-policy']);
  assert.match(policy, /^default-src 'none'; script-src 'self'; /);
  for (const rule of ["connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]) {
    assert.ok(policy.includes(rule), rule);
  }
  assert.doesNotMatch(policy, /unsafe-eval|https?:|\*/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  assert.match(String(headers['permissions-policy']), /camera=\(\)/);
  assert.doesNotMatch(body, /<script>|<style|\son\w+=|(src|href)="(https?:)?\/\//);
});

test('files have names with a hash, are kept for ever, and come compressed', async () => {
  const { file, css = [] } = manifest['index.html'] as Chunk;
  for (const name of [file, ...css]) {
    assert.match(name, /^assets\/.+-[\w-]{8}\.(js|css)$/);
    const plain = await get(`/${name}`);
    assert.equal(plain.statusCode, 200);
    assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(plain.headers['x-content-type-options'], 'nosniff');
    for (const encoding of ['br', 'gzip']) {
      const small = await get(`/${name}`, { 'accept-encoding': encoding });
      assert.equal(small.headers['content-encoding'], encoding);
      assert.equal(small.headers['content-type'], plain.headers['content-type']);
      assert.ok(small.rawPayload.length < plain.rawPayload.length / 2);
    }
  }
});

const NOTHING: [name: string, url: string, accept: string][] = [
  ['an unknown call of the API', '/api/v1/nothing', HTML],
  ['one under the other prefix', '/voice/api/v1/nothing', HTML],
  ['one of the platform', '/restapi/v1.0/nothing', HTML],
  ['a file of a build that is gone', '/assets/index-00000000.js', HTML],
  ['the bundler’s own list', '/.vite/manifest.json', '*/*'],
  ['an address that a program asks for', '/report', 'application/json'],
];
for (const [name, url, accept] of NOTHING) {
  test(`${name} is answered with an error: ${url}`, async () => {
    const answer = await get(url, { accept });
    assert.equal(answer.statusCode, 404, answer.body.slice(0, 200));
    assert.equal(answer.json().errorCode, 'NOT_FOUND');
  });
}

test('no file outside of the build is served', async () => {
  for (const url of ['/assets/..%2F..%2Fpackage.json', '/assets/..%2Findex.html']) {
    const { statusCode } = await get(url, { accept: HTML });
    assert.ok(statusCode === 400 || statusCode === 404, `${statusCode} ${url}`);
  }
});

test('an unknown address is no page for a POST', async () => {
  const { statusCode } = await app.inject({ method: 'POST', url: '/report', headers: { accept: HTML } });
  assert.equal(statusCode, 404);
});

test('the API answers as without the web application', async () => {
  assert.equal((await get('/health', { accept: HTML })).json().status, 'ok');
  assert.equal((await get('/openapi.json')).json().openapi, '3.1.0');
  assert.equal((await get('/api/v1/admin/accounts', { accept: HTML })).statusCode, 401);
});
