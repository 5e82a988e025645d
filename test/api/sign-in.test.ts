// Sign-in as RingCentral's clients do it: grants, exchange, refresh, reuse, revocation, keys, throttling and audit entries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { createClient } from '../../src/access/programs/clients.ts';
import { createJwtCredential, deleteJwtCredential } from '../../src/access/programs/jwt-credentials.ts';
import { LIMITS } from '../../src/limits.ts';
import { basicOf, type Form, JWT_GRANT, signInCalls } from '../support/sign-in.ts';
import { grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user } = await temporaryServer();
const { engine } = offhook;
const { call, exchange, login, platform, post, refresh, revoke, signIn } = signInCalls(app);
await engine.insert('accounts', [
  { account_id: '77', main_account_id: '70', version: 1 },
  { account_id: '88', main_account_id: '', version: 1 },
]);
await user('ada', [grant('77', 'reader')]);
await user('bob', [grant('88', 'reader')]);
await user('feed', [grant('88', 'ingest')]);
const client = await createClient(engine, 'test', clock.nowMs);
const other = await createClient(engine, 'other', clock.nowMs);
const credential = await createJwtCredential(engine, { username: 'ada', label: 'nightly' }, clock.nowMs);
const withPassword = (username: string, password = username): Form => ({
  grant_type: 'password',
  username,
  password,
  extension: '101',
});
const auditActions = async (): Promise<string[]> =>
  (await engine.query<{ action: string }>('SELECT action FROM audit ORDER BY at, order_in_instant')).map(
    row => row.action,
  );

const GRANTS: [name: string, form: () => Promise<Form>][] = [
  ['password', async () => withPassword('ada')],
  ['JWT credential', async () => ({ grant_type: JWT_GRANT, assertion: credential.assertion })],
  [
    'refresh token',
    async () => {
      const { refresh_token } = (await platform(client, withPassword('ada'))).json();
      return { grant_type: 'refresh_token', refresh_token };
    },
  ],
];
for (const [name, form] of GRANTS) {
  test(`the platform accepts a ${name}, and the exchange signs in`, async () => {
    const answer = await platform(client, await form());
    assert.equal(answer.statusCode, 200, answer.body);
    assert.equal(answer.headers['cache-control'], 'no-store');
    const { access_token, refresh_token, owner_id, endpoint_id, ...rest } = answer.json();
    assert.deepEqual(rest, {
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token_expires_in: 604_800,
      scope: 'ReadAccounts',
    });
    for (const text of [access_token, refresh_token, owner_id, endpoint_id]) assert.match(text, /^[\w-]+$/);
    const { accessToken } = (await exchange(access_token)).json();
    assert.equal((await call(`bearer ${accessToken}`)).statusCode, 200);
    assert.equal(decodeJwt(accessToken).sub, 'ada');
  });
}

