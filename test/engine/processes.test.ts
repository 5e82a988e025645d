// Two Offhook processes on one ClickHouse server: concurrent work happens once, and no cache is stale.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openAudit } from '../../src/access/audit/audit.ts';
import { openTokenFamilies } from '../../src/access/tokens/token-families.ts';
import { openUserAdmin } from '../../src/access/users/user-admin.ts';
import { ensureFirstUser, listUsers, writeUser } from '../../src/access/users/users.ts';
import { LIMITS } from '../../src/limits.ts';
import { openOffhook } from '../../src/pipeline.ts';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { feedNamed } from '../../src/sources/registry.ts';
import { readAccount, writeAccount } from '../../src/directory/accounts.ts';
import { withChangeLock } from '../../src/engine/lock.ts';
import { keyedMutex } from '../../src/engine/keyed-mutex.ts';
import { startFront } from '../support/server/start-front.ts';
import { grant } from '../support/temporary-server.ts';

process.env.OFFHOOK_CLICKHOUSE_URL ??= (await startFront()).url;
const NOW_MS = Date.UTC(2026, 5, 1, 12);
const [one, two] = await Promise.all([openOffhook('unused'), openOffhook('unused')]);
const both = [one, two] as const;

test('both start on an empty database, and each migration is applied once', async () => {
  const rows = await one.engine.query<{ times: number }>(
    'SELECT count() AS times FROM schema_migrations GROUP BY version',
  );
  assert.ok(rows.length > 0);
  assert.ok(rows.every(({ times }) => times === 1));
});

test('the first user is made once', async () => {
  const made = await Promise.all(
    both.map(({ engine }) => ensureFirstUser(engine, { username: undefined, password: undefined }, NOW_MS)),
  );
  assert.equal(made.filter(({ generatedPassword }) => generatedPassword !== undefined).length, 1);
});

test('changes that read before they write lose nothing', async () => {
  await one.engine.command('CREATE TABLE counted (n UInt32) ENGINE = MergeTree ORDER BY n');
  const add = ({ engine }: (typeof both)[number]) =>
    withChangeLock(engine, async () => {
      const [row] = await engine.query<{ n: number }>('SELECT max(n) AS n FROM counted');
      await engine.insert('counted', [{ n: (row?.n ?? 0) + 1 }]);
    });
  await Promise.all([1, 2, 3].flatMap(() => both.map(add)));
  assert.deepEqual(await two.engine.query('SELECT count() AS rows, max(n) AS n FROM counted'), [{ rows: 6, n: 6 }]);
});

test('a process knows whether another one was in between, and one that died holds up nobody for ever', async () => {
  const wasLast = ({ engine }: (typeof both)[number]) => engine.withLock('own', async own => own);
  assert.deepEqual(
    [await wasLast(one), await wasLast(one), await wasLast(two), await wasLast(one), await wasLast(one)],
    [false, true, false, false, true],
  );
  await one.engine.command(
    `INSERT INTO process_locks (name, owner, is_held, since_ms, until, turn, version)
     SELECT 'own', 'dead', 1, 0, now64(3) - 1, 0, 1`,
  );
  assert.equal(await wasLast(one), false, 'nobody knows how far it came');
});

test('two administrators who delete each other do not both succeed', async () => {
  const admins = ['ada', 'bob'];
  for (const name of admins) {
    await writeUser(one.engine, { username: name, grants: [grant('', 'administrator')] }, name, NOW_MS);
  }
  const adminOf = ({ engine }: (typeof both)[number]) =>
    openUserAdmin({
      engine,
      audit: openAudit(engine, () => NOW_MS),
      now: () => NOW_MS,
      mutex: keyedMutex(),
      changed: () => {},
    });
  const [first] = (await listUsers(one.engine)).filter(({ username }) => !admins.includes(username));
  await adminOf(one).remove(first!.username, { username: 'ada', address: '' });
  const ends = await Promise.allSettled([
    adminOf(one).remove('bob', { username: 'ada', address: '' }),
    adminOf(two).remove('ada', { username: 'bob', address: '' }),
  ]);
  assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal((await listUsers(two.engine)).length, 1);
});

