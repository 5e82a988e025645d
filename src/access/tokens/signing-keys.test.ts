// A copy of the data cannot be used to sign: private keys are only in memory, and old secrets are deleted from the disk.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import { migrate } from '../../engine/migrate.ts';
import { LIMITS } from '../../limits.ts';
import { readAccess, signAccess } from './access-jwt.ts';
import { openSigningKeys, removeOldKeys } from './signing-keys.ts';

const { engine, dataDir } = await temporaryEngine();
let nowMs = Date.UTC(2026, 5, 1);
const now = () => nowMs;
const CLAIMS = { username: 'ada', family: 'f' };

/** Whether a file of the data contains the text. grep, since files of the engine come and go meanwhile. */
const isOnDisk = (text: string): boolean => spawnSync('grep', ['-rqsF', text, dataDir]).status === 0;

const ofServer = engine.isShared && 'the disk is the server’s';
test('the secrets of older versions are dropped with their table and deleted from the disk', {
  skip: ofServer,
}, async () => {
  const secret = 'kX9sQ1vR7bYt2MZp4Wc8LfG6hJ3nD5aT0eUiOyPqSrA';
  await engine.command(
    `CREATE TABLE signing_keys (key_id String, secret String, created_at DateTime64(3, 'UTC'))
     ENGINE = ReplacingMergeTree ORDER BY key_id`,
  );
  await engine.insert('signing_keys', [{ key_id: 'old', secret }]);
  assert.equal(isOnDisk(secret), true);
  await engine.command('DELETE FROM schema_migrations WHERE version = 12');
  await migrate(engine);
  assert.equal(isOnDisk(secret), false);
  const forged = await new SignJWT({ fam: 'f' })
    .setProtectedHeader({ alg: 'HS256', kid: 'old' })
    .setSubject('ada')
    .setExpirationTime(new Date(nowMs + 1000))
    .sign(Buffer.from(secret, 'base64url'));
  assert.equal(await readAccess(openSigningKeys(engine, now), forged, nowMs), undefined);
});

test('each process signs with its own key and accepts the keys of the others', async () => {
  const [one, other] = [openSigningKeys(engine, now), openSigningKeys(engine, now)];
  const [first, second] = [await signAccess(one, CLAIMS, nowMs), await signAccess(other, CLAIMS, nowMs)];
  assert.notEqual(decodeProtectedHeader(first).kid, decodeProtectedHeader(second).kid);
  const restarted = openSigningKeys(engine, now);
  for (const keys of [one, other, restarted]) {
    for (const token of [first, second]) {
      assert.equal((await readAccess(keys, token, nowMs))?.username, 'ada');
    }
  }
});

test('concurrent sign-ins use the same key', async () => {
  const keys = openSigningKeys(engine, now);
  const tokens = await Promise.all(Array.from({ length: 20 }, () => signAccess(keys, CLAIMS, nowMs)));
  assert.equal(new Set(tokens.map(token => decodeProtectedHeader(token).kid)).size, 1);
});

test('nothing in the table can be used to sign a valid token', async () => {
  const keys = openSigningKeys(engine, now);
  const real = await signAccess(keys, CLAIMS, nowMs);
  const { kid } = decodeProtectedHeader(real);
  const [row] = await engine.query<{ public_key: string }>(
    'SELECT public_key FROM access_keys WHERE key_id = {kid:String}',
    { kid: kid as string },
  );
  const published = JSON.parse(row?.public_key ?? '') as { x: string; d?: string };
  assert.equal(published.d, undefined);
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const unsigned = (alg: string, keyId = kid) =>
    new SignJWT({ fam: 'f' })
      .setProtectedHeader({ alg, kid: keyId as string })
      .setSubject('ada')
      .setExpirationTime(new Date(nowMs + 1000));
  const none = Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url');
  const forged = [
    await unsigned('HS256').sign(Buffer.from(published.x, 'base64url')),
    await unsigned('HS256').sign(Buffer.from(row?.public_key ?? '')),
    await unsigned('EdDSA').sign(privateKey),
    await unsigned('EdDSA', 'unknown').sign(privateKey),
    `${none}.${real.split('.')[1]}.`,
    `${real.split('.').slice(0, 2).join('.')}.`,
    `${real.slice(0, -4)}AAAA`,
  ];
  for (const token of forged) assert.equal(await readAccess(keys, token, nowMs), undefined, token);
});

test('a key signs for its time, is accepted for five more minutes, and is then deleted', async () => {
  const keys = openSigningKeys(engine, now);
  const kidOf = async () => decodeProtectedHeader(await signAccess(keys, CLAIMS, nowMs)).kid;
  const first = await kidOf();
  nowMs += LIMITS.signingKeyMs - 1;
  const last = await signAccess(keys, CLAIMS, nowMs);
  assert.equal(decodeProtectedHeader(last).kid, first);
  nowMs += 1;
  assert.notEqual(await kidOf(), first);
  assert.notEqual(await readAccess(openSigningKeys(engine, now), last, nowMs), undefined);
  nowMs += LIMITS.accessTokenMs;
  assert.equal(await keys.byId(first as string), undefined);
  await removeOldKeys(engine, nowMs + 1);
  const left = await engine.query<{ key_id: string }>('SELECT key_id FROM access_keys FINAL');
  assert.equal(left.length, 1);
});
