// Aliases: whenever one is added, and in whatever order the lines arrive, the report shows one person.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { feedNamed } from '../../src/sources/registry.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { addAliases, listAliases } from '../../src/directory/aliases/agent-aliases.ts';
import { decodeContext } from '../support/decode-context.ts';
import { bearer, temporaryServer } from '../support/temporary-server.ts';
import { runs } from '../support/property-runs.ts';

const { app, offhook } = await temporaryServer();
const NOW_MS = Date.UTC(2026, 5, 1);
const asterisk = feedNamed('asterisk');

/** Asterisk's default: memberships by the interface, all else by the member's name. */
const LINES = `1772524800|MANAGER|9999|Local/1004@from-queue/n|ADDMEMBER|
1772525100|1772525090.11|9999|NONE|DID|15550100
1772525100|1772525090.11|9999|NONE|ENTERQUEUE||5551230000|1
1772525110|1772525090.11|9999|DANA REED|CONNECT|10|1772525100.12|8
1772525230|1772525090.11|9999|DANA REED|COMPLETECALLER|10|120|1
1772525400|NONE|9999|DANA REED|PAUSE|LUNCHBREAK
1772527200|NONE|9999|DANA REED|UNPAUSE|LUNCHBREAK
1772527800|1772527785.13|9999|DANA REED|RINGNOANSWER|15000
1772528400|MANAGER|9999|Local/1004@from-queue/n|REMOVEMEMBER|`.split('\n');
const ALIASES = ['DANA REED', 'Local/1004@from-queue/n'].map(alias => ({ agentId: '1004', alias }));

let accounts = 0;
const newAccount = () => `aliases${accounts++}`;
const ingest = (accountId: string, lines: readonly string[], feed = asterisk) =>
  offhook.ingest(
    feed,
    splitText(lines.map(line => `${line}\n`).join(''), feed.splitter()),
    decodeContext({ accountId }),
  );
const alias = (accountId: string, aliases = ALIASES) => offhook.aliases.add(accountId, aliases, NOW_MS);

async function rowsOf(accountId: string): Promise<Record<string, unknown>[]> {
  const criteria = { accountIds: [accountId], start: '2000-01-01', end: '2026-05-31', timezone: 'UTC' };
  const clock = { nowMs: NOW_MS, staleAfterMs: 16 * 3_600_000 };
  const options = { format: 'ndjson', keepFormulas: false } as const;
  let text = '';
  for await (const chunk of offhook.report({ ...criteria, ...ALL_SESSIONS }, clock, options)) {
    text += Buffer.from(chunk).toString();
  }
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line.replaceAll(accountId, '')));
}

/** All that is stored, without when and by which insert it came. */
const stored = async (accountId: string) => ({
  events: await offhook.engine.query(
    `SELECT * EXCEPT (account_id, event_id) FROM events FINAL WHERE account_id = {accountId:String} ORDER BY ALL`,
    { accountId },
  ),
  sessions: await offhook.engine.query(
    `SELECT * EXCEPT (account_id) FROM login_sessions FINAL WHERE account_id = {accountId:String} ORDER BY ALL`,
    { accountId },
  ),
});

/** What the same lines give in order, all at once, in an account that knows the aliases from the beginning. */
async function expected(lines: readonly string[], aliases: typeof ALIASES, feed = asterisk) {
  const accountId = newAccount();
  await alias(accountId, aliases);
  await ingest(accountId, lines, feed);
  return stored(accountId);
}

test('one person, one row, with the times of both names; removed, the names are two agents again', async () => {
  const accountId = newAccount();
  await ingest(accountId, LINES);
  const apart = await stored(accountId);
  assert.equal((await rowsOf(accountId)).length, 2);
  const { changed, moved, left } = await alias(accountId);
  assert.deepEqual([changed, moved, left], [ALIASES, 5, []]);
  const rows = await rowsOf(accountId);
  assert.deepEqual(
    rows.map(({ agentId, loginSessionId }) => [agentId, loginSessionId]),
    [['1004', '1004@1772524800']],
  );
  const { loginTime, presented, accepted, rna, talkTime, ringTime, lunchTime } = rows[0]!;
  const minutes = [loginTime, talkTime, ringTime, lunchTime];
  assert.deepEqual(minutes, [3600 / 60, 120 / 60, 0.38, 1800 / 60]);
  assert.deepEqual([presented, accepted, rna], [2, 1, 1]);
  assert.deepEqual(await stored(accountId), await expected(LINES, ALIASES));

  const again = LINES.length - 2;
  assert.deepEqual(await ingest(accountId, LINES), { stored: again, rejected: 0, known: again });
  assert.equal((await rowsOf(accountId)).length, 1, 'the same lines again change nothing');
  const removed = await offhook.aliases.remove(accountId, ['DANA REED'], NOW_MS);
  assert.equal(removed.moved, 5);
  assert.deepEqual(await stored(accountId), apart);
});

