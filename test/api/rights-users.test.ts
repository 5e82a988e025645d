// Only administrators manage users and API clients and read the audit log, and changes take effect at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { createClient, deleteClient } from '../../src/access/programs/clients.ts';
import { LIMITS } from '../../src/limits.ts';
import { type Form, JWT_GRANT, signInCalls } from '../support/sign-in.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user } = await temporaryServer();
const { call, exchange, login, platform, signIn } = signInCalls(app);

function send(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { headers = bearer('administrator'), body }: { headers?: Form; body?: unknown } = {},
): Promise<LightMyRequestResponse> {
  const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
  return app.inject({ method, url: `/voice/api/v1${path}`, headers: { ...headers }, ...payload });
}
const everything = [grant('', 'administrator')];
const client = await createClient(offhook.engine, 'test', clock.nowMs);
await user('of one account', [grant('1', 'administrator'), grant('', 'reader')]);
await user('reader', [grant('', 'reader')]);
await user('feed', [grant('', 'ingest')]);

const ADMINISTRATION: [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string][] = [
  ['GET', '/admin/users'],
  ['POST', '/admin/users'],
  ['PUT', '/admin/users/reader'],
  ['DELETE', '/admin/users/reader'],
  ['GET', '/admin/clients'],
  ['POST', '/admin/clients'],
  ['DELETE', `/admin/clients/${client.clientId}`],
  ['GET', '/admin/jwtCredentials'],
  ['POST', '/admin/jwtCredentials'],
  ['DELETE', '/admin/jwtCredentials/x'],
  ['GET', '/admin/auditLog'],
  ['GET', '/admin/auditLog?format=csv'],
];
for (const [method, path] of ADMINISTRATION) {
  test(`${method} ${path} is for administrators of all accounts`, async () => {
    for (const name of ['of one account', 'reader', 'feed']) {
      const answer = await send(method, path, { headers: bearer(name) });
      assert.equal(answer.statusCode, 403);
      assert.deepEqual(answer.json(), {
        errorCode: 'access.denied.exception',
        generalMessage: 'You do not have permission to access this resource',
        timestamp: clock.nowMs,
      });
    }
    assert.equal((await send(method, path, { headers: {} })).statusCode, 401);
  });
}

test('a user is made, listed, changed and deleted', async () => {
  const grants = [grant('1', 'reader', '7', '8'), grant('2', 'ingest')];
  const made = await send('POST', '/admin/users', { body: { username: 'ümit@x', password: 'p', grants } });
  assert.deepEqual(made.json(), { username: 'ümit@x', grants });
  const listed = (await send('GET', '/admin/users')).json();
  assert.deepEqual(
    listed.find((one: { username: string }) => one.username === 'ümit@x'),
    { username: 'ümit@x', grants },
  );
  const path = `/admin/users/${encodeURIComponent('ümit@x')}`;
  const other = [grant('3', 'reader')];
  assert.deepEqual((await send('PUT', path, { body: { grants: other } })).json(), {
    username: 'ümit@x',
    grants: other,
  });
  assert.equal((await login('ümit@x', 'p')).statusCode, 200, 'the password stays');
  await send('PUT', path, { body: { password: 'q' } });
  assert.equal((await login('ümit@x', 'p')).statusCode, 401);
  assert.equal((await login('ümit@x', 'q')).statusCode, 200);
  assert.equal((await send('DELETE', path)).statusCode, 204);
  assert.equal((await login('ümit@x', 'q')).statusCode, 401);
  for (const method of ['PUT', 'DELETE'] as const) {
    assert.equal((await send(method, path, { body: {} })).statusCode, 404);
  }
});

test('without a password, one is generated and shown once', async () => {
  const body = { username: 'generated', grants: [{ accountId: '1', role: 'reader' }] };
  const { password } = (await send('POST', '/admin/users', { body })).json();
  assert.match(password, /^[\w-]{16}$/);
  assert.equal((await login('generated', password)).statusCode, 200);
  assert.equal((await send('GET', '/admin/users')).body.includes(password), false);
});

