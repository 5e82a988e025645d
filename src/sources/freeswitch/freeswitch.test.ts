import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { naiveFold } from '../../../test/sessions/naive-fold.ts';
import { decodeContext } from '../../../test/support/decode-context.ts';
import type { AgentEvent, BaseState } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import type { DecodeContext, RawDocument } from '../source.ts';
import { splitText } from '../split/split.ts';
import { eventsOf, readTexts } from '../testing/events-of.ts';
import { checkAnyOrder, checkFreshStart, checkNeverThrows, checkRereading } from '../testing/laws.ts';
import { freeswitch } from './freeswitch.ts';
import { runs } from '../../../test/support/property-runs.ts';

const SAMPLES = readFileSync(new URL('./fixtures/mod_callcenter_documented_events.txt', import.meta.url), 'utf8');
const CONTEXT = decodeContext({ accountId: '7', receivedAt: Date.parse('2026-03-02T12:00:00Z') });
const LIVE: DecodeContext = { ...CONTEXT, live: true };
const START_MS = Date.parse('2026-03-02T09:00:00Z');
const AGENT = '1000@default';

type Headers = Record<string, string | number>;

const status = (value: string): Headers => ({
  'CC-Action': 'agent-status-change',
  'CC-Agent-Status': value,
});
const state = (value: string): Headers => ({ 'CC-Action': 'agent-state-change', 'CC-Agent-State': value });
const call = (action: string, callId: string, more: Headers = {}): Headers => ({
  'CC-Queue': 'support@default',
  'CC-Action': action,
  'CC-Member-UUID': `member ${callId}`,
  'CC-Member-Session-UUID': callId,
  ...more,
});
const offer = (callId: string) => call('agent-offering', callId);
const answer = (callId: string, leg = 'leg') => call('bridge-agent-start', callId, { 'CC-Agent-UUID': leg });
const end = (callId: string, leg = 'leg') => call('bridge-agent-end', callId, { 'CC-Agent-UUID': leg });
const fail = (callId: string, cause: string) => call('bridge-agent-fail', callId, { 'CC-Hangup-Cause': cause });

function fields(second: number, headers: Headers, agent = AGENT): Headers {
  return {
    'Event-Name': 'CUSTOM',
    'Event-Subclass': 'callcenter::info',
    'Event-Date-Timestamp': Math.round((START_MS + second * 1000) * 1000),
    'CC-Agent': agent,
    ...headers,
  };
}

/** As a plain socket writes it. */
function plain(second: number, headers: Headers, agent = AGENT): string {
  const lines = Object.entries(fields(second, headers, agent)).map(
    ([name, value]) => `${name}: ${encodeURIComponent(value)}\n`,
  );
  return `${lines.join('')}\n`;
}

function json(second: number, headers: Headers): string {
  const texts = Object.entries(fields(second, headers)).map(([name, value]) => [name, String(value)]);
  return JSON.stringify(Object.fromEntries(texts));
}

/** The same event, telling when the ring or the connection that it ends began. */
const since = (second: number, headers: Headers): Headers => ({
  ...headers,
  [headers['CC-Action'] === 'bridge-agent-end' ? 'CC-Agent-Answered-Time' : 'CC-Agent-Called-Time']:
    START_MS / 1000 + second,
});

type Step = [second: number, headers: Headers];
const eventsAt = (steps: Step[], context = CONTEXT) =>
  eventsOf(freeswitch, context, [steps.map(([second, headers]) => plain(second, headers)).join('')]);

/** Second, kind, base state and call, with the number of the session. */
function outline(events: readonly AgentEvent[]) {
  const sessions = [...new Set(events.map(event => event.loginSessionId).filter(id => id !== ''))];
  return events.map(({ at, kind, baseState, callId, loginSessionId }) => [
    (at - START_MS) / 1000,
    kind,
    baseState,
    callId,
    sessions.indexOf(loginSessionId) + 1,
  ]);
}

const STATES = decodeContext({
  statesOf: () =>
    new Map<string, BaseState>([
      ['on break', 'LUNCH'],
      ['idle', 'AWAY'],
      ['at the gym', 'TRAINING'],
    ]),
});

interface Case {
  name: string;
  steps: Step[];
  events: [number, string, string, string, number][];
  context?: DecodeContext;
}