const REFUSED: [name: string, form: Form, status: number, error: string][] = [
  ['a wrong password', withPassword('ada', 'wrong'), 400, 'invalid_grant'],
  ['an unknown user', withPassword('nobody'), 400, 'invalid_grant'],
  ['no password', { grant_type: 'password', username: 'ada' }, 400, 'invalid_grant'],
  ['an unknown assertion', { grant_type: JWT_GRANT, assertion: 'a.b.c' }, 400, 'invalid_grant'],
  ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 400, 'invalid_grant'],
  ['another grant', { grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
  ['a grant type with the name of an object property', { grant_type: 'constructor' }, 400, 'unsupported_grant_type'],
  ['no grant', {}, 400, 'invalid_request'],
];
for (const [name, form, status, error] of REFUSED) {
  test(`the platform refuses ${name} with ${error}`, async () => {
    const answer = await platform(client, form);
    assert.equal(answer.statusCode, status);
    assert.equal(answer.json().error, error);
    assert.equal(typeof answer.json().error_description, 'string');
  });
}

test('the platform refuses unknown clients', async () => {
  const wrong = { ...client, clientSecret: 'wrong' };
  const unknown = { clientId: 'unknown', clientSecret: client.clientSecret };
  for (const one of [wrong, unknown, { clientId: '', clientSecret: '' }]) {
    const answer = await platform(one, withPassword('ada'));
    assert.equal(answer.statusCode, 401);
    assert.equal(answer.json().error, 'invalid_client');
    assert.match(String(answer.headers['www-authenticate']), /Basic/);
    assert.equal((await revoke(one, 'x')).statusCode, 401);
  }
  const { refresh_token } = (await platform(client, withPassword('ada'))).json();
  const stolen = await platform(other, { grant_type: 'refresh_token', refresh_token });
  assert.equal(stolen.json().error, 'invalid_grant', 'a refresh token belongs to its program');
});

test('the exchange answers as documented, at both addresses', async () => {
  const { access_token } = (await platform(client, withPassword('ada'))).json();
  for (const prefix of ['', '/voice']) {
    const url = `${prefix}/api/auth/login/rc/accesstoken`;
    const answer = await post(`${url}?includeRefresh=true`, {
      rcAccessToken: access_token,
      rcTokenType: 'Bearer',
    });
    const { accessToken, refreshToken, adminId, agentDetails, ...rest } = answer.json();
    assert.deepEqual(
      agentDetails.map((one: { accountId: string }) => one.accountId),
      ['77'],
      'one per account that the user may read',
    );
    assert.deepEqual(rest, {
      tokenType: 'Bearer',
      mainAccountId: '70',
      ssoLogin: true,
      adminUrl: '/voice/admin/',
      agentUrl: '/voice/agent/',
    });
    assert.ok(Number.isInteger(adminId));
    assert.match(refreshToken, /^[\w-]{40,}$/);
    const { sub, fam, iat, exp, ...more } = decodeJwt(accessToken);
    assert.deepEqual([sub, typeof fam, more], ['ada', 'string', {}]);
    assert.deepEqual([iat, exp], [clock.nowMs / 1000, clock.nowMs / 1000 + 300]);
    const plain = await post(url, { rcAccessToken: access_token });
    assert.equal('refreshToken' in plain.json(), false);
  }
  const bob = await signIn(client, 'bob', 'bob');
  assert.equal((await refresh(bob.refresh)).json().mainAccountId, '88');
  const feed = (await platform(client, withPassword('feed'))).json();
  const ofFeed = (await exchange(feed.access_token)).json();
  assert.deepEqual([ofFeed.mainAccountId, ofFeed.agentDetails], ['', []]);
});

test('each kind of token only works for its own purpose', async () => {
  const tokens = await signIn(client, 'ada', 'ada');
  for (const token of [tokens.platform, tokens.platformRefresh, tokens.refresh, credential.assertion]) {
    assert.equal((await call(`Bearer ${token}`)).statusCode, 401);
  }
  for (const token of [tokens.access, tokens.platformRefresh, tokens.refresh]) {
    assert.equal((await exchange(token)).statusCode, 401);
  }
  for (const token of [tokens.access, tokens.platform, tokens.platformRefresh]) {
    assert.equal((await refresh(token)).statusCode, 400);
  }
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
    assert.equal((await call(`${scheme} ${tokens.access}`)).statusCode, 200);
  }
});

test('tokens expire in time, cached or not', async () => {
  const tokens = await signIn(client, 'ada', 'ada');
  clock.nowMs += LIMITS.accessTokenMs - 1;
  assert.equal((await call(`bearer ${tokens.access}`)).statusCode, 200);
  clock.nowMs += 1;
  const expired = await call(`bearer ${tokens.access}`);
  assert.equal(expired.statusCode, 401);
  assert.match(String(expired.headers['content-type']), /^text\/plain/);
  assert.equal(expired.body, 'Jwt is expired');
  clock.nowMs += LIMITS.platformTokenMs;
  assert.equal((await exchange(tokens.platform)).statusCode, 401);
  clock.nowMs += LIMITS.refreshTokenMs;
  assert.equal((await refresh(tokens.refresh)).statusCode, 400);
  const form = { grant_type: 'refresh_token', refresh_token: tokens.platformRefresh };
  assert.equal((await platform(client, form)).statusCode, 400);
});

test('using a refresh token twice revokes its family and no other', async () => {
  const kept = await signIn(client, 'ada', 'ada');
  const tokens = await signIn(client, 'ada', 'ada');
  const next = (await refresh(tokens.refresh)).json();
  assert.equal((await call(`bearer ${next.accessToken}`)).statusCode, 200);
  assert.equal((await refresh(tokens.refresh)).json().errorCode, 'INVALID_GRANT');
  for (const access of [tokens.access, next.accessToken]) {
    assert.equal((await call(`bearer ${access}`)).statusCode, 401);
  }
  assert.equal((await refresh(next.refreshToken)).statusCode, 400);
  assert.equal((await exchange(tokens.platform)).statusCode, 401);
  const form = { grant_type: 'refresh_token', refresh_token: tokens.platformRefresh };
  assert.equal((await platform(client, form)).statusCode, 400);
  assert.equal((await auditActions()).filter(action => action === 'TOKEN_REUSED').length, 1);
  assert.equal((await call(`bearer ${kept.access}`)).statusCode, 200);
});

