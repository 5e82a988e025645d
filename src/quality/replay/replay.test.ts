// Kept inputs decoded again: after a change of settings the sessions are what they would have been with them all along.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import type { BaseState } from '../../events/agent-event.ts';
import { type AgentSource, factEvent, sessionIdOf } from '../../sources/agent-source.ts';
import { offhook } from '../../sources/offhook/offhook.ts';
import { ringcx } from '../../sources/ringcx/ringcx.ts';
import type { Source } from '../../sources/source.ts';
import { lineSplitter } from '../../sources/split/split-lines.ts';
import { openEventWriter } from '../../ingest/events/event-writer.ts';
import type { FeedSettings } from '../../directory/feed-settings.ts';
import { openSessionization } from '../../ingest/sessionization/sessionization.ts';
import { LIMITS } from '../../limits.ts';
import { type Replayed, replay } from './replay.ts';

const { engine } = await temporaryEngine();
const writer = openEventWriter(engine);

const SETTINGS: FeedSettings = {
  zoneOf: () => 'America/New_York',
  agentRuleOf: () => undefined,
  statesOf: () => new Map(),
};
const withStates = (...states: [label: string, base: BaseState][]) => ({
  ...SETTINGS,
  statesOf: () => new Map(states),
});
const inZone = (zone: string) => ({ ...SETTINGS, zoneOf: () => zone });

/** An agent feed of lines such as `agent second verb`; the rule reads the agent's id out of the name. */
const toy: AgentSource<string> = {
  name: 'toy',
  splitter: lineSplitter,
  reader:
    ({ accountId, agentRuleOf, receivedAt }) =>
    ({ raw, position }) => {
      const [name = '', second, verb = ''] = raw.split(' ');
      const rule = agentRuleOf(accountId);
      const agentId = rule === undefined ? name : rule.exec(name)?.[1];
      const source = 'toy';
      if (agentId === undefined) {
        return [{ accountId, source, reason: 'INVALID_VALUE', detail: 'no agent', position, raw, receivedAt }];
      }
      const at = Number(second) * 1000;
      return [{ accountId, agentId, at, order: 16, key: `${second} ${verb}`, body: verb, raw, source, receivedAt }];
    },
  sessionizer: ({ statesOf }) => {
    let loginSessionId = '';
    return {
      next(fact) {
        if (fact.body === 'in') {
          loginSessionId = sessionIdOf(fact);
          return [
            factEvent(fact, { loginSessionId, kind: 'LOGIN', order: 0 }),
            factEvent(fact, { loginSessionId, baseState: 'AVAILABLE' }, 1),
          ];
        }
        const told = fact.body === 'out' ? { kind: 'LOGOUT' as const } : stateOf(fact.accountId, fact.body);
        const event = factEvent(fact, { loginSessionId, ...told });
        if (fact.body === 'out') loginSessionId = '';
        return [event];
      },
    };
    function stateOf(accountId: string, label: string) {
      return { baseState: statesOf(accountId).get(label) ?? ('UNKNOWN' as const), stateLabel: label };
    }
  },
};
const FEEDS = { offhook, ringcx, toy: toy as AgentSource };

async function store(accountId: string, feed: Source, documents: object[], settings = SETTINGS, receivedAt = 5) {
  const live = receivedAt !== 5;
  const decode = feed.decoder({ ...settings, accountId, isAllowed: () => true, receivedAt, live });
  await writer.write(documents.map(document => decode({ raw: JSON.stringify(document), position: 1 })));
}
async function storeLines(accountId: string, lines: string[], settings = SETTINGS) {
  const context = { ...settings, accountId, isAllowed: () => true, receivedAt: 5, live: false };
  const facts = lines.flatMap(raw => toy.reader(context)({ raw, position: 1 }));
  await openSessionization(engine, writer).write(toy as AgentSource, facts, context);
}

