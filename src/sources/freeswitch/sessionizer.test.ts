// Sessions of FreeSWITCH agents, event by event, and their figures in the report.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedSessions } from '../../../test/sessions/expected-sessions.ts';
import { decodeContext } from '../../../test/support/decode-context.ts';
import type { BaseState } from '../../events/agent-event.ts';
import type { DecodeContext } from '../source.ts';
import {
  AGENT,
  answer,
  CONTEXT,
  end,
  eventsAt,
  fail,
  offer,
  outline,
  START_MS,
  type Step,
  since,
  state,
  status,
} from './testing/events.ts';

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
    name: 'a call, as the switch reports it',
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
    name: 'the same call without the states',
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
    name: 'a missed offer and a withdrawn one',
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
    name: 'put on break by the switch, which reports that before the missed call',
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
    name: 'on demand: idle is WORKING after a call and RNA after a missed one, until the agent is ready',
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
    name: 'a missing end: the next state ends the call',
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
    name: 'the end of an earlier call during the present one',
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
    name: 'events after a logout belong to no session',
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
    name: 'states that the account maps, and an unknown status',
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
    name: 'a first event that reports a ring or connection before it',
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
    name: 'a ring or connection that began before the logout opens no session',
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

  it('have the state left, the queue and the label', () => {
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

it('gives the figures of a report', () => {
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
  const [session] = [...expectedSessions(events, range).values()];
  const figures = Object.fromEntries(
    Object.entries(EXPECTED_REPORT).map(([name, value]) => [name, name.endsWith('_ms') ? value * 1000 : value]),
  );
  assert.deepEqual({ ...session, ...figures, end_reason: 'NORMAL' }, session);
});
