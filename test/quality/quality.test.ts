// Checks of the data: each finds what it is for, says nothing of clean data, and shows nobody more than they may see.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { dataQualityRoutes } from '../../src/api/quality/data-quality.ts';
import type { ApiContext } from '../../src/api/context.ts';
import { CHECKS } from '../../src/quality/quality.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { writeAccount } from '../../src/directory/accounts.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user, cacheSessions } = await temporaryServer();
const admin = bearer('administrator');
const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
/** A Friday. */
clock.nowMs = Date.UTC(2026, 4, 1, 12);
const at = (time: string) => Date.parse(`2026-05-01T${time}Z`);

type Fact = [time: number | string, fact: object];
async function send(accountId: string, agentId: string, loginSessionId: string, facts: Fact[]) {
  const lines = facts.map(([time, fact]) => {
    const instant = new Date(typeof time === 'string' ? at(time) : time).toISOString();
    return JSON.stringify({ accountId, agentId, loginSessionId, at: instant, ...fact });
  });
  await post('offhook', lines.join('\n'));
}
async function post(source: string, payload: string) {
  const answer = await app.inject({ method: 'POST', url: `/ingest/v1/${source}`, headers: admin, payload });
  assert.ok(answer.statusCode < 300, answer.body);
}
const LOGIN = { kind: 'LOGIN' };
const LOGOUT = { kind: 'LOGOUT' };
const state = (baseState: string, more: object = {}) => ({ kind: 'STATE', baseState, ...more });

async function directory(accountId: string) {
  const csv = 'agent_id,first_name,last_name,agent_group_id\n1,Ada,Park,10\n2,Bo,Lund,20\n';
  await importAgents(offhook.engine, accountId, parseAgentsCsv(csv), 0);
}

/** A morning of an agent in which nothing is wrong. */
async function goodSession(accountId: string, agentId: string, session: string, fromMs = at('08:00:00')) {
  await send(accountId, agentId, session, [
    [fromMs, LOGIN],
    [fromMs, state('AVAILABLE')],
    [fromMs + HOUR, state('LUNCH')],
    [fromMs + 2 * HOUR, state('AVAILABLE')],
    [fromMs + 3 * HOUR, LOGOUT],
  ]);
}

interface Body {
  findings: {
    key: string;
    count: number;
    durationMs: number;
    toleratedMs: number;
    kinds: { kind: string; count: number }[];
    examples: Record<string, unknown>[];
  }[];
  withheld: string[];
}
/** The findings with ended sessions in the cache, as a server has them. A test compares them with those of folded sessions. */
async function quality(accountId: string, headers = admin, query = ''): Promise<Body> {
  await cacheSessions();
  return uncached(accountId, headers, query);
}
async function uncached(accountId: string, headers = admin, query = ''): Promise<Body> {
  const answer = await app.inject({
    url: `/voice/api/v1/admin/accounts/${accountId}/dataQuality${query}`,
    headers,
  });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}
const foundIn = ({ findings }: Body) => findings.filter(({ count }) => count > 0);

const ringcx = (time: string, type: string, prev: string, duration: number, more: object = {}) => ({
  agent_id: '1',
  prev_state: prev,
  prev_aux_state: '',
  duration: String(duration),
  agent_login_id: 'r1',
  event_type: type,
  event_aux_type: '',
  date_time: `2026-05-01 ${time}`,
  ...more,
});
async function sendRingcx(account_id: string, events: object[], write = JSON.stringify as (o: object) => string) {
  await post('ringcx', events.map(event => write({ ...event, account_id })).join('\n'));
}

/** Busy hours of two agents: 8 to 12 on the last Fridays, and today until the hour given. */
async function busyFridays(accountId: string, weeks: number[], todayUntil: number, resumes?: number) {
  for (const agentId of ['1', '2']) {
    for (const week of [...weeks, 0]) {
      const start = at('08:00:00') - week * WEEK;
      const hours = week === 0 ? todayUntil - 8 : 4;
      const facts: Fact[] = [[start, LOGIN]];
      for (let minute = 0; minute < hours * 60; minute += 5) {
        facts.push([start + minute * 60_000, state(minute % 10 ? 'WORKING' : 'AVAILABLE')]);
      }
      if (week > 0) facts.push([start + 4 * HOUR, LOGOUT]);
      else if (resumes !== undefined) facts.push([at('00:00:00') + resumes * HOUR, state('WORKING')]);
      await send(accountId, agentId, `${agentId}-${week}`, facts);
    }
  }
}