const NEW = { username: 'new', password: 'p', grants: [grant('1', 'reader')] };
const REFUSED: [name: string, body: object, status: number, code: string][] = [
  ['a name that is taken', { ...NEW, username: 'reader' }, 409, 'ALREADY_EXISTS'],
  ['an empty name', { ...NEW, username: '' }, 400, 'INVALID_REQUEST'],
  ['a name with a colon', { ...NEW, username: 'a:b' }, 400, 'INVALID_REQUEST'],
  ['a name with a line break', { ...NEW, username: 'a\nb' }, 400, 'INVALID_REQUEST'],
  ['a name with a space at its end', { ...NEW, username: 'a ' }, 400, 'INVALID_REQUEST'],
  ['a name that is too long', { ...NEW, username: 'a'.repeat(LIMITS.nameChars + 1) }, 400, 'INVALID_REQUEST'],
  ['an unknown role', { ...NEW, grants: [{ accountId: '1', role: 'king' }] }, 400, 'INVALID_REQUEST'],
  ['groups of an administrator', { ...NEW, grants: [grant('1', 'administrator', '7')] }, 400, 'INVALID_REQUEST'],
  ['an empty password', { ...NEW, password: '' }, 400, 'INVALID_REQUEST'],
  ['no grants', { username: 'new' }, 400, 'INVALID_REQUEST'],
];
for (const [name, body, status, code] of REFUSED) {
  test(`${name} is refused`, async () => {
    const answer = await send('POST', '/admin/users', { body });
    assert.equal(answer.statusCode, status);
    assert.equal(answer.json().errorCode, code);
    assert.equal(
      (await send('GET', '/admin/users')).json().some((one: typeof NEW) => one.username === 'new'),
      false,
    );
  });
}

test('the last administrator stays, also if two delete each other', async () => {
  const path = '/admin/users/administrator';
  for (const answer of [
    await send('DELETE', path),
    await send('PUT', path, { body: { grants: [grant('1', 'administrator'), grant('', 'reader')] } }),
  ]) {
    assert.equal(answer.statusCode, 400);
    assert.match(answer.json().generalMessage, /the only administrator of all accounts/);
  }
  await user('second', everything);
  const both = await Promise.all([
    send('DELETE', '/admin/users/second'),
    send('DELETE', path, { headers: bearer('second') }),
  ]);
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [204, 400]);
  const left = (await send('GET', '/admin/users', { headers: bearer('second') })).statusCode === 200;
  if (left) await user('administrator', everything);
  else await user('second', everything);
});

test('changed rights apply to the next call', async () => {
  await user('rising', [grant('1', 'reader')]);
  const { access } = await signIn(client, 'rising', 'rising');
  const headers = { authorization: `Bearer ${access}` };
  assert.equal((await send('GET', '/admin/users', { headers })).statusCode, 403);
  await send('PUT', '/admin/users/rising', { body: { grants: everything } });
  assert.equal((await send('GET', '/admin/users', { headers })).statusCode, 200);
  await send('PUT', '/admin/users/rising', { body: { grants: [] } });
  assert.equal((await send('GET', '/admin/users', { headers })).statusCode, 403);
});

/** Tries all kinds of credentials of a user; true for those that work. */
async function waysIn(name: string) {
  await user(name, [grant('1', 'reader')]);
  const jwt = (await send('POST', '/admin/jwtCredentials', { body: { username: name, label: 'x' } })).json();
  const { authToken } = (await login(name, name)).json();
  const apiToken = (await app.inject({ method: 'POST', url: '/api/v1/admin/token', headers: bearer(name) })).body;
  const tokens = await signIn(client, name, name);
  const isOk = async (answer: Promise<LightMyRequestResponse>) => (await answer).statusCode === 200;
  return async () => ({
    password: await isOk(login(name, name)),
    auth: await isOk(call(`Bearer ${authToken}`)),
    access: await isOk(call(`Bearer ${tokens.access}`)),
    exchange: await isOk(exchange(tokens.platform)),
    api: await isOk(call(`Bearer ${apiToken}`)),
    jwt: await isOk(platform(client, { grant_type: JWT_GRANT, assertion: jwt.assertion })),
  });
}
const OPEN = { password: true, auth: true, access: true, exchange: true, api: true, jwt: true };
const CLOSED = { password: false, auth: false, access: false, exchange: false, api: false, jwt: false };

test('a new password signs the user out at once; API tokens and JWT credentials stay valid', async () => {
  const ways = await waysIn('changing');
  assert.deepEqual(await ways(), OPEN);
  await send('PUT', '/admin/users/changing', { body: { password: 'new' } });
  assert.deepEqual(await ways(), { ...CLOSED, api: true, jwt: true });
});

test('a deleted user is signed out at once, and old tokens stay invalid for a new user of the same name', async () => {
  const ways = await waysIn('leaving');
  assert.deepEqual(await ways(), OPEN);
  await send('DELETE', '/admin/users/leaving');
  assert.deepEqual(await ways(), CLOSED);
  await send('POST', '/admin/users', { body: { ...NEW, username: 'leaving', password: 'leaving' } });
  assert.deepEqual(await ways(), { ...CLOSED, password: true });
});