test('whatever the order and batches of arrival, and whenever the alias is added, removed and added again', async () => {
  const days = [0, 1].flatMap(day =>
    LINES.flatMap(line => {
      const [second, ...fields] = line.split('|');
      const at = Number(second) + day * 86_400;
      const own = [at, ...fields].join('|').replaceAll('.1', `.${day}1`);
      return fields[2] === 'NONE' ? [] : [own, own.replace('DANA REED', 'BOB').replace('1004', '2004')];
    }),
  );
  const wanted = await expected(days, ALIASES);
  const arrival = fc.record({
    lines: fc.shuffledSubarray(days, { minLength: days.length }),
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: days.length - 1 }), { maxLength: 4 }),
    // After which piece the alias is said; three times: it was taken back in between.
    said: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 }),
    atOnce: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(arrival, async ({ lines, cuts, said, atOnce }) => {
      const accountId = newAccount();
      const changes = said.toSorted((a, b) => a - b);
      const bounds = [0, ...cuts.toSorted((a, b) => a - b), lines.length];
      const doing: Promise<unknown>[] = [];
      const run = async (what: Promise<unknown>) => (atOnce ? void doing.push(what) : void (await what));
      for (let piece = 0, change = 0; piece < 6; piece++) {
        for (; changes[change] === piece; change++) {
          if (change > 0) await run(offhook.aliases.remove(accountId, ['DANA REED'], NOW_MS));
          await run(alias(accountId));
        }
        const some = lines.slice(bounds[piece], bounds[piece + 1] ?? lines.length);
        if (piece < bounds.length - 1) await run(ingest(accountId, some));
      }
      await Promise.all(doing);
      assert.deepEqual(await stored(accountId), wanted);
    }),
    runs(4),
  );
});

test('FreeSWITCH: a name and the identifier of a newer configuration are one agent', async () => {
  const event = (us: number, agent: string, action: string, more: object) =>
    JSON.stringify({
      'Event-Name': 'CUSTOM',
      'Event-Subclass': 'callcenter::info',
      'CC-Agent': agent,
      'CC-Action': action,
      'Event-Date-Timestamp': String(us * 1_000_000),
      ...more,
    });
  const uuid = '0b5a7c1e-1c7e-4a64-8a0d-64f3d7a1b1d2@pbx.example.com';
  const call = { 'CC-Member-Session-UUID': 'caller-1', 'CC-Queue': 'support', 'CC-Agent-UUID': 'leg-1' };
  const lines = [
    event(1_772_524_800, 'dana@pbx.example.com', 'agent-status-change', { 'CC-Agent-Status': 'Available' }),
    event(1_772_525_000, uuid, 'agent-offering', call),
    event(1_772_525_008, uuid, 'bridge-agent-start', call),
    event(1_772_525_128, uuid, 'bridge-agent-end', call),
    event(1_772_528_400, 'dana@pbx.example.com', 'agent-status-change', { 'CC-Agent-Status': 'Logged Out' }),
  ];
  const freeswitch = feedNamed('freeswitch');
  const aliases = [{ agentId: 'dana@pbx.example.com', alias: uuid }];
  const accountId = newAccount();
  await ingest(accountId, lines, freeswitch);
  assert.equal((await rowsOf(accountId)).length, 2);
  await alias(accountId, aliases);
  const [row, ...others] = await rowsOf(accountId);
  assert.deepEqual(others, []);
  assert.deepEqual([row!.agentId, row!.loginTime, row!.accepted, row!.talkTime], [aliases[0]!.agentId, 60, 1, 2]);
  assert.deepEqual(await stored(accountId), await expected(lines, aliases, freeswitch));
});

test('a change that a process did not end is done by the next one', async () => {
  const accountId = newAccount();
  await ingest(accountId, LINES);
  await addAliases(offhook.engine, accountId, ALIASES, NOW_MS);
  assert.equal((await rowsOf(accountId)).length, 2);
  await offhook.aliases.finish();
  assert.deepEqual(await stored(accountId), await expected(LINES, ALIASES));
  assert.deepEqual(await offhook.engine.query('SELECT * FROM agent_aliases FINAL WHERE is_pending = 1'), []);
});

test('who has a stored event without its input stays as it was, and is named', async () => {
  const accountId = newAccount();
  await ingest(accountId, LINES);
  await offhook.engine.command(
    `INSERT INTO events (account_id, login_session_id, at, kind, agent_id, source, source_event_id)
     SELECT {accountId:String}, '', toDateTime64(1772525000, 3, 'UTC'), 'STATE', 'DANA REED', 'asterisk', 'lost'`,
    { accountId },
  );
  const before = await stored(accountId);
  const { moved, left } = await alias(accountId);
  assert.deepEqual([moved, left], [0, ['1004', 'DANA REED', 'Local/1004@from-queue/n']]);
  assert.deepEqual(await stored(accountId), before);
});

test('facts notify once, late ones too', async () => {
  const accountId = newAccount();
  const notified: string[][] = [];
  const end = offhook.onStored(accountIds => notified.push([...accountIds]));
  await ingest(accountId, LINES.slice(4));
  assert.deepEqual(notified, [[accountId]]);
  await ingest(accountId, LINES.slice(0, 4));
  end();
  assert.deepEqual(notified, [[accountId], [accountId]]);
});