const CASES: [name: string, make: (account: string) => Promise<unknown>, expected: Record<string, object>][] = [
  ['clean data', async a => goodSession(a, '1', 's1'), {}],
  [
    'rejected inputs, by feed and reason, of any feed',
    async a => {
      await post('offhook', `{"accountId":"${a}","kind":"NAP","x":"${'y'.repeat(300)}"}\n`);
      await post('ringcx', `{"account_id":"${a}"}\n{"account_id":"${a}","a":1}\n`);
    },
    {
      REJECTED_INPUTS: {
        count: 3,
        kinds: [
          { kind: 'ringcx MISSING_FIELD', count: 2, durationMs: 0 },
          { kind: 'offhook UNKNOWN_EVENT', count: 1, durationMs: 0 },
        ],
      },
    },
  ],
  [
    'a logout that never came, and silence',
    async a => {
      await goodSession(a, '1', 's1', at('00:00:00') - 3 * 24 * HOUR);
      await send(a, '1', 's2', [
        [at('02:00:00') - 48 * HOUR, LOGIN],
        [at('02:00:00') - 48 * HOUR, state('AVAILABLE')],
        [at('03:00:00') - 48 * HOUR, state('WORKING')],
      ]);
      await send(a, '2', 's3', [
        [at('02:00:00'), LOGIN],
        [at('02:00:00'), state('AVAILABLE')],
        [at('03:00:00'), state('WORKING')],
      ]);
      await goodSession(a, '2', 's4');
    },
    {
      NO_LOGOUT: {
        count: 2,
        kinds: [
          { kind: 'STALE', count: 1, durationMs: 0 },
          { kind: 'SUPERSEDED', count: 1, durationMs: 0 },
        ],
      },
    },
  ],
  [
    'a login that never came',
    async a =>
      send(a, '1', 's1', [
        ['08:00:00', state('AVAILABLE')],
        ['09:00:00', LOGOUT],
      ]),
    { NO_LOGIN: { count: 1 } },
  ],
  [
    'time before the first state, and off line',
    async a =>
      send(a, '1', 's1', [
        ['08:00:00', LOGIN],
        ['08:00:10', state('AVAILABLE')],
        ['09:00:00', state('OFFLINE')],
        ['09:01:00', LOGOUT],
      ]),
    { UNACCOUNTED_TIME: { count: 1, durationMs: 70_000 } },
  ],
  [
    'two sessions at once, one of them from before the range',
    async a => {
      await send(a, '1', 'old', [
        [at('08:00:00') - 10 * 24 * HOUR, LOGIN],
        [at('08:00:00') - 10 * 24 * HOUR, state('AVAILABLE')],
        [at('08:30:00'), LOGOUT],
      ]);
      await goodSession(a, '1', 's1');
      await goodSession(a, '2', 's2', at('05:00:00'));
      await goodSession(a, '2', 's3');
    },
    { OVERLAPPING_LOGINS: { count: 1, durationMs: 30 * 60_000 } },
  ],
  [
    'states that nobody knows, by label',
    async a =>
      send(a, '1', 's1', [
        ['08:00:00', LOGIN],
        ['08:00:00', state('UNKNOWN', { stateLabel: 'Coaching' })],
        ['08:10:00', state('AVAILABLE')],
        ['08:20:00', state('UNKNOWN', { stateLabel: 'Coaching' })],
        ['08:30:00', state('UNKNOWN')],
        ['08:35:00', LOGOUT],
      ]),
    {
      UNKNOWN_STATES: {
        count: 2,
        durationMs: 25 * 60_000,
        kinds: [
          { kind: '(no label)', count: 1, durationMs: 5 * 60_000 },
          { kind: 'Coaching', count: 1, durationMs: 20 * 60_000 },
        ],
      },
      UNACCOUNTED_TIME: { count: 1, durationMs: 25 * 60_000 },
    },
  ],
  [
    'one event id for two facts',
    async a =>
      send(a, '1', 's1', [
        ['08:00:00', LOGIN],
        ['08:00:00', state('AVAILABLE', { eventId: 'e1' })],
        ['08:10:00', state('LUNCH', { eventId: 'e1' })],
        ['08:20:00', state('AVAILABLE', { eventId: 'e2' })],
        ['08:30:00', LOGOUT],
      ]),
    { REUSED_EVENT_IDS: { count: 1, durationMs: 0 } },
  ],
  [
    'an agent whom the directory does not know',
    async a => {
      await goodSession(a, '9', 's1');
      await goodSession(a, '9', 's2', at('03:00:00'));
    },
    { UNKNOWN_AGENTS: { count: 1 } },
  ],
  [
    'RingCX states another time in the state left',
    async a =>
      sendRingcx(a, [
        ringcx('04:00:00', 'LOGIN', '', 0),
        ringcx('04:00:00', 'AVAILABLE', 'LOGIN', 0),
        ringcx('04:00:01', 'AVAILABLE', 'AVAILABLE', 1, { event_aux_type: 'Available' }),
        ringcx('04:00:30', 'TRANSITION', 'AVAILABLE', 17, { prev_aux_state: 'Available' }),
        // Not of the state before: an event between them is lost.
        ringcx('04:01:00', 'WORKING', 'ENGAGED', 5),
        // A second more or less is none.
        ringcx('04:02:00', 'LUNCH', 'WORKING', 59),
        ringcx('04:03:00', 'LOGOUT', 'LUNCH', 60),
      ]),
    {
      STATED_DISAGREES: {
        count: 1,
        durationMs: 12_000,
        kinds: [{ kind: 'ringcx AVAILABLE', count: 1, durationMs: 12_000 }],
      },
    },
  ],
  [
    'hours of silence from a busy feed, which then goes on',
    async a => busyFridays(a, [1, 2, 4], 9, 11),
    {
      FEED_GAPS: {
        count: 1,
        durationMs: 2 * HOUR,
        kinds: [{ kind: 'offhook', count: 1, durationMs: 2 * HOUR }],
      },
    },
  ],
  [
    'silence to the end',
    async a => busyFridays(a, [1, 2, 3, 4], 9),
    {
      FEED_GAPS: { count: 1, durationMs: 2 * HOUR },
    },
  ],
  ['no silence: the feed is new', async a => busyFridays(a, [1, 2], 9, 11), {}],
  [
    'no silence: all have logged out',
    async a => {
      await busyFridays(a, [1, 2, 3, 4], 9);
      for (const agentId of ['1', '2']) await send(a, agentId, `${agentId}-0`, [['08:59:00', LOGOUT]]);
    },
    {},
  ],
  [
    'no silence: one is at lunch',
    async a => {
      await busyFridays(a, [1, 2, 3, 4], 9, 11);
      await send(a, '1', '1-0', [['08:59:00', state('LUNCH')]]);
    },
    {},
  ],
  [
    'no silence: nobody came today, but for a logout that was forgotten yesterday',
    async a => {
      await busyFridays(a, [1, 2, 3, 4], 8);
      await offhook.engine.command('DELETE FROM events WHERE account_id = {a:String} AND at >= {from:DateTime64}', {
        a,
        from: '2026-05-01 00:00:00',
      });
      await offhook.engine.command(
        "DELETE FROM login_sessions WHERE account_id = {a:String} AND login_session_id LIKE '%-0'",
        { a },
      );
      for (const agentId of ['1', '2'])
        await send(a, agentId, `${agentId}-y`, [
          [at('00:00:00') - HOUR, LOGIN],
          [at('00:00:00') - HOUR, state('AVAILABLE')],
        ]);
    },
    {},
  ],
];

