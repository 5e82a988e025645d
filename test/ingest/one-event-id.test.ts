// One event id with two facts: both are kept in any order of arrival, a check reports them, and an upgrade duplicates nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { migrate } from '../../src/engine/migrate.ts';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { reusedEventIds } from '../../src/quality/checks/reused-event-ids.ts';
import { offhook as feed } from '../../src/sources/offhook/offhook.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { EVENT_COLUMNS } from '../../src/ingest/events/event-block.ts';
import { decodeContext } from '../support/decode-context.ts';
import { temporaryServer } from '../support/temporary-server.ts';

const { offhook } = await temporaryServer();
const { engine } = offhook;
const FIXTURES = new URL('../../src/sources/offhook/fixtures/', import.meta.url);
const linesOf = (name: string) =>
  readFileSync(new URL(`${name}.ndjson`, FIXTURES), 'utf8')
    .trimEnd()
    .split('\n');
const clock = { nowMs: Date.UTC(2024, 0, 2), staleAfterMs: 57_600_000 };
const DAY = { fromMs: Date.UTC(2024, 0, 1), toMs: Date.UTC(2024, 0, 2) };

async function send(accountId: string, lines: readonly string[]) {
  const texts = lines.map(line => line.replace('"M1"', JSON.stringify(accountId)));
  await offhook.ingest(feed, splitText(texts.join('\n'), feed.splitter()), decodeContext({ accountId }));
}

async function report(accountId: string): Promise<Record<string, unknown>[]> {
  const criteria = { accountIds: [accountId], start: '2024-01-01', end: '2024-01-01', timezone: 'UTC' };
  let text = '';
  const bytes = offhook.report({ ...criteria, ...ALL_SESSIONS }, clock, {
    format: 'json',
    keepFormulas: false,
  });
  for await (const chunk of bytes) text += Buffer.from(chunk).toString();
  return JSON.parse(text);
}

const find = (accountId: string) =>
  reusedEventIds.find(engine, {
    accountIds: [accountId],
    ...DAY,
    clock,
    visibleGroups: new Map(),
    seesUnassigned: true,
  });

test('a call that comes back to the agent who had answered it is one call', async () => {
  await send('twice', linesOf('one-call-answered-twice'));
  const [row] = await report('twice');
  assert.deepEqual([row!.presented, row!.accepted, row!.rna], [1, 1, 0]);
  assert.equal((await find('twice')).count, 0);
});

test('two facts of one id give the same report in every order, in one request or several, sent once or twice', async () => {
  const lines = linesOf('one-event-id-two-facts');
  await send('forward', lines);
  await send('backward', lines.toReversed());
  for (const line of [...lines, ...lines.toReversed()]) await send('one by one', [line]);
  const expected = await report('forward');
  assert.equal(expected.length, 1);
  assert.equal(expected[0]!.accepted, 1);
  assert.deepEqual(await report('backward'), expected);
  assert.deepEqual(await report('one by one'), expected);
});

test('the check names the id, the session and both facts', async () => {
  const { count, examples } = await find('backward');
  assert.equal(count, 1);
  const [{ loginSessionId, agentId, amount, detail }] = examples as [(typeof examples)[number]];
  assert.deepEqual([loginSessionId, agentId, amount], ['2', '2', 2]);
  assert.equal(
    detail,
    'eventId e1 names 2 facts: ANSWER WORKING at 2024-01-01 08:10:00.000 UTC; ' +
      'OFFER ENGAGED call c4 at 2024-01-01 08:10:00.000 UTC. They differ in kind, baseState, callId.',
  );
});

test('the same id in two sessions, or the same fact sent again, is not a finding', async () => {
  const [login, , , logout] = linesOf('one-event-id-two-facts').map(line => JSON.parse(line));
  const facts = ['2', '3'].flatMap(loginSessionId =>
    [login, logout].map((fact, nth) => ({ ...fact, loginSessionId, eventId: `${nth}` })),
  );
  const lines = facts.map(fact => JSON.stringify(fact));
  await send('again', [...lines, ...lines]);
  await send('again', lines);
  assert.equal((await find('again')).count, 0);
});

test('events stored under the old ids before the upgrade are recognized when they come again', async () => {
  const lines = [
    ...linesOf('one-event-id-two-facts').slice(0, 2),
    ...linesOf('one-call-answered-twice').map((line, nth) => line.replace('{', `{"eventId":"x${nth}",`)),
  ];
  await send('before', lines);
  const expected = await report('before');
  const columns = EVENT_COLUMNS.join(', ');
  await engine.command(
    `INSERT INTO events (${columns}, event_id)
     SELECT ${columns}, if(source_event_id = '', event_id, sipHash64(source_event_id))
     FROM events WHERE account_id = 'before'`,
  );
  await engine.command(
    "DELETE FROM events WHERE account_id = 'before' AND source_event_id != '' AND event_id != sipHash64(source_event_id)",
  );
  const stored = () =>
    engine.query<{ ids: number }>("SELECT event_id AS ids FROM events FINAL WHERE account_id = 'before' ORDER BY ids");
  const old = await stored();
  assert.equal(old.length, lines.length);
  await engine.command('DELETE FROM schema_migrations WHERE version = 15');
  await migrate(engine);
  const migrated = await stored();
  assert.equal(migrated.length, lines.length);
  assert.notDeepEqual(migrated, old);
  await send('before', lines);
  assert.deepEqual(await stored(), migrated);
  assert.deepEqual(await report('before'), expected);
});