test('listeners are notified when an alias changes the history', async () => {
  const accountId = newAccount();
  await ingest(accountId, LINES);
  const told: string[] = [];
  const end = offhook.onStored(accountIds => told.push(...accountIds));
  await alias(accountId);
  end();
  assert.deepEqual(told, [accountId]);
});

test('over HTTP: added, listed, imported, removed, in the audit log', async () => {
  const accountId = newAccount();
  await ingest(accountId, LINES);
  async function call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, payload?: object | string) {
    const url = `/voice/api/v1/admin/accounts/${accountId}/agentAliases${path}`;
    const answer = await app.inject({
      method,
      url,
      headers: bearer('administrator'),
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.json() };
  }
  const [from, to] = ['2026-03-03', '2026-03-03'];
  const suggested = await call('GET', `/suggestions?from=${from}&to=${to}`);
  const { agentId, alias: name, isLikely } = suggested.body[0];
  assert.deepEqual([agentId, name, isLikely], [1004, 'DANA REED', true]);
  const added = { changed: [{ agentId, alias: name }], unchanged: 0, movedEvents: 5, left: [] };
  assert.deepEqual(await call('PUT', '', { agentId, aliases: [name] }), { status: 200, body: added });
  assert.deepEqual((await call('GET', '')).body, added.changed);
  assert.deepEqual((await call('GET', `/suggestions?from=${from}&to=${to}`)).body, []);
  assert.equal((await rowsOf(accountId)).length, 1);
  const shown =
    '   Members:\n      DANA REED (SIP/1004) (dynamic)\n      BOB (SIP/1005) (dynamic)\n      BOB (SIP/9) (paused)\n';
  const imported = await call('POST', 'Import', shown);
  assert.deepEqual([imported.body.changed, imported.body.unchanged], [[], 1]);
  assert.match(imported.body.notes[0], /^'BOB' is skipped: it is used by '1005', '9'/);
  const refused = await call('PUT', '', { agentId: 7, aliases: [name] });
  assert.deepEqual([refused.status, refused.body.errorCode], [400, 'INVALID_ALIAS']);
  assert.equal((await call('DELETE', `?alias=${encodeURIComponent(name)}`)).body.movedEvents, 5);
  assert.equal((await rowsOf(accountId)).length, 2);
  const url = `/voice/api/v1/admin/auditLog?accountId=${accountId}`;
  const log = await app.inject({ url, headers: bearer('administrator') });
  assert.equal(log.body.match(/ALIASES_(ADDED|REMOVED)/g)?.length, 2, log.body);
});

test('a file over HTTP is read in any encoding, with a note about it', async () => {
  const file = 'agent_id,alias\n1004,JOSÉ NÚÑEZ\n';
  const encoded: [bytes: Buffer, said: RegExp | undefined][] = [
    [Buffer.from(file), undefined],
    [Buffer.from(file, 'latin1'), /Windows-1252/],
    [Buffer.from(`\uFEFF${file}`, 'utf16le'), /UTF-16/],
  ];
  for (const [payload, said] of encoded) {
    const url = `/voice/api/v1/admin/accounts/${newAccount()}/agentAliasesImport`;
    const answer = await app.inject({ method: 'POST', url, headers: bearer('administrator'), payload });
    const { changed, notes } = answer.json();
    assert.deepEqual(changed, [{ agentId: 1004, alias: 'JOSÉ NÚÑEZ' }]);
    if (said === undefined) assert.deepEqual(notes, []);
    else assert.match(notes.join(), said);
  }
});

const NAMES = [{ agentId: 'ada', alias: 'SIP/7' }];
const REFUSED: [name: string, agentId: string, alias: string, said: RegExp][] = [
  ['the agent itself', 'ada', 'ada', /'ada' is the agent's own id/],
  ['another agent’s alias', 'bob', 'SIP/7', /'SIP\/7' is already an alias of agent 'ada': remove it there first/],
  ['what the agent rule reads as such', 'bob', 'PJSIP/7', /'PJSIP\/7' is already an alias of agent 'ada'/],
  ['an agent who is an alias', '7', 'bob', /'7' is itself an alias of agent 'ada': add 'bob' to 'ada'/],
  ['an agent with aliases', 'bob', 'ada', /'ada' is agent 'ada', which has aliases \('SIP\/7', …\)/],
  ['a circle', 'SIP/7', 'ada', /'7' is itself an alias/],
  ['nothing', 'bob', ' ', /one of them is empty/],
  ['a name with a line break', 'bob', 'b\nob', /contains a control character/],
  ['a name without an end', 'bob', 'b'.repeat(257), /is longer than 256 characters/],
];
test('an alias that would join to itself, to an alias or in a circle is refused, with all that is wrong', async () => {
  const accountId = newAccount();
  await alias(accountId, NAMES);
  for (const [name, agentId, refused, said] of REFUSED) {
    await assert.rejects(
      alias(accountId, [
        { agentId: 'cy', alias: 'fine' },
        { agentId, alias: refused },
      ]),
      { code: 'INVALID_ALIAS', message: said },
      name,
    );
  }
  assert.deepEqual(await listAliases(offhook.engine, accountId), NAMES);
});
