// A client that works like RingCentral's public JavaScript SDK, over a real connection: sign in, call, refresh, retry.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createClient } from '../../src/access/programs/clients.ts';
import { createJwtCredential } from '../../src/access/programs/jwt-credentials.ts';
import { LIMITS } from '../../src/limits.ts';
import { JWT_GRANT } from '../support/sign-in.ts';
import { grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user } = await temporaryServer();
await user('ada', [grant('77', 'reader')]);
const { clientId, clientSecret } = await createClient(offhook.engine, 'sdk', clock.nowMs);
const credential = await createJwtCredential(offhook.engine, { username: 'ada', label: 'sdk' }, clock.nowMs);
const server = await app.listen({ port: 0, host: '127.0.0.1' });
after(() => app.close());

interface SdkToken {
  accessToken: string;
  refreshToken: string;
}

/** Like the SDK: keeps one token, and refreshes it when the text of a 401 contains «expired». */
function sdk() {
  const self = {
    token: { accessToken: '', refreshToken: '' },
    platformToken: '',
    refreshes: 0,
    async form(path: string, fields: Record<string, string>, authorization?: string) {
      return fetch(`${server}${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8',
          Accept: 'application/json',
          ...(authorization ? { Authorization: authorization } : {}),
        },
        body: new URLSearchParams(fields),
      });
    },
    basic: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    async login(fields: Record<string, string>) {
      const platform = await self.form('/restapi/oauth/token', fields, self.basic);
      if (!platform.ok) throw new Error(await platform.text());
      self.platformToken = ((await platform.json()) as { access_token: string }).access_token;
      const exchanged = await self.form('/api/auth/login/rc/accesstoken?includeRefresh=true', {
        rcAccessToken: self.platformToken,
        rcTokenType: 'Bearer',
      });
      if (!exchanged.ok) throw new Error(await exchanged.text());
      self.token = (await exchanged.json()) as SdkToken;
    },
    async refresh() {
      self.refreshes++;
      const fields = { refresh_token: self.token.refreshToken, rcTokenType: 'Bearer' };
      const refreshed = await self.form('/api/auth/token/refresh', fields);
      if (!refreshed.ok) throw new Error(await refreshed.text());
      self.token = (await refreshed.json()) as SdkToken;
    },
    async get(path: string): Promise<Response> {
      const send = () => fetch(`${server}${path}`, { headers: { Authorization: `bearer ${self.token.accessToken}` } });
      const answer = await send();
      if (answer.status !== 401 || !/expired/i.test(await answer.clone().text())) return answer;
      await self.refresh();
      return send();
    },
    revoke: () => self.form('/restapi/oauth/revoke', { token: self.platformToken }, self.basic),
  };
  return self;
}

const CALL = '/voice/api/v1/admin/token';
const LOGINS: [name: string, fields: Record<string, string>][] = [
  ['a password', { grant_type: 'password', username: 'ada', password: 'ada', extension: '' }],
  ['a JWT credential', { grant_type: JWT_GRANT, assertion: credential.assertion }],
];
for (const [name, fields] of LOGINS) {
  test(`signed in with ${name}, the client keeps working`, async () => {
    const client = sdk();
    await client.login(fields);
    assert.equal((await client.get(CALL)).status, 200);
    const first = client.token;
    for (let refreshes = 1; refreshes <= 3; refreshes++) {
      clock.nowMs += LIMITS.accessTokenMs;
      const answer = await client.get(CALL);
      assert.deepEqual([answer.status, await answer.json()], [200, []]);
      assert.equal(client.refreshes, refreshes);
    }
    assert.notEqual(client.token.refreshToken, first.refreshToken);

    const thief = sdk();
    thief.token = first;
    await assert.rejects(thief.get(CALL), /INVALID_GRANT/);
    assert.equal((await client.get(CALL)).status, 401, 'the whole family has ended');
    await assert.rejects(client.refresh(), /INVALID_GRANT/);
    await client.login(fields);
    assert.equal((await client.get(CALL)).status, 200);
  });
}

test('the client signs out', async () => {
  const client = sdk();
  await client.login(LOGINS[0]![1]);
  assert.equal((await client.get(CALL)).status, 200);
  assert.equal((await client.revoke()).status, 200);
  assert.equal((await client.get(CALL)).status, 401);
  assert.equal(client.refreshes, 0);
});