const AT_ONCE: [name: string, send: (tokens: Awaited<ReturnType<typeof signIn>>) => ReturnType<typeof refresh>][] = [
  ['access', tokens => refresh(tokens.refresh)],
  [
    'platform',
    ({ platformRefresh: refresh_token }) => platform(client, { grant_type: 'refresh_token', refresh_token }),
  ],
];
for (const [name, send] of AT_ONCE) {
  test(`of simultaneous ${name} refreshes, one succeeds and the others revoke the family`, async () => {
    const tokens = await signIn(client, 'ada', 'ada');
    const answers = await Promise.all([send(tokens), send(tokens), send(tokens)]);
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 400, 400]);
    assert.equal((await call(`bearer ${tokens.access}`)).statusCode, 401);
    assert.equal((await exchange(tokens.platform)).statusCode, 401);
  });
}

test('revoking any token of a sign-in revokes all of them at once', async () => {
  for (const kind of ['platform', 'platformRefresh', 'refresh'] as const) {
    const tokens = await signIn(client, 'ada', 'ada');
    assert.equal((await call(`bearer ${tokens.access}`)).statusCode, 200);
    assert.equal((await revoke(other, tokens[kind])).statusCode, 200, 'nothing of another program');
    assert.equal((await call(`bearer ${tokens.access}`)).statusCode, 200);
    assert.equal((await revoke(client, tokens[kind])).statusCode, 200);
    assert.equal((await call(`bearer ${tokens.access}`)).statusCode, 401);
    assert.equal((await refresh(tokens.refresh)).statusCode, 400);
    assert.equal((await revoke(client, tokens[kind])).statusCode, 200);
  }
});

test('after a change of keys, tokens and credentials stay valid', async () => {
  const before = await signIn(client, 'ada', 'ada');
  const { kid } = decodeProtectedHeader(before.access);
  clock.nowMs += LIMITS.signingKeyMs;
  const grants = await platform(client, { grant_type: JWT_GRANT, assertion: credential.assertion });
  const after = (await exchange(grants.json().access_token)).json().accessToken as string;
  assert.notEqual(decodeProtectedHeader(after).kid, kid);
  assert.equal((await call(`bearer ${after}`)).statusCode, 200);
  const refreshed = (await refresh(before.refresh)).json().accessToken;
  assert.equal((await call(`bearer ${refreshed}`)).statusCode, 200);
});

test('deleting a JWT credential revokes the tokens obtained with it', async () => {
  const made = await createJwtCredential(engine, { username: 'bob', label: 'x' }, clock.nowMs);
  const form = { grant_type: JWT_GRANT, assertion: made.assertion };
  const { access_token } = (await platform(client, form)).json();
  const { accessToken } = (await exchange(access_token)).json();
  await deleteJwtCredential(engine, made.credentialId);
  clock.nowMs += LIMITS.rememberCredentialsMs;
  assert.equal((await platform(client, form)).statusCode, 400);
  assert.equal((await exchange(access_token)).statusCode, 401);
  assert.equal((await call(`bearer ${accessToken}`)).statusCode, 401);
});

const from = (address: string): Form => ({ 'x-forwarded-for': address });
type Try = (username: string, password: string, address: string) => ReturnType<typeof login>;
const send = (authorization: string, headers: Form = {}) =>
  app.inject({ url: '/ingest/v1/ringcx', headers: { authorization, ...headers } });
const WAYS: [name: string, attempt: Try, refused: number][] = [
  ['legacy login', (name, password, address) => login(name, password, from(address)), 401],
  ['password grant', (name, secret, at) => platform(client, withPassword(name, secret), from(at)), 400],
  ['Basic credentials', (name, password, at) => send(basicOf(name, password), from(at)), 401],
];
for (const [index, [name, attempt, refused]] of WAYS.entries()) {
  test(`${name}: wrong passwords delay the same name at the same address, and nobody else`, async () => {
    const [victim, bystander] = [`victim${index}`, `bystander${index}`];
    for (const one of [victim, bystander]) await user(one, [grant('88', 'ingest')]);
    const [home, elsewhere] = [`192.0.2.${index}`, `198.51.100.${index}`];
    for (let failed = 0; failed < LIMITS.signInFreeFailures; failed++) {
      assert.equal((await attempt(victim, `wrong ${failed}`, elsewhere)).statusCode, refused);
    }
    const waits = await attempt(victim, victim, elsewhere);
    assert.equal(waits.statusCode, 429);
    assert.equal(waits.json().errorCode, 'TOO_MANY_ATTEMPTS');
    assert.equal(waits.headers['retry-after'], '1');
    assert.equal((await attempt(victim, victim, home)).statusCode, 200);
    assert.equal((await attempt(bystander, bystander, elsewhere)).statusCode, 200);
    // Recently valid credentials still work, whatever fails from the same address.
    for (let failed = 0; failed < LIMITS.signInFreeFailures; failed++) {
      assert.equal((await attempt(victim, `wrong ${failed}`, home)).statusCode, refused);
    }
    assert.equal((await attempt(victim, 'another one', home)).statusCode, 429);
    clock.nowMs += LIMITS.rememberCredentialsMs;
    assert.equal((await attempt(victim, victim, home)).statusCode, 200);
  });
}