for (const [index, [name, make, expected]] of CASES.entries()) {
  test(name, async () => {
    const account = `case-${index}`;
    await directory(account);
    await make(account);
    const found = Object.fromEntries(foundIn(await quality(account)).map(finding => [finding.key, finding]));
    assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), JSON.stringify(found));
    for (const [key, part] of Object.entries(expected)) {
      const actual = found[key] as unknown as Record<string, unknown>;
      assert.deepEqual(Object.fromEntries(Object.keys(part).map(field => [field, actual[field]])), part);
      assert.ok(found[key]!.examples.length > 0);
    }
  });
}

test('a second before the first state is told and is no finding, unless it is asked for', async () => {
  await directory('second');
  for (const [agentId, waits] of [
    ['1', 1],
    ['2', 61],
  ] as const) {
    await send('second', agentId, agentId, [
      [at('08:00:00'), LOGIN],
      [at('08:00:00') + waits * 1000, state('AVAILABLE')],
      [at('09:00:00'), LOGOUT],
    ]);
  }
  const found = async (query: string) => {
    const { findings } = await quality('second', admin, `?check=UNACCOUNTED_TIME${query}`);
    const [{ count, durationMs, toleratedMs, examples }] = findings as [Body['findings'][number]];
    return [count, durationMs, toleratedMs, examples.map(({ agentId }) => agentId)];
  };
  assert.deepEqual(await found(''), [1, 61_000, 1_000, [2]]);
  assert.deepEqual(await found('&unaccountedAboveSeconds=0'), [2, 62_000, 0, [2, 1]]);
  assert.deepEqual(await found('&unaccountedAboveSeconds=61'), [0, 0, 62_000, []]);
});

