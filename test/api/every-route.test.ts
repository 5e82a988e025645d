// What applies to all routes: protection from cross-site requests, headers against caching, empty bodies, unknown addresses.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { basicOf } from '../support/sign-in.ts';
import { routesOf } from '../support/routes.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, user } = await temporaryServer();
await user('nobody', []);
await user('feed', [grant('a', 'ingest')]);

type Headers = Readonly<Record<string, string>>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ROUTES = routesOf(app).map(route => {
  const [method, path] = route.split(' ') as [Method, string];
  return { method, path, url: path.replace(/:\w+/g, 'x').replace(/\*$/, 'x') };
});
const BASIC = { authorization: basicOf('administrator', 'administrator') };

const CROSS_SITE: [name: string, headers: Headers][] = [
  ['a page on another website', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ['a page on another port', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
  ['a link on another website', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ['a foreign origin', { origin: 'https://evil.example' }],
  ['an origin with another port', { origin: 'http://localhost:8081', host: 'localhost:8080' }],
  ['a page in a sandbox', { origin: 'null' }],
];

function assertHeaders({ headers }: LightMyRequestResponse, name: string): void {
  assert.equal(headers['x-content-type-options'], 'nosniff', name);
  // The files of the API page may be cached.
  if (!name.startsWith('GET /docs/')) assert.equal(headers['cache-control'], 'no-store', name);
  assert.doesNotMatch(String(headers['www-authenticate']), /basic/i, name);
}

/** One route revokes the token of the request. */
async function signInAgain(path: string): Promise<void> {
  if (path.endsWith('/auth/session')) await user('nobody', []);
}

test('there are routes', () => assert.ok(ROUTES.length > 100));

for (const [name, headers] of CROSS_SITE) {
  test(`Basic credentials from ${name} are refused by all routes`, async () => {
    for (const { method, path, url } of ROUTES) {
      const type = method === 'GET' ? {} : { 'content-type': 'text/plain' };
      const payload = method === 'GET' ? {} : { payload: '{"username":"x"}' };
      const answer = await app.inject({
        method,
        url,
        headers: { ...BASIC, ...type, ...headers },
        ...payload,
      });
      assert.equal(answer.statusCode, 403, `${method} ${path}`);
      assert.equal(answer.json().errorCode, 'CROSS_SITE_REQUEST', `${method} ${path}`);
      assertHeaders(answer, `${method} ${path}`);
    }
  });
}

test('an event in the query string is stored for a feed, but not for a page on another website', async () => {
  const fields = { event_type: 'LOGIN', agent_login_id: '1', account_id: 'a', agent_id: '7' };
  const query = new URLSearchParams({ ...fields, date_time: '2026-05-01 09:00:00' });
  const url = `/ingest/v1/ringcx?${query}`;
  const feed = { authorization: basicOf('feed', 'feed') };
  const rows = async () => (await offhook.engine.query('SELECT 1 FROM events')).length;
  for (const [, headers] of CROSS_SITE) {
    assert.equal((await app.inject({ url, headers: { ...feed, ...headers } })).statusCode, 403);
  }
  assert.equal(await rows(), 0);
  assert.deepEqual((await app.inject({ url, headers: feed })).json(), { stored: 1, rejected: 0 });
  assert.equal(await rows(), 1);
});

/** Routes without user credentials. */
const OPEN = /^\w+ (\/health|\/docs.*|\/openapi\.json|(\/voice)?\/api\/auth\/.*|.*\/auth\/login|\/restapi\/.*)$/;

test('a user name and password only work for sending events, and no answer makes a browser ask for them', async () => {
  for (const { method, path, url } of ROUTES.filter(one => !OPEN.test(`${one.method} ${one.path}`))) {
    const answer = await app.inject({ method, url, headers: BASIC });
    const isIngest = path.startsWith('/ingest/');
    assert.equal(answer.statusCode === 401, !isIngest, `${method} ${path} ${answer.statusCode}`);
    if (!isIngest) assert.equal(answer.headers['www-authenticate'], 'Bearer');
    const refused = await app.inject({ method, url });
    assert.equal(refused.statusCode, 401, `${method} ${path}`);
    assert.equal(refused.headers['www-authenticate'], 'Bearer');
  }
});

test('all answers have headers against caching and content sniffing', async () => {
  for (const { method, path, url } of ROUTES) {
    for (const headers of [{}, BASIC, bearer('nobody')]) {
      assertHeaders(await app.inject({ method, url, headers }), `${method} ${path}`);
    }
    await signInAgain(path);
  }
  const admin = bearer('administrator');
  for (const url of ['/api/v1/admin/users', '/api/v1/admin/auditLog?format=csv', '/api/v1/nothing', '/%', '/a%zz']) {
    assertHeaders(await app.inject({ url, headers: admin }), url);
  }
});

test('a token works from any website, because browsers do not add it by themselves', async () => {
  const { authorization } = bearer('nobody');
  for (const [, headers] of CROSS_SITE) {
    for (const token of [{ authorization }, { 'x-auth-token': authorization.slice('Bearer '.length) }]) {
      const answer = await app.inject({ url: '/api/v1/auth/session', headers: { ...token, ...headers } });
      assert.equal(answer.statusCode, 200);
    }
  }
});

test('a page of Offhook is not cross-site, also behind a proxy that forwards the host', async () => {
  const OWN: Headers[] = [
    { origin: 'http://offhook.example:8080', host: 'offhook.example:8080', 'sec-fetch-site': 'same-origin' },
    { origin: 'https://offhook.example', host: 'offhook.example:443' },
    { origin: 'https://offhook.example', host: '10.0.0.1:8080', 'x-forwarded-host': 'offhook.example' },
    { 'sec-fetch-site': 'none', host: 'localhost' },
  ];
  for (const headers of OWN) {
    const answer = await app.inject({ url: '/ingest/v1/ringcx', headers: { ...BASIC, ...headers } });
    assert.equal(answer.statusCode, 200, JSON.stringify(headers));
  }
});

test('an empty body is empty with any content type', async () => {
  for (const { method, path, url } of ROUTES) {
    const bare = await app.inject({ method, url, headers: bearer('nobody') });
    await signInAgain(path);
    for (const type of ['application/json', 'application/json; charset=UTF-8', 'text/plain', 'nonsense']) {
      const headers = { ...bearer('nobody'), 'content-type': type };
      const typed = await app.inject({ method, url, headers });
      await signInAgain(path);
      assert.equal(typed.statusCode, bare.statusCode, `${method} ${path} as ${type}: ${typed.body}`);
    }
    assert.ok(bare.statusCode !== 415 && bare.statusCode < 500, `${method} ${path}: ${bare.body}`);
  }
});

test('a token can be revoked by a request with a content type and no body', async () => {
  for (const prefix of ['/api/v1', '/voice/api/v1']) {
    const admin = bearer('administrator');
    const token = (await app.inject({ method: 'POST', url: `${prefix}/admin/token`, headers: admin })).body;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const session = () => app.inject({ url: `${prefix}/auth/session`, headers });
    assert.equal((await session()).statusCode, 200);
    const url = `${prefix}/admin/token/${token}`;
    assert.equal((await app.inject({ method: 'DELETE', url, headers })).statusCode, 204);
    assert.equal((await session()).statusCode, 401);
  }
});

test('an unknown address gets 404 for every method and every body', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const BODIES = [
    '\r\n',
    'Content-Type: application/json\r\nContent-Length: 0\r\n\r\n',
    'Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{"a":',
    'Content-Type: image/png\r\nContent-Length: 3\r\n\r\nabc',
    'Content-Length: 99999999\r\n\r\n',
  ];
  const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
  for (const method of METHODS) {
    for (const path of ['/nothing', '/api/v1/nothing', '/voice/api/v1/admin/users/x/y']) {
      for (const body of BODIES) {
        const answer = await sent(port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${body}`);
        assert.match(answer, /^HTTP\/1\.1 404 /, `${method} ${path} ${body}`);
        assert.match(answer, /x-content-type-options: nosniff/i);
      }
    }
  }
  // A known address with an unsupported method.
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    const answer = await sent(port, `${method} /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 404 /, method);
  }
  const broken = await sent(port, 'no HTTP\r\n\r\n');
  assert.match(broken, /^HTTP\/1\.1 400 .*x-content-type-options: nosniff.*cache-control: no-store/is);
});

/** Sends a request as raw text and returns the whole answer. */
async function sent(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', chunk => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}