test('a refresh token that is sent to both is used once', async () => {
  const [{ username } = { username: '' }] = await listUsers(one.engine);
  const familiesOf = ({ engine }: (typeof both)[number]) =>
    openTokenFamilies(
      engine,
      openAudit(engine, () => NOW_MS),
      () => NOW_MS,
      () => {},
    );
  const { tokens } = await familiesOf(one).begin({ username, clientId: 'c', credentialId: '' });
  const answers = await Promise.all(
    both.map(process => familiesOf(process).refresh(tokens.platform_refresh!, 'platform_refresh', { address: '' })),
  );
  assert.equal(answers.filter(answer => answer !== undefined).length, 1);
});

test('settings that one changes are used by the other after some seconds', async () => {
  const given = { accountId: 'zone', isAllowed: () => true, live: true };
  const zoneAt = async (receivedAt: number) => (await two.decodeContext({ ...given, receivedAt })).zoneOf('zone');
  const before = await zoneAt(NOW_MS);
  const account = await readAccount(one.engine, 'zone');
  await writeAccount(one.engine, { ...account, accountId: 'zone', feedTimezone: 'Asia/Tokyo' }, NOW_MS);
  assert.notEqual(before, 'Asia/Tokyo');
  assert.equal(await zoneAt(NOW_MS + LIMITS.rememberSettingsMs + 1), 'Asia/Tokyo');
});

const AT = NOW_MS / 1000 - 3600;
const LINES = [
  `${AT}|NONE|q|SIP/7|ADDMEMBER|`,
  `${AT + 60}|NONE|q|SIP/7|PAUSE|Lunch`,
  `${AT + 120}|NONE|q|SIP/7|UNPAUSE|`,
  `${AT + 300}|NONE|q|SIP/7|REMOVEMEMBER|`,
];
const asterisk = feedNamed('asterisk');

async function send(process: (typeof both)[number], accountId: string, raw: string): Promise<void> {
  const given = { accountId, isAllowed: () => true, receivedAt: NOW_MS, live: true };
  await process.ingest(asterisk, [{ raw, position: 1 }], await process.decodeContext(given));
}

/** The report of an account that is called as `alone` is. */
async function report(accountId: string): Promise<string> {
  const criteria = { accountIds: [accountId], start: '2026-06-01', end: undefined, timezone: 'UTC' };
  const clock = { nowMs: NOW_MS, staleAfterMs: 3_600_000 };
  const options = { format: 'csv', keepFormulas: false } as const;
  const chunks: Uint8Array[] = [];
  for await (const chunk of two.report({ ...criteria, ...ALL_SESSIONS }, clock, options)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').replaceAll(accountId, 'alone');
}

test('facts of one agent that come to both make the sessions that they make in one', async () => {
  for (const raw of LINES) await send(one, 'alone', raw);
  for (const [nth, raw] of LINES.entries()) await send(both[nth % 2]!, 'shared', raw);
  const expected = await report('alone');
  assert.equal(expected.trimEnd().split('\n').length, 2, 'a session and the header');
  assert.equal(await report('shared'), expected);
});

test('an alias that one sets counts in the other at once, also for agents whom it remembers', async () => {
  const expected = await report('alone');
  const ofTwoNames = LINES.map(line => line.replace(/SIP\/7\|(?=PAUSE|UNPAUSE)/, 'ADA|'));
  const aliases = [{ agentId: '7', alias: 'ADA' }];
  for (const raw of ofTwoNames.slice(0, 2)) await send(two, 'joined', raw);
  await one.aliases.add('joined', aliases, NOW_MS);
  for (const raw of ofTwoNames.slice(2)) await send(two, 'joined', raw);
  assert.equal(await report('joined'), expected);
  await Promise.all([
    ...ofTwoNames.map((raw, nth) => send(both[nth % 2]!, 'meanwhile', raw)),
    one.aliases.add('meanwhile', aliases, NOW_MS),
    two.aliases.add('meanwhile', aliases, NOW_MS),
  ]);
  assert.equal(await report('meanwhile'), expected);
});

after(async () => {
  await one.close();
  await two.close();
});