const CASES: Case[] = [
  {
    name: 'a login, a break and a logout',
    steps: [
      [0, status('Available')],
      [60, status('On Break')],
      [90, status('Available')],
      [100, status('Available')],
      [120, status('Logged Out')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [60, 'STATE', 'ON_BREAK', '', 1],
      [90, 'STATE', 'AVAILABLE', '', 1],
      [100, 'STATE', '', '', 1],
      [120, 'LOGOUT', '', '', 1],
    ],
  },
  {
    name: 'a call, as the switch tells it',
    steps: [
      [0, status('Available')],
      [10, state('Receiving')],
      [10.0001, offer('c')],
      [15, state('In a queue call')],
      [15.0002, answer('c')],
      [75, end('c')],
      [75.0001, state('Waiting')],
      [80, status('Logged Out')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [10, 'STATE', 'TRANSITION', '', 1],
      [10, 'OFFER', '', 'c', 1],
      [15, 'STATE', 'ENGAGED', '', 1],
      [15, 'ANSWER', '', 'c', 1],
      [75, 'CALL_END', 'AVAILABLE', 'c', 1],
      [75, 'STATE', '', '', 1],
      [80, 'LOGOUT', '', '', 1],
    ],
  },
  {
    name: 'the same without the states',
    steps: [
      [0, status('Available')],
      [10, offer('c')],
      [15, answer('c')],
      [75, end('c')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [10, 'OFFER', 'TRANSITION', 'c', 1],
      [15, 'ANSWER', 'ENGAGED', 'c', 1],
      [75, 'CALL_END', 'AVAILABLE', 'c', 1],
    ],
  },
  {
    name: 'an offer missed and one taken back',
    steps: [
      [0, status('Available')],
      [10, offer('c')],
      [30, fail('c', 'NO_ANSWER')],
      [40, offer('d')],
      [45, fail('d', 'ORIGINATOR_CANCEL')],
      [50, offer('e')],
      [50, fail('e', 'USER_BUSY')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [10, 'OFFER', 'TRANSITION', 'c', 1],
      [30, 'RING_NO_ANSWER', 'AVAILABLE', 'c', 1],
      [40, 'OFFER', 'TRANSITION', 'd', 1],
      [45, 'CALL_END', 'AVAILABLE', 'd', 1],
      [50, 'OFFER', 'TRANSITION', 'e', 1],
      [50, 'RING_NO_ANSWER', 'AVAILABLE', 'e', 1],
    ],
  },
  {
    name: 'put on break by the switch, which says so before the missed call',
    steps: [
      [0, status('Available')],
      [10, offer('c')],
      [30, status('On Break')],
      [30.0001, fail('c', 'NO_ANSWER')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [10, 'OFFER', 'TRANSITION', 'c', 1],
      [30, 'STATE', '', '', 1],
      [30, 'RING_NO_ANSWER', 'ON_BREAK', 'c', 1],
    ],
  },
  {
    name: 'on demand: idle after a call is work, after a missed one it is RNA, until the agent is ready',
    steps: [
      [0, status('Available (On Demand)')],
      [5, state('Idle')],
      [8, state('Waiting')],
      [10, offer('c')],
      [15, answer('c')],
      [75, end('c')],
      [75.0001, state('Idle')],
      [90, state('Waiting')],
      [100, offer('d')],
      [120, fail('d', 'NO_ANSWER')],
      [120.0001, state('Idle')],
      [130, status('On Break')],
      [140, state('Waiting')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [5, 'STATE', 'UNKNOWN', '', 1],
      [8, 'STATE', 'AVAILABLE', '', 1],
      [10, 'OFFER', 'TRANSITION', 'c', 1],
      [15, 'ANSWER', 'ENGAGED', 'c', 1],
      [75, 'CALL_END', 'WORKING', 'c', 1],
      [75, 'STATE', '', '', 1],
      [90, 'STATE', 'AVAILABLE', '', 1],
      [100, 'OFFER', 'TRANSITION', 'd', 1],
      [120, 'RING_NO_ANSWER', 'RNA', 'd', 1],
      [120, 'STATE', '', '', 1],
      [130, 'STATE', 'ON_BREAK', '', 1],
      [140, 'STATE', '', '', 1],
    ],
  },
  {
    name: 'an end that is missing: the next state ends the call',
    steps: [
      [0, status('Available')],
      [15, answer('c')],
      [75, state('Waiting')],
      [80, state('Receiving')],
      [85, end('c')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [15, 'ANSWER', 'ENGAGED', 'c', 1],
      [75, 'STATE', 'AVAILABLE', '', 1],
      [80, 'STATE', 'TRANSITION', '', 1],
      [85, 'CALL_END', '', 'c', 1],
      [85, 'ANSWER', '', 'c', 1],
    ],
  },
  {
    name: 'an end that comes before its start',
    steps: [
      [0, status('Available')],
      [15, end('c')],
      [16, answer('c')],
      [20, answer('c', 'another leg')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [15, 'CALL_END', '', 'c', 1],
      [15, 'ANSWER', '', 'c', 1],
      [16, 'ANSWER', '', 'c', 1],
      [20, 'ANSWER', 'ENGAGED', 'c', 1],
    ],
  },
  {
    name: 'an end of the call before the one that goes on',
    steps: [
      [0, status('Available')],
      [10, answer('c')],
      [20, answer('d')],
      [30, end('c')],
      [40, end('d')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [10, 'ANSWER', 'ENGAGED', 'c', 1],
      [20, 'ANSWER', '', 'd', 1],
      [30, 'CALL_END', '', 'c', 1],
      [30, 'ANSWER', '', 'c', 1],
      [40, 'CALL_END', 'AVAILABLE', 'd', 1],
    ],
  },
  {
    name: 'what is left after a logout belongs to no session',
    steps: [
      [0, status('On Break')],
      [10, status('Logged Out')],
      [20, end('c')],
      [20.0001, state('Waiting')],
      [25, status('Logged Out')],
      [30, status('Available')],
    ],
    events: [
      [0, 'LOGIN', 'ON_BREAK', '', 1],
      [10, 'LOGOUT', '', '', 1],
      [20, 'STATE', '', '', 0],
      [20, 'STATE', '', '', 0],
      [25, 'STATE', '', '', 0],
      [30, 'LOGIN', 'AVAILABLE', '', 2],
    ],
  },
  {
    name: 'a session whose login was never recorded begins with its first offer and goes stale',
    steps: [
      [0, state('Waiting')],
      [10, state('Receiving')],
      [20, answer('c')],
      [30, end('c')],
      [30 + 16 * 3600 + 1, state('Waiting')],
    ],
    events: [
      [0, 'STATE', '', '', 0],
      [10, 'STATE', 'TRANSITION', '', 1],
      [20, 'ANSWER', 'ENGAGED', 'c', 1],
      [30, 'CALL_END', 'AVAILABLE', 'c', 1],
      [30 + 16 * 3600 + 1, 'STATE', '', '', 0],
    ],
  },
  {
    name: 'a login that is repeated after 16 silent hours is a new one, a call is not',
    steps: [
      [0, status('Available')],
      [17 * 3600, offer('c')],
      [34 * 3600, status('On Break')],
      [51 * 3600, status('On Break')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [17 * 3600, 'OFFER', 'TRANSITION', 'c', 1],
      [34 * 3600, 'STATE', '', '', 1],
      [51 * 3600, 'LOGIN', 'ON_BREAK', '', 2],
    ],
  },
  {
    name: 'states that the account maps, and a status that nobody knows',
    context: { ...CONTEXT, statesOf: STATES.statesOf },
    steps: [
      [0, status('Available')],
      [1, status('ON BREAK')],
      [2, status('Available')],
      [3, state('Idle')],
      [4, status('At the gym')],
      [5, status('Gone')],
      [6, state('Reserved')],
      [7, state('Confused')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [1, 'STATE', 'LUNCH', '', 1],
      [2, 'STATE', 'AVAILABLE', '', 1],
      [3, 'STATE', 'AWAY', '', 1],
      [4, 'STATE', 'TRAINING', '', 1],
      [5, 'STATE', 'AWAY', '', 1],
      [6, 'STATE', '', '', 1],
      [7, 'STATE', '', '', 1],
    ],
  },
];

CASES.push(
  {
    name: 'a first event that tells of a ring or a connection before it',
    steps: [
      [15, since(3, answer('c1'))],
      [20, end('c1')],
      [30, status('Logged Out')],
      [50, since(40, fail('c2', 'NO_ANSWER'))],
      [55, status('Logged Out')],
      [90, since(60, end('c3'))],
      [95, status('Logged Out')],
    ],
    events: [
      [3, 'OFFER', 'TRANSITION', 'c1', 1],
      [15, 'ANSWER', 'ENGAGED', 'c1', 1],
      [20, 'CALL_END', 'AVAILABLE', 'c1', 1],
      [30, 'LOGOUT', '', '', 1],
      [40, 'OFFER', 'TRANSITION', 'c2', 2],
      [50, 'RING_NO_ANSWER', 'AVAILABLE', 'c2', 2],
      [55, 'LOGOUT', '', '', 2],
      [60, 'ANSWER', 'ENGAGED', 'c3', 3],
      [90, 'CALL_END', 'AVAILABLE', 'c3', 3],
      [95, 'LOGOUT', '', '', 3],
    ],
  },
  {
    name: 'what began before the logout is of no session after it',
    steps: [
      [0, status('Available')],
      [10, offer('c1')],
      [12, status('Logged Out')],
      [20, since(10, answer('c1'))],
      [40, since(20, end('c1'))],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [10, 'OFFER', 'TRANSITION', 'c1', 1],
      [12, 'LOGOUT', '', '', 1],
      [20, 'STATE', '', '', 0],
      [20, 'ANSWER', 'ENGAGED', 'c1', 2],
      [40, 'CALL_END', 'AVAILABLE', 'c1', 2],
    ],
  },
  {
    name: 'an offer that fails after another one has begun ends only its own ring',
    steps: [
      [0, status('Available')],
      [5, offer('c1')],
      [15, offer('c2')],
      [15.0001, fail('c1', 'NO_ANSWER')],
      [25, answer('c2')],
    ],
    events: [
      [0, 'LOGIN', 'AVAILABLE', '', 1],
      [5, 'OFFER', 'TRANSITION', 'c1', 1],
      [15, 'OFFER', '', 'c2', 1],
      [15, 'RING_NO_ANSWER', '', 'c1', 1],
      [25, 'ANSWER', 'ENGAGED', 'c2', 1],
    ],
  },
);

describe('sessions', () => {
  for (const { name, steps, events, context } of CASES) {
    it(name, () => assert.deepEqual(outline(eventsAt(steps, context)), events));
  }

  it('say what they left, in which queue, under which label', () => {
    const [login, paused, , offered] = eventsAt([
      [0, status('Available')],
      [1, status('On Break')],
      [2, status('Available')],
      [3, offer('c')],
    ]);
    assert.equal(login!.loginSessionId, `${AGENT}@${START_MS / 1000}`);
    assert.deepEqual([login!.order, login!.prevBaseState, login!.pendingDisposition], [0, '', false]);
    assert.deepEqual([paused!.prevBaseState, paused!.stateLabel], ['AVAILABLE', 'On Break']);
    assert.deepEqual(
      [offered!.queueId, offered!.queueName, offered!.callDirection],
      ['support@default', 'support@default', 'INBOUND'],
    );
  });
});

/** Figures by hand, from the steps below: times in seconds. */
const EXPECTED_REPORT = {
  login_time_ms: 600,
  available_ms: 600 - 60 - (5 + 20 + 5) - 100 - 15,
  ring_ms: 5 + 20 + 5,
  engaged_ms: 100,
  talk_ms: 100,
  off_hook_ms: 100,
  rounded_off_hook_ms: 120,
  wrap_ms: 0,
  break_ms: 60,
  away_ms: 15,
  rna_ms: 0,
  unaccounted_ms: 0,
  presented: 3,
  accepted: 1,
  ring_no_answers: 1,
  offers_withdrawn: 1,
};

it('makes the figures of a report', () => {
  const events = eventsAt([
    [0, status('Available')],
    [100, offer('c')],
    [105, answer('c')],
    [205, end('c')],
    [205.0001, state('Waiting')],
    [210, offer('d')],
    [230, fail('d', 'NO_ANSWER')],
    [240, offer('e')],
    [245, fail('e', 'ORIGINATOR_CANCEL')],
    [300, status('On Break')],
    [360, status('Available')],
    [400, status('Fire drill')],
    [415, status('Available')],
    [600, status('Logged Out')],
  ]);
  const range = {
    accountIds: ['7'],
    fromMs: START_MS,
    toMs: START_MS,
    nowMs: START_MS + 1e7,
    staleAfterMs: 1e9,
  };
  const [session] = [...naiveFold(events, range).values()];
  const figures = Object.fromEntries(
    Object.entries(EXPECTED_REPORT).map(([name, value]) => [name, name.endsWith('_ms') ? value * 1000 : value]),
  );
  assert.deepEqual({ ...session, ...figures, end_reason: 'NORMAL' }, session);
});

describe('the documented events', () => {
  it('do not tell when they happened, and those of callers and queues are about no agent', () => {
    const { facts, rejects } = readTexts(freeswitch, CONTEXT, [SAMPLES]);
    assert.deepEqual(facts, []);
    assert.deepEqual(
      rejects.map(({ reason, position }) => [reason, position]),
      [1, 7, 13, 24, 39, 55].map(line => ['INVALID_TIME', line]),
    );
  });

  it('happened when they came, where they come live', () => {
    const events = eventsOf(freeswitch, LIVE, [SAMPLES]);
    assert.deepEqual(
      events.map(({ agentId, kind, callId, at }) => [agentId, kind, callId.slice(0, 8), at - CONTEXT.receivedAt]),
      [
        ['1000@default', 'LOGIN', '', 0],
        ['1000@default', 'STATE', '', 0],
        ['AgentNameHere', 'OFFER', '600165a4', 0],
        ['AgentNameHere', 'ANSWER', 'c6360976', 0],
        ['AgentNameHere', 'CALL_END', 'c6360976', 0],
        ['AgentNameHere', 'RING_NO_ANSWER', 'c6360976', 0],
      ],
    );
  });
});

const REJECTED: [text: string, reason: string][] = [
  [json(0, { 'CC-Action': 'agent-status-change' }), 'MISSING_FIELD'],
  [json(0, { ...status('Available'), 'CC-Agent': '' }), 'MISSING_FIELD'],
  [json(0, { ...status('Available'), 'Event-Date-Timestamp': 'soon' }), 'INVALID_TIME'],
  [json(0, { ...status('Available'), 'Event-Date-Timestamp': 1_600_000_000 }), 'INVALID_TIME'],
  [json(0, { 'CC-Action': 'agent-coffee' }), 'UNKNOWN_EVENT'],
  [json(0, { 'CC-Action': '' }), 'MISSING_FIELD'],
  ['{"CC-Action":', 'INVALID_JSON'],
  ['no header at all', 'MISSING_FIELD'],
  [`a: ${'b'.repeat(3 * LIMITS.documentBytes)}`, 'TOO_LARGE'],
];

describe('rejects', () => {
  for (const [text, reason] of REJECTED) {
    it(`${reason} for ${text.slice(0, 60)}`, () => {
      const { facts, rejects } = readTexts(freeswitch, CONTEXT, [text]);
      assert.deepEqual([facts.length, rejects.map(reject => reject.reason)], [0, [reason]]);
    });
  }

  it('an event without an account, and one for an account of others', () => {
    const text = json(0, status('Available'));
    const reasons = (context: DecodeContext) =>
      readTexts(freeswitch, context, [text]).rejects.map(({ reason }) => reason);
    assert.deepEqual(reasons({ ...CONTEXT, accountId: '' }), ['MISSING_FIELD']);
    assert.deepEqual(reasons({ ...CONTEXT, isAllowed: () => false }), ['WRONG_ACCOUNT']);
  });

  it('leaves out the other events of a switch', () => {
    const heartbeat = json(0, { 'Event-Name': 'HEARTBEAT', 'Event-Subclass': '' });
    assert.deepEqual(readTexts(freeswitch, CONTEXT, [heartbeat]), { facts: [], rejects: [] });
  });
});

describe('the table of events', () => {
  const DOCUMENT = readFileSync(new URL('../../../docs/sources/freeswitch.md', import.meta.url), 'utf8');
  const rows = [...DOCUMENT.matchAll(/^\| `([a-z-]+)` +\|.*\| +([a-z, ]+?) +\|$/gm)];
  const whole = { ...call('', 'c'), 'CC-Agent-Status': 'Available', 'CC-Agent-State': 'Waiting' };

  it('is whole', () => assert.equal(rows.length, 17));
  for (const [, action = '', treatment] of rows) {
    it(`${action}: ${treatment}`, () => {
      const { facts, rejects } = readTexts(freeswitch, CONTEXT, [plain(1, { ...whole, 'CC-Action': action })]);
      assert.deepEqual([facts.length, rejects], [treatment === 'left out' ? 0 : 1, []]);
    });
  }
});

describe('events in the wrappings of clients', () => {
  const headers = fields(1, status('Available'));
  const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const renamed = (change: (name: string) => string) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [change(name), value]));
  const inGo = (name: string) => name.toLowerCase().replace(/(^|-)[a-z]/g, letter => letter.toUpperCase());
  const wrapped: Record<string, object> = {
    headers: { headers },
    'headers and a body': { headers, body: null },
    'a list of names and values': { headers: pairs, type: 'CUSTOM', subclass: 'callcenter::info', body: '' },
    'a frame with its event': { headers: { 'Content-Type': 'text/event-json' }, body: headers },
    'a frame with its event as text': { headers: { 'Content-Length': '9' }, body: JSON.stringify(headers) },
    'an event with headers': { event: { headers } },
    'Go’s capitals': { Header: renamed(inGo), Body: '' },
    'Go’s lists of values': {
      Header: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    },
    'small letters': renamed(name => name.toLowerCase()),
  };
  const [expected] = readTexts(freeswitch, CONTEXT, [plain(1, status('Available'))]).facts;
  for (const [name, object] of Object.entries(wrapped)) {
    it(name, () => {
      for (const text of [JSON.stringify(object), JSON.stringify([object], null, 2)]) {
        const { facts, rejects } = readTexts(freeswitch, CONTEXT, [text]);
        assert.deepEqual([facts.map(({ key }) => key), rejects], [[expected!.key], []]);
      }
    });
  }

  it('without a time of their own, live, are of the same moment when they are read again', () => {
    const { 'Event-Date-Timestamp': _, ...timeless } = headers;
    const { facts } = readTexts(freeswitch, LIVE, [JSON.stringify({ headers: timeless })]);
    assert.deepEqual(readTexts(freeswitch, CONTEXT, [facts[0]!.raw]).facts[0]!.at, LIVE.receivedAt);
  });
});

describe('times', () => {
  const TIMES: [action: string, name: string][] = [
    ['bridge-agent-start', 'CC-Agent-Answered-Time'],
    ['bridge-agent-end', 'CC-Bridge-Terminated-Time'],
    ['bridge-agent-fail', 'CC-Agent-Aborted-Time'],
    ['agent-offering', 'CC-Agent-Called-Time'],
  ];
  for (const [action, name] of TIMES) {
    it(`${action} without a time of its own happened at ${name}`, () => {
      const headers = { ...call(action, 'c'), 'Event-Date-Timestamp': '', [name]: START_MS / 1000 };
      const { facts } = readTexts(freeswitch, CONTEXT, [json(0, headers)]);
      assert.deepEqual(
        facts.map(fact => fact.at),
        [START_MS],
      );
    });
  }

  it('keeps microseconds in the order of facts', () => {
    const text = plain(0.000_7, state('Waiting')) + plain(0.000_1, status('Available'));
    const { facts } = readTexts(freeswitch, CONTEXT, [text]);
    assert.deepEqual(
      facts.map(({ at, order }) => [at - START_MS, order]),
      [
        [0, 44],
        [0, 7],
      ],
    );
  });
});

const DAY: Step[] = [
  [0, status('Available')],
  [10, offer('c')],
  [15, answer('c')],
  [75, { ...end('c'), 'CC-Member-CID-Name': 'José Ñ: 100%' }],
];

describe('forms', () => {
  const expected = eventsAt(DAY).map(({ raw: _, ...event }) => event);
  const envelope = (type: string, body: string) =>
    `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: ${type}\n\n${body}`;
  const FORMS: [name: string, text: string][] = [
    [
      'CRLF',
      DAY.map(step => plain(...step))
        .join('')
        .replaceAll('\n', '\r\n'),
    ],
    [
      'no last blank line',
      DAY.map(step => plain(...step))
        .join('')
        .trimEnd(),
    ],
    ['NDJSON', DAY.map(step => json(...step)).join('\n')],
    ['a JSON array', `[${DAY.map(step => json(...step)).join(',\n')}]`],
    [
      'a plain socket’s text',
      `Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\n${DAY.map(step =>
        envelope('text/event-plain', plain(...step)),
      ).join('')}`,
    ],
    ['a JSON socket’s text', DAY.map(step => envelope('text/event-json', json(...step))).join('')],
    [
      'events with bodies',
      DAY.map(step => `${plain(...step).trimEnd()}\nContent-Length: 15\n\nCC-Agent: é\n\n`).join(''),
    ],
  ];
  for (const [name, text] of FORMS) {
    it(name, () => {
      const events = eventsOf(freeswitch, CONTEXT, [text]).map(({ raw: _, ...event }) => event);
      assert.deepEqual(events, expected);
    });
    it(`${name}, cut anywhere`, () => {
      const whole = splitText(text, freeswitch.splitter());
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 60 }), size => {
          const splitter = freeswitch.splitter();
          const documents: RawDocument[] = [];
          for (let at = 0; at < text.length; at += size) {
            documents.push(...splitter.push(text.slice(at, at + size)));
          }
          assert.deepEqual([...documents, ...splitter.end()], whole);
        }),
        runs(100),
      );
    });
  }

  it('any text gives the same documents however it is cut', () => {
    const pieces = fc.array(
      fc.constantFrom('a: b', '\n', '\r', ' ', 'Content-Length: 3', 'é', '😀', '\n\n', 'Content-Type: text/event-json'),
    );
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 7 }), (words, size) => {
        const text = `x${words.join('')}`;
        const splitter = freeswitch.splitter();
        const documents: RawDocument[] = [];
        for (let at = 0; at < text.length; at += size) {
          documents.push(...splitter.push(text.slice(at, at + size)));
        }
        assert.deepEqual([...documents, ...splitter.end()], splitText(text, freeswitch.splitter()));
      }),
      runs(100),
    );
  });

  it('cuts a head that does not end, and goes on after it', () => {
    const text = `a: b\n\n${'x'.repeat(5 * LIMITS.documentBytes)}\ny\n\nc: d\n\n`;
    const documents: RawDocument[] = [];
    const splitter = freeswitch.splitter();
    for (let at = 0; at < text.length; at += 65_536) documents.push(...splitter.push(text.slice(at, at + 65_536)));
    documents.push(...splitter.end());
    assert.deepEqual(
      documents.map(({ raw, position }) => [raw.length, position]),
      [
        [4, 1],
        [LIMITS.documentBytes + 1, 3],
        [4, 6],
      ],
    );
  });
});

describe('laws', () => {
  const headers = fc.oneof(
    fc.constantFrom('Available', 'Available (On Demand)', 'On Break', 'Logged Out').map(status),
    fc.constantFrom('Waiting', 'Receiving', 'In a queue call', 'Idle').map(state),
    fc.constantFrom('c', 'd').map(offer),
    fc.constantFrom('e', 'f').map(id => since(5, answer(id))),
    fc.constantFrom('e', 'f').map(id => since(5, end(id))),
    fc.constantFrom('e', 'f').map(id => since(5, fail(id, 'NO_ANSWER'))),
    fc.tuple(fc.constantFrom('c', 'd'), fc.constantFrom('l', 'm')).map(([id, leg]) => answer(id, leg)),
    fc.tuple(fc.constantFrom('c', 'd'), fc.constantFrom('l', 'm')).map(([id, leg]) => end(id, leg)),
    fc
      .tuple(fc.constantFrom('c', 'd'), fc.constantFrom('NO_ANSWER', 'ORIGINATOR_CANCEL'))
      .map(([id, cause]) => fail(id, cause)),
  );
  const second = fc.oneof(
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 30 }).map(n => n / 10_000),
    fc.integer({ min: 0, max: 200_000 }),
  );
  const event = fc.tuple(second, headers, fc.constantFrom('1000', '2000')).map(args => plain(...args));
  const untimed = fc.tuple(headers, fc.boolean()).map(([told, isJson]) => {
    const timeless = { ...told, 'Event-Date-Timestamp': '' };
    return isJson ? json(0, timeless) : plain(0, timeless).replace('Event-Date-Timestamp: \n', '');
  });
  const texts = fc.uniqueArray(event, { maxLength: 25 });

  it('never throws', () =>
    checkNeverThrows(freeswitch, LIVE, [SAMPLES, DAY.map(step => plain(...step)).join(''), json(...DAY[2]!)]));
  it('the order and repetition of documents do not matter', () => checkAnyOrder(freeswitch, CONTEXT, texts));
  it('a document read again is the same fact', () =>
    checkRereading(freeswitch, CONTEXT, fc.array(fc.oneof(event, untimed), { maxLength: 10 })));
  it('a session depends on its own facts alone', () => checkFreshStart(freeswitch, CONTEXT, texts));
});