test('tokens, client secrets and assertions are checked even after many failures from the address', async () => {
  const address = from('198.51.100.77');
  const { authToken } = (await login('bob', 'bob')).json();
  const kinds: ((nth: number) => ReturnType<typeof login>)[] = [
    () => platform({ ...client, clientSecret: 'wrong' }, withPassword('ada'), address),
    () => platform(client, { grant_type: JWT_GRANT, assertion: 'a.b.c' }, address),
    nth => call(`Bearer old${nth}`, address),
    nth => login(`nobody${nth}`, 'x', address),
  ];
  for (let failed = 0; failed < 2 * LIMITS.signInFailuresPerAddress; failed++) {
    const { statusCode } = await kinds[failed % kinds.length]!(failed);
    assert.ok([400, 401].includes(statusCode), String(statusCode));
  }
  assert.equal((await call(`Bearer ${authToken}`, address)).statusCode, 200);
  const form = { grant_type: JWT_GRANT, assertion: credential.assertion };
  assert.equal((await platform(client, form, address)).statusCode, 200);
  assert.equal((await login('bob', 'bob', address)).statusCode, 200);
});

test('after the first refused sign-ins of a minute, the rest is counted and the count is recorded', async () => {
  clock.nowMs += 60_000;
  // Now the count of the previous minute is recorded.
  await call('Bearer old', from('203.0.113.9'));
  clock.nowMs += 1;
  const address = from('2001:db8:0:1::5');
  const neighbour = from('2001:db8:0:1:aa:bb:cc:dd');
  const fromMs = clock.nowMs;
  const rows = () =>
    engine.query<{ address: string; detail: string }>(
      `SELECT address, detail FROM audit
       WHERE at >= fromUnixTimestamp64Milli({fromMs:Int64}) AND action = 'SIGN_IN_REFUSED' ORDER BY at, order_in_instant`,
      { fromMs },
    );
  for (let nth = 0; nth < 3 * LIMITS.refusedSignInsPerAddress; nth++) {
    const answer = await call(`Bearer old${nth}`, nth % 2 === 0 ? address : neighbour);
    assert.equal(answer.statusCode, 401);
  }
  assert.equal((await rows()).length, LIMITS.refusedSignInsPerAddress);
  clock.nowMs += 60_000;
  await call('Bearer old', from('203.0.113.9'));
  const [summary, next, ...none] = (await rows()).slice(LIMITS.refusedSignInsPerAddress);
  assert.deepEqual(summary, {
    address: '2001:db8:0:1::/64',
    detail: JSON.stringify({ moreRefusals: 2 * LIMITS.refusedSignInsPerAddress }),
  });
  assert.equal(next?.address, '203.0.113.9');
  assert.deepEqual(none, []);
});

const LONG = 'x'.repeat(500_000);
const TOO_LONG: [name: string, send: () => ReturnType<typeof login>][] = [
  ['a user name', () => login(LONG, 'x')],
  ['a password', () => login('ada', LONG)],
  ['a user name at the platform', () => platform(client, withPassword(LONG, 'x'))],
  ['an extension', () => platform(client, { ...withPassword('ada', 'x'), extension: '1'.repeat(500_000) })],
  ['an assertion', () => platform(client, { grant_type: JWT_GRANT, assertion: LONG })],
  ['a grant', () => platform(client, { grant_type: LONG })],
  ['a refresh token', () => platform(client, { grant_type: 'refresh_token', refresh_token: LONG })],
  ['a refresh token of the second step', () => refresh(LONG)],
  ['a platform token', () => exchange(LONG)],
  ['a client id', () => platform({ clientId: LONG.slice(0, 9_000), clientSecret: 'x' }, withPassword('ada'))],
  ['a token', () => call(`Bearer ${LONG.slice(0, 12_000)}`)],
  ['a JWT', () => call(`Bearer e30.${LONG.slice(0, 12_000)}.x`)],
  ['a name of Basic', () => send(basicOf(LONG.slice(0, 9_000), 'x'))],
];
for (const [name, attempt] of TOO_LONG) {
  test(`${name} that is too long is refused and not stored`, async () => {
    clock.nowMs += 60_000;
    const answer = await attempt();
    assert.ok([400, 401].includes(answer.statusCode), answer.body.slice(0, 200));
    const [kept] = await engine.query<{ longest: number }>(
      'SELECT max(length(username) + length(address) + length(detail)) AS longest FROM audit',
    );
    assert.ok((kept?.longest ?? 0) < 1000, `${kept?.longest}`);
  });
}