test('API clients are created, listed without their secrets, and deleted with their tokens', async () => {
  const made = (await send('POST', '/admin/clients', { body: { label: 'Payroll' } })).json();
  const one = { clientId: made.clientId, label: 'Payroll', createdAt: new Date(clock.nowMs).toISOString() };
  assert.deepEqual(made, { ...one, clientSecret: made.clientSecret });
  const listed = await send('GET', '/admin/clients');
  assert.deepEqual(
    listed.json().find(({ clientId }: typeof one) => clientId === one.clientId),
    one,
  );
  assert.equal(listed.body.includes(made.clientSecret), false);
  const { access } = await signIn(made, 'reader', 'reader');
  assert.equal((await call(`bearer ${access}`)).statusCode, 200);
  assert.equal((await send('DELETE', `/admin/clients/${made.clientId}`)).statusCode, 204);
  assert.equal((await call(`bearer ${access}`)).statusCode, 401);
  const form = { grant_type: 'password', username: 'reader', password: 'reader' };
  assert.equal((await platform(made, form)).json().error, 'invalid_client');
  assert.equal((await send('DELETE', `/admin/clients/${made.clientId}`)).statusCode, 404);
});

test('JWT credentials are created for existing users, listed, and deleted with their tokens', async () => {
  const nobody = await send('POST', '/admin/jwtCredentials', { body: { username: 'nobody', label: 'x' } });
  assert.equal(nobody.statusCode, 404);
  const body = { username: 'reader', label: 'Nightly' };
  const { assertion, ...one } = (await send('POST', '/admin/jwtCredentials', { body })).json();
  const listed = await send('GET', '/admin/jwtCredentials');
  assert.deepEqual(
    listed.json().find((some: typeof one) => some.credentialId === one.credentialId),
    one,
  );
  assert.equal(listed.body.includes(assertion), false);
  const { access_token } = (await platform(client, { grant_type: JWT_GRANT, assertion })).json();
  const { accessToken } = (await exchange(access_token)).json();
  assert.equal((await call(`bearer ${accessToken}`)).statusCode, 200);
  assert.equal((await send('DELETE', `/admin/jwtCredentials/${one.credentialId}`)).statusCode, 204);
  assert.equal((await call(`bearer ${accessToken}`)).statusCode, 401);
  assert.equal((await send('DELETE', `/admin/jwtCredentials/${one.credentialId}`)).statusCode, 404);
});

test('the audit log can be filtered by time, user and action, and reading it is recorded', async () => {
  clock.nowMs += 60_000;
  const from = new Date(clock.nowMs).toISOString();
  const made = (await send('POST', '/admin/clients', { body: { label: 'recorded' } })).json();
  await send('POST', '/admin/users', { body: { ...NEW, username: 'recorded' } });
  await send('PUT', '/admin/users/recorded', { body: { password: 'n3w' } });
  await send('DELETE', '/admin/users/recorded');
  await send('DELETE', `/admin/clients/${made.clientId}`);
  const answer = await send('GET', `/admin/auditLog?from=${from}`);
  assert.match(String(answer.headers['content-type']), /^application\/json/);
  const rows: { action: string; username: string; address: string; at: string }[] = answer.json();
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['CLIENT_CREATED', 'USER_CHANGED', 'USER_CHANGED', 'USER_DELETED', 'CLIENT_DELETED', 'AUDIT_READ'],
  );
  for (const row of rows) {
    assert.deepEqual([row.username, row.address, row.at], ['administrator', '127.0.0.1', from]);
  }
  assert.equal(answer.body.includes('n3w'), false);
  assert.deepEqual((await send('GET', `/admin/auditLog?to=${from}&action=USER_DELETED`)).json().length > 0, true);
  assert.deepEqual((await send('GET', `/admin/auditLog?from=${from}&username=nobody`)).json(), []);
  const csv = await send('GET', `/admin/auditLog?from=${from}&action=USER_DELETED&format=csv`);
  assert.match(String(csv.headers['content-disposition']), /audit-log\.csv/);
  assert.equal(csv.body.split('\n').length, 3);
  const lines = await send('GET', `/admin/auditLog?from=${from}&action=AUDIT_READ&format=ndjson`);
  assert.equal(lines.body.trim().split('\n').length, 5);
  for (const query of ['from=yesterday', 'action=NOTHING', 'format=pdf']) {
    assert.equal((await send('GET', `/admin/auditLog?${query}`)).json().errorCode, 'INVALID_REQUEST');
  }
});

test('tokens of an API client that another process deleted stop working soon', async () => {
  const gone = await createClient(offhook.engine, 'gone', clock.nowMs);
  const { access } = await signIn(gone, 'reader', 'reader');
  assert.equal((await call(`bearer ${access}`)).statusCode, 200);
  await deleteClient(offhook.engine, gone.clientId, clock.nowMs);
  clock.nowMs += LIMITS.rememberCredentialsMs;
  assert.equal((await call(`bearer ${access}`)).statusCode, 401);
});