/** Everything that is stored of an account; the account's own id is left out, so that two can be compared. */
async function stored(accountId: string) {
  const tables = {
    events: `SELECT * EXCEPT (account_id, raw, event_id) FROM events FINAL`,
    sessions: `SELECT * EXCEPT account_id FROM login_sessions FINAL`,
    rejects: `SELECT * EXCEPT (account_id, raw_hash) FROM rejects FINAL`,
  };
  const rows = Object.entries(tables).map(async ([name, sql]) => [
    name,
    await engine.query(`${sql} WHERE account_id = {accountId:String} ORDER BY ALL`, { accountId }),
  ]);
  return Object.fromEntries(await Promise.all(rows));
}

const run = (accountId: string, settings: FeedSettings, more: object = {}): Promise<Replayed> =>
  replay(
    { engine, writer },
    { accountId, source: undefined, fromMs: 0, toMs: 9e12, isPreview: false, ...more },
    settings,
    FEEDS,
  );
const told = ({ changes }: Replayed) =>
  changes.map(({ what, events, sessions, durationMs }) => [what, events, sessions, durationMs / 60_000]);

/** Previews without writing, replays, compares with what the settings give at once, and replays without effect. */
async function check(accountId: string, wanted: string, settings: FeedSettings): Promise<Replayed> {
  const before = await stored(accountId);
  const preview = await run(accountId, settings, { isPreview: true });
  assert.deepEqual(await stored(accountId), before);
  const replayed = await run(accountId, settings);
  assert.deepEqual(await stored(accountId), await stored(wanted));
  const again = await run(accountId, settings);
  assert.deepEqual([again.changes, again.rejectsUsed], [[], 0]);
  assert.deepEqual(await stored(accountId), await stored(wanted));
  assert.deepEqual(told(preview), told(replayed));
  return replayed;
}

const line = (session: string, time: string, type: string, prev: string, label = '', prevLabel = '') => ({
  agent_login_id: session,
  agent_id: session.slice(1),
  event_type: type,
  prev_state: prev,
  duration: '60',
  event_aux_type: label,
  prev_aux_state: prevLabel,
  date_time: `2026-05-01 ${time}`,
});
const day = (session: string) => [
  line(session, '09:00:00', 'LOGIN', ''),
  line(session, '09:00:00', 'AVAILABLE', 'LOGIN'),
  line(session, '09:10:00', 'COACHING', 'AVAILABLE', 'Coaching'),
  line(session, '09:24:00', 'AVAILABLE', 'COACHING', '', 'Coaching'),
  line(session, '10:00:00', 'LOGOUT', 'AVAILABLE'),
  { event_type: 'ACD-CALL', call_id: session, call_start: '2026-05-01 09:30:00', agent_id: session.slice(1) },
];

test('a state that is given a meaning afterwards', async () => {
  const settings = withStates(['coaching', 'TRAINING']);
  await store('states', ringcx, [...day('s1'), ...day('s2')]);
  await store('states', ringcx, [line('s3', '09:00:00', 'LOGIN', ''), line('s3', '09:01:00', 'LUNCH', 'LOGIN')]);
  await store('states*', ringcx, [...day('s1'), ...day('s2')], settings);
  await store('states*', ringcx, [line('s3', '09:00:00', 'LOGIN', ''), line('s3', '09:01:00', 'LUNCH', 'LOGIN')]);
  const replayed = await check('states', 'states*', settings);
  assert.deepEqual(told(replayed), [
    ['UNKNOWN → TRAINING', 2, 2, 28],
    ['prevBaseState', 2, 2, 0],
  ]);
  assert.equal(replayed.sessions, 2);
  assert.deepEqual(replayed.changes[0]?.examples[0], {
    loginSessionId: 's1',
    agentId: '1',
    atMs: Date.UTC(2026, 4, 1, 13, 10),
    events: 1,
    durationMs: 14 * 60_000,
  });
});