test('a name with an extension, in one field or two, stands for the name, unless a user has the whole name', async () => {
  await user('+15550100', [grant('88', 'reader')]);
  await user('+15550100*102', [grant('88', 'reader')]);
  const nameOf = async (form: Form) => {
    const { access_token } = (await platform(client, { grant_type: 'password', ...form })).json();
    return access_token === undefined ? undefined : decodeJwt((await exchange(access_token)).json().accessToken).sub;
  };
  const password = '+15550100';
  assert.equal(await nameOf({ username: '+15550100*101', password }), '+15550100');
  assert.equal(await nameOf({ username: '+15550100*', password }), '+15550100');
  assert.equal(await nameOf({ username: '+15550100', password, extension: '101' }), '+15550100');
  assert.equal(await nameOf({ username: '+15550100', password, extension: '' }), '+15550100');
  assert.equal(await nameOf({ username: '+15550100*102', password: '+15550100*102' }), '+15550100*102');
  assert.equal(await nameOf({ username: '+15550100', extension: '102', password: '+15550100*102' }), '+15550100*102');
  assert.equal(await nameOf({ username: '+15550100*102', password }), undefined);
  assert.equal((await login('+15550100*101', password)).json().user.username, '+15550100');
  for (let failed = 1; failed < LIMITS.signInFreeFailures; failed++) {
    assert.equal((await login(`+15550100*${failed}`, 'wrong')).statusCode, 401);
  }
  assert.equal((await login('+15550100*99', 'wrong too')).statusCode, 429, 'an extension is no new name');
});

test('the audit log has users and actions but no secrets', async () => {
  clock.nowMs += 60_000;
  const fromMs = clock.nowMs;
  await login('ada', 'my wrong pa55word');
  const { authToken } = (await login('bob', 'bob')).json();
  const tokens = await signIn(client, 'ada', 'ada');
  const again = (await refresh(tokens.refresh)).json();
  await refresh(tokens.refresh);
  const api = await app.inject({
    method: 'POST',
    url: '/api/v1/admin/token',
    headers: { 'x-auth-token': authToken },
  });
  const gone = { method: 'DELETE', url: `/api/v1/admin/token/${api.body}` } as const;
  assert.equal((await app.inject({ ...gone, headers: { 'x-auth-token': authToken } })).statusCode, 204);
  await call('Bearer nonsense');
  const rows = await engine.query<{ action: string; username: string; address: string; detail: string }>(
    `SELECT action, username, address, detail FROM audit
     WHERE at >= fromUnixTimestamp64Milli({fromMs:Int64}) ORDER BY at, order_in_instant`,
    { fromMs },
  );
  assert.deepEqual(
    rows.map(({ action, username, detail }) => {
      const { kind, credentials } = JSON.parse(detail);
      return [action, username, kind ?? credentials].join(' ');
    }),
    [
      'SIGN_IN_REFUSED ada password',
      'SIGN_IN bob auth',
      'SIGN_IN ada password',
      'TOKEN_ISSUED ada platform',
      'TOKEN_ISSUED ada access',
      'TOKEN_ISSUED ada access',
      'TOKEN_REUSED ada refresh',
      'SIGN_IN_REFUSED  refresh token',
      'TOKEN_ISSUED bob api',
      'TOKEN_REVOKED bob api',
      'SIGN_IN_REFUSED  token',
    ],
  );
  assert.deepEqual([...new Set(rows.map(({ address }) => address))], ['127.0.0.1']);
  const text = JSON.stringify(rows);
  const secrets = [...Object.values(tokens), again.accessToken, again.refreshToken, authToken, api.body];
  for (const secret of [...secrets, client.clientSecret, 'pa55word']) {
    assert.equal(text.includes(secret), false, secret);
  }
});
