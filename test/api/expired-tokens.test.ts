// Expired tokens are deleted after a day; tokens that are still needed stay.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAudit } from '../../src/access/audit/audit.ts';
import { removeExpiredTokens } from '../../src/access/tokens/expired-tokens.ts';
import { openTokenFamilies } from '../../src/access/tokens/token-families.ts';
import { runAccessMaintenance } from '../../src/jobs/access-maintenance.ts';
import { issueApiToken, issueAuthToken, principalOfToken } from '../../src/access/tokens/tokens.ts';
import { writeUser } from '../../src/access/users/users.ts';
import { LIMITS } from '../../src/limits.ts';
import { grant } from '../support/temporary-server.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 5, 1);
const clock = { nowMs: START };
await writeUser(engine, { username: 'ada', grants: [grant('', 'administrator')] }, 'ada', START);
const families = openTokenFamilies(
  engine,
  openAudit(engine, () => clock.nowMs),
  () => clock.nowMs,
  () => {},
);
const origin = { username: 'ada', clientId: 'payroll', credentialId: '' };
const kinds = async () =>
  (await engine.query<{ kind: string }>('SELECT DISTINCT kind FROM tokens ORDER BY kind')).map(({ kind }) => kind);
const clear = () => engine.command('TRUNCATE TABLE tokens');

test('an auth token is kept for a day after it expires, an API token for ever', async () => {
  await clear();
  await issueAuthToken(engine, 'ada', false, START);
  const api = await issueApiToken(engine, 'ada', START);
  await removeExpiredTokens(engine, START + LIMITS.authTokenMs + DAY);
  assert.deepEqual(await kinds(), ['api', 'auth']);
  await removeExpiredTokens(engine, START + LIMITS.authTokenMs + DAY + 1);
  assert.deepEqual(await kinds(), ['api']);
  assert.ok(await principalOfToken(engine, api, START + 10_000 * DAY));
});

test('a token that was extended is valid beyond its first expiry and is deleted after its last', async () => {
  await clear();
  const token = await issueAuthToken(engine, 'ada', true, START);
  const usedMs = START + 10 * DAY;
  assert.ok(await principalOfToken(engine, token, usedMs));
  await removeExpiredTokens(engine, START + LIMITS.stayLoggedInMs + 2 * DAY);
  assert.ok(await principalOfToken(engine, token, START + LIMITS.stayLoggedInMs + 2 * DAY));
  await removeExpiredTokens(engine, START + LIMITS.stayLoggedInMs * 2 + 13 * DAY);
  assert.deepEqual(await kinds(), []);
});

test('a used refresh token is kept as long as its family: using it again revokes the family', async () => {
  await clear();
  clock.nowMs = START;
  const { tokens } = await families.begin(origin);
  const first = tokens.platform_refresh as string;
  let last = first;
  for (const days of [6, 12]) {
    clock.nowMs = START + days * DAY;
    last = (await families.refresh(last, 'platform_refresh', { address: '' }))?.tokens.platform_refresh as string;
    assert.ok(last);
  }
  await removeExpiredTokens(engine, clock.nowMs);
  assert.equal(await families.refresh(first, 'platform_refresh', { address: '' }), undefined);
  assert.equal(await families.refresh(last, 'platform_refresh', { address: '' }), undefined);
});

test('a family is deleted with the last of its tokens', async () => {
  await clear();
  clock.nowMs = START;
  await families.begin(origin);
  await removeExpiredTokens(engine, START + 8 * DAY);
  assert.deepEqual(await kinds(), ['family', 'platform_refresh']);
  await removeExpiredTokens(engine, START + 8 * DAY + 1);
  assert.deepEqual(await kinds(), []);
});

test('expired tokens are deleted at the start and daily', async t => {
  await clear();
  t.mock.timers.enable({ apis: ['setInterval'] });
  const failures: unknown[] = [];
  await issueAuthToken(engine, 'ada', false, START);
  clock.nowMs = START + 2 * DAY;
  const now = () => clock.nowMs;
  const parts = { engine, audit: openAudit(engine, now), now, auditKeepMonths: 0, flush: async () => {} };
  const stop = runAccessMaintenance(parts, error => failures.push(error));
  await issueAuthToken(engine, 'ada', false, clock.nowMs);
  clock.nowMs += 2 * DAY;
  t.mock.timers.tick(LIMITS.expiredTokensRemovedEveryMs);
  await stop();
  assert.deepEqual(failures, []);
  assert.deepEqual(await kinds(), []);
});