test('a feed’s zone that is corrected moves whole sessions, and the calls outside of them', async () => {
  await store('zone', ringcx, day('s1'));
  await store('zone*', ringcx, day('s1'), inZone('US/Pacific'));
  const replayed = await check('zone', 'zone*', inZone('US/Pacific'));
  assert.deepEqual(told(replayed), [['moved by +3 h', 6, 1, 0]]);
});

test('calls outside of sessions, with an agent and without', async () => {
  const calls = Array.from({ length: 12 }, (_, hour) => ({
    event_type: 'ACD-CALL',
    call_id: `c${hour}`,
    agent_id: hour % 2 ? '7' : '',
    call_start: `2026-05-01 ${String(hour).padStart(2, '0')}:30:00`,
  }));
  await store('calls', ringcx, calls);
  await store('calls*', ringcx, calls, inZone('US/Pacific'));
  assert.deepEqual(told(await check('calls', 'calls*', inZone('US/Pacific'))), [['moved by +3 h', 12, 0, 0]]);
});

test('the second pass of a repeated hour: by its arrival where it was live, by the order where it was imported', async () => {
  const times = ['01:50:00', '01:10:00', '01:40:00'];
  const night = times.map((time, i) => ({
    ...line('s1', time, i ? 'LUNCH' : 'LOGIN', ''),
    date_time: `2026-11-01 ${time}`,
  }));
  await store('night', ringcx, night);
  const second = Date.UTC(2026, 10, 1, 6, 20);
  await store(
    'night',
    ringcx,
    [{ ...line('s2', '', 'LOGIN', ''), date_time: '2026-11-01 01:20:00' }],
    SETTINGS,
    second,
  );
  const before = await stored('night');
  assert.deepEqual(told(await run('night', SETTINGS)), []);
  assert.deepEqual(await stored('night'), before);
});

test('a reject that can be used now becomes an event, and others stay', async () => {
  const [login, ...rest] = day('s1') as [object, ...object[]];
  const late = LIMITS.replaySessions + 5;
  const reject = (document: unknown, reason: string) => ({
    accountId: 'rejects',
    source: 'ringcx',
    reason,
    detail: 'It was so once.',
    position: 1,
    receivedAt: 7,
    raw: typeof document === 'string' ? document : JSON.stringify(document),
  });
  await store('rejects', ringcx, rest);
  await writer.write([
    reject(login, 'UNKNOWN_EVENT') as never,
    reject(day('s9')[0], 'WRONG_ACCOUNT') as never,
    reject({ ...day('s9')[0], account_id: 'other' }, 'MISSING_FIELD') as never,
    ...Array.from({ length: late }, (_, i) => reject(`{"broken ${i}`, 'INVALID_JSON') as never),
  ]);
  const replayed = await run('rejects', SETTINGS);
  assert.deepEqual([replayed.rejectsUsed, told(replayed)], [1, [['new event', 1, 1, 0]]]);
  await store('rejects*', ringcx, rest);
  await store('rejects*', ringcx, [login], SETTINGS, 7);
  const after = await stored('rejects');
  assert.deepEqual(after.events, (await stored('rejects*')).events);
  assert.equal(after.rejects.length, late + 2);
  assert.deepEqual(told(await run('rejects', SETTINGS)), []);
  assert.deepEqual((await stored('other')).events, []);
});

test('only the feed and the time asked for, whole sessions of it', async () => {
  const settings = withStates(['coaching', 'TRAINING']);
  await store('part', ringcx, day('s1'));
  await store(
    'part',
    ringcx,
    day('s2')
      .map(fact => ({
        ...fact,
        date_time: String((fact as { date_time?: string }).date_time).replace('05-01', '05-03'),
      }))
      .slice(0, 5),
  );
  assert.deepEqual(told(await run('part', settings, { source: 'offhook' })), []);
  const from = { fromMs: Date.UTC(2026, 4, 2), toMs: Date.UTC(2026, 4, 4) };
  assert.deepEqual(told(await run('part', settings, { ...from, isPreview: true }))[0], [
    'UNKNOWN → TRAINING',
    1,
    1,
    14,
  ]);
  // In the middle of the session.
  const middle = { fromMs: Date.UTC(2026, 4, 1, 13, 30), toMs: Date.UTC(2026, 4, 1, 13, 31) };
  assert.deepEqual(told(await run('part', settings, middle))[0], ['UNKNOWN → TRAINING', 1, 1, 14]);
});