test('an example tells which session it is about, when, how long and why', async () => {
  const [{ examples }] = foundIn(await quality('case-5')) as [Body['findings'][number]];
  assert.deepEqual(examples, [
    {
      kind: '',
      accountId: 'case-5',
      source: 'offhook',
      agentId: 1,
      loginSessionId: 's1',
      from: '2026-05-01T08:00:00.000Z',
      to: '2026-05-01T08:30:00.000Z',
      durationMs: 30 * 60_000,
      amount: 2,
      detail: 'Began before session old ended.',
    },
  ]);
});

test('a long reject is shortened, and told with its line', async () => {
  const [rejects] = foundIn(await quality('case-1'));
  const detail = String(rejects!.examples.find(({ source }) => source === 'offhook')!.detail);
  assert.match(detail, /^kind is "NAP".* Line 1: \{"accountId".*y…$/);
  assert.ok(detail.length < 500);
});

test('RingCX in its URL-encoded form states the same', async () => {
  await directory('form');
  const form = (event: object) => new URLSearchParams(event as Record<string, string>).toString();
  await sendRingcx(
    'form',
    [
      ringcx('04:00:00', 'LOGIN', '', 0),
      ringcx('04:00:00', 'ON BREAK', 'LOGIN', 0, { event_aux_type: 'Tea & cake' }),
      ringcx('04:05:00', 'AVAILABLE', 'ON BREAK', 400, { prev_aux_state: 'Tea & cake' }),
      ringcx('04:06:00', 'LOGOUT', 'AVAILABLE', 60),
    ],
    form,
  );
  const [finding] = foundIn(await quality('form'));
  assert.equal(finding?.key, 'STATED_DISAGREES');
  assert.equal(finding?.durationMs, 100_000);
});

test('the range is of the account’s zone: sessions that begin in it, the last seven days by default', async () => {
  await writeAccount(offhook.engine, { accountId: 'range', timezone: 'Asia/Tokyo' }, clock.nowMs);
  for (const [session, time] of [
    ['before', '2026-04-24T14:59:59Z'],
    ['first', '2026-04-24T15:00:00Z'],
    ['last', '2026-05-01T11:00:00Z'],
  ] as const) {
    await send('range', '1', session, [
      [Date.parse(time), state('AVAILABLE')],
      [Date.parse(time) + 1000, LOGOUT],
    ]);
  }
  const sessions = async (query = '') =>
    (await quality('range', admin, query)).findings
      .find(({ key }) => key === 'NO_LOGIN')!
      .examples.map(({ loginSessionId }) => loginSessionId);
  assert.deepEqual(await sessions(), ['last', 'first']);
  assert.deepEqual(await sessions('?to=2026-04-24'), ['before']);
  assert.deepEqual(await sessions('?from=2026-04-24&to=2026-04-25%2000:00:00'), ['first', 'before']);
  const wrong = await app.inject({
    url: '/api/v1/admin/accounts/range/dataQuality?from=2026-05-01&to=2026-04-01',
    headers: admin,
  });
  assert.equal(wrong.statusCode, 400);
});

test('a reader of a group sees what is about its agents and is told what is withheld', async () => {
  await directory('rights');
  await send('rights', '1', 's1', [
    ['08:00:00', state('AVAILABLE')],
    ['09:00:00', LOGOUT],
  ]);
  await send('rights', '2', 's2', [
    ['08:00:00', state('AVAILABLE')],
    ['09:00:00', LOGOUT],
  ]);
  await send('rights', '9', 's9', [
    ['08:00:00', state('AVAILABLE')],
    ['09:00:00', LOGOUT],
  ]);
  await post('ringcx', '{"account_id":"rights"}');
  const limited = await quality('rights', await user('limited', [grant('rights', 'reader', '20')]));
  assert.deepEqual(limited.withheld, ['REJECTED_INPUTS', 'FEED_GAPS', 'LIKELY_ALIASES', 'UNKNOWN_AGENTS']);
  assert.deepEqual(
    foundIn(limited).map(({ key, count, examples }) => [key, count, examples[0]!.loginSessionId]),
    [['NO_LOGIN', 1, 's2']],
  );
  const all = await quality('rights', await user('reader', [grant('rights', 'reader')]));
  assert.deepEqual(all.withheld, []);
  assert.deepEqual(
    all.findings.map(({ key }) => key),
    CHECKS.map(({ key }) => key),
  );
  assert.deepEqual(
    foundIn(all).map(({ key, count }) => [key, count]),
    [
      ['REJECTED_INPUTS', 1],
      ['NO_LOGIN', 3],
      ['UNKNOWN_AGENTS', 1],
    ],
  );
  for (const [name, grants, status] of [
    ['feeder', [grant('rights', 'ingest')], 403],
    ['stranger', [grant('other', 'administrator')], 403],
  ] as const) {
    const url = '/voice/api/v1/admin/accounts/rights/dataQuality';
    assert.equal((await app.inject({ url, headers: await user(name, grants) })).statusCode, status);
  }
});

test('rejects of no account are seen by readers of all accounts only', async () => {
  const before = await quality('none');
  await post('ringcx', '{"broken');
  const rejectsOf = ({ findings }: Body) => findings.find(({ key }) => key === 'REJECTED_INPUTS')!.count;
  assert.equal(rejectsOf(await quality('none')) - rejectsOf(before), 1);
  assert.equal(rejectsOf(await quality('none', await user('one', [grant('none', 'reader')]))), 0);
});

test('one check can be asked for alone', async () => {
  const { findings, withheld } = await quality('rights', admin, '?check=NO_LOGIN');
  assert.deepEqual(
    findings.map(({ key, count }) => [key, count]),
    [['NO_LOGIN', 3]],
  );
  assert.deepEqual(withheld, []);
  const limited = await user('limited2', [grant('rights', 'reader', '20')]);
  assert.deepEqual(await withheldOf('REJECTED_INPUTS', limited), ['REJECTED_INPUTS']);
  assert.deepEqual(await withheldOf('NO_LOGIN', limited), []);
});
const withheldOf = async (check: string, headers: typeof admin) =>
  (await quality('rights', headers, `?check=${check}`)).withheld;

test('findings do not depend on whether sessions are in the cache', async () => {
  await directory('both');
  await goodSession('both', '1', 'b1');
  await send('both', '3', 'b2', [
    ['08:00:00', state('AVAILABLE')],
    ['08:30:00', state('UNKNOWN', { stateLabel: 'Odd' })],
    ['08:40:00', state('AVAILABLE')],
    ['08:45:00', LOGOUT],
  ]);
  await send('both', '2', 'b3', [
    ['06:00:00', LOGIN],
    ['06:20:00', state('AVAILABLE')],
  ]);
  await send('both', '2', 'b4', [
    ['06:30:00', LOGIN],
    ['06:30:00', state('AVAILABLE')],
    ['07:00:00', LOGOUT],
  ]);
  await post(
    'ringcx?accountId=both',
    [
      ringcx('04:00:00', 'LOGIN', '', 0),
      ringcx('04:00:00', 'AVAILABLE', 'LOGIN', 0),
      ringcx('04:10:00', 'LOGOUT', 'AVAILABLE', 5),
    ].join('\n'),
  );
  const log = (second: number, rest: string) => `${at('05:00:00') / 1000 + second}|${rest}`;
  await post(
    'asterisk?accountId=both',
    [
      log(0, 'NONE|NONE|Agent/9|AGENTLOGIN|SIP/9'),
      log(10, 'c1|q|Agent/9|CONNECT|2'),
      log(70, 'c1|q|Agent/9|COMPLETECALLER|2|90|1'),
      log(100, 'NONE|NONE|Agent/9|AGENTLOGOFF|SIP/9|300'),
    ].join('\n'),
  );
  const folded = await uncached('both');
  assert.ok(
    foundIn(folded).length >= 4,
    foundIn(folded)
      .map(({ key }) => key)
      .join(),
  );
  assert.deepEqual(await quality('both'), folded);
});

test('the checks hold one of the user’s places among the reports, and give it back', async () => {
  const taken: string[] = [];
  const slots = {
    async take(username: string) {
      taken.push(`${username} takes`);
      return () => taken.push(`${username} gives back`);
    },
  };
  const bare = Fastify();
  await dataQualityRoutes(bare, {
    offhook,
    now: () => clock.nowMs,
    staleAfterMs: 16 * HOUR,
    slots,
    authenticate: async () => ({ username: 'ada', grants: [grant('', 'reader')] }),
  } as unknown as ApiContext);
  const answer = await bare.inject({ url: '/admin/accounts/none/dataQuality' });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.deepEqual(taken, ['ada takes', 'ada gives back']);
  await bare.close();
});