test('events without input, of a feed that is gone or that are refused now stay as they are', async () => {
  const settings = inZone('US/Pacific');
  await store('kept', ringcx, day('s1'));
  await engine.command(
    `INSERT INTO events (account_id, login_session_id, at, kind, base_state, source, raw, state_label)
     SELECT 'kept', 's1', toDateTime64('2026-05-01 13:05:00', 3, 'UTC'), 'STATE', 'LUNCH', source, raw, raw
     FROM values('source String, raw String', ('ringcx', ''), ('ringcx', '{"broken'), ('gone', '{}'))`,
  );
  const replayed = await run('kept', settings);
  assert.deepEqual(
    [replayed.refused, replayed.withoutInput, replayed.unknownSources, told(replayed)],
    [1, 1, ['gone'], [['moved by +3 h', 6, 1, 0]]],
  );
  const { events } = await stored('kept');
  assert.equal(events.filter(({ at }: { at: string }) => at.includes('13:05')).length, 3);
});

const LINES = ['ada 100 in', 'ada 160 Coaching', 'ada 400 out', 'ada 450 Coaching', 'bo 100 in', 'bo 200 out'];

test('a feed without sessions: states that are given a meaning, in sessions and outside', async () => {
  const settings = withStates(['Coaching', 'TRAINING']);
  await storeLines('toy', LINES);
  await storeLines('toy*', LINES, settings);
  assert.deepEqual(told(await check('toy', 'toy*', settings)), [['UNKNOWN → TRAINING', 2, 1, 4]]);
});

test('a feed without sessions: a rule by which the facts are another agent’s', async () => {
  const settings = { ...SETTINGS, agentRuleOf: () => /^(?:SIP\/|Local\/)?(\w+)$/ };
  const lines = [
    'SIP/7 100 in',
    'Local/7 160 Coaching',
    'SIP/7 400 out',
    'Local/7 500 in',
    '7 550 Coaching',
    '8 100 in',
  ];
  await storeLines('rule', lines);
  await storeLines('rule*', lines, settings);
  const before = await stored('rule');
  await run('rule', settings, { isPreview: true });
  assert.deepEqual(await stored('rule'), before);
  await run('rule', settings);
  assert.deepEqual(await stored('rule'), await stored('rule*'));
  assert.deepEqual(told(await run('rule', settings)), []);
});

test('a feed without sessions: rejects that can be used, and agents of whom an input cannot be read stay', async () => {
  const strict = { ...SETTINGS, agentRuleOf: () => /^(b.)$/ };
  await storeLines('facts', LINES, strict);
  assert.equal((await stored('facts')).rejects.length, 4);
  await storeLines('facts*', LINES);
  await check('facts', 'facts*', SETTINGS);
  const replayed = await run('facts', strict);
  assert.deepEqual([replayed.refused, told(replayed)], [4, []]);
  assert.deepEqual(await stored('facts'), await stored('facts*'));
});

test('a feed that tells the zone of its times is as it was', async () => {
  const event = { loginSessionId: 's', at: '2026-05-01T09:00:00Z', kind: 'LOGIN', agentId: '1' };
  await store('same', offhook, [event, { ...event, kind: 'STATE', baseState: 'LUNCH' }]);
  const replayed = await run('same', inZone('Asia/Tokyo'));
  assert.deepEqual([replayed.inputs, replayed.changes], [2, []]);
});
