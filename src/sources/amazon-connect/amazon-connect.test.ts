import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeContext } from '../../../test/support/decode-context.ts';
import type { AgentEvent, BaseState } from '../../events/agent-event.ts';
import { eventsOf } from '../testing/events-of.ts';
import { amazonConnect } from './amazon-connect.ts';
import { type ContactWords, connectEvent, DAY, type EventWords } from './testing/connect-event.ts';

const sample = (n: number) => readFileSync(join(import.meta.dirname, `fixtures/determine-acw-time_${n}.json`), 'utf8');

/** Figures of the report on the two samples, by hand. Nothing follows, so the session is stale and ends with the last event. */
export const EXPECTED_REPORT = {
  agentId: 'agent-ARN',
  loginMs: Date.UTC(2019, 4, 25, 18, 55, 27, 17),
  endReason: 'STALE',
  loginRecorded: 0,
  loginTimeMs: 5_005,
  workTimeMs: 5_005,
  afterCallWorkMs: 5_005,
  engagedMs: 0,
  availableMs: 0,
  accepted: 0,
  presented: 0,
};

describe('amazon-connect: the samples', () => {
  for (const order of [
    [1, 2],
    [2, 1],
    [2, 1, 2],
  ]) {
    it(`gives 5.005 s of after-call work, read in the order ${order}`, () => {
      const events = eventsOf(amazonConnect, decodeContext(), order.map(sample));
      assert.deepEqual(
        events.map(({ at, kind, baseState, callId, loginSessionId }) => [
          at - EXPECTED_REPORT.loginMs,
          kind,
          baseState,
          callId,
          loginSessionId,
        ]),
        [
          [0, 'CALL_END', 'WORKING', 'ContactId-1', 'agent-ARN@1558810527.017'],
          [5_005, 'STATE', 'AVAILABLE', '', 'agent-ARN@1558810527.017'],
        ],
      );
    });
  }

  it('keeps the other fields of the document', () => {
    const [event] = eventsOf(amazonConnect, decodeContext(), [sample(1)]);
    assert.partialDeepStrictEqual(event, {
      accountId: '012345678901',
      agentId: 'agent-ARN',
      eventId: 'EventId-1',
      username: '(Removed)',
      callDirection: 'OUTBOUND',
      queueId: 'queue-ARN-for-BasicQueue',
      queueName: 'BasicQueue',
      pendingDisposition: false,
      source: 'amazon-connect',
      raw: sample(1),
    });
  });
});

/** An event as `ms KIND STATE call (label)`; `ms -` is one without effect in the session, `ms x` outside any session. */
function words({ at, kind, baseState, callId, stateLabel, loginSessionId }: AgentEvent): string {
  const ms = String(at - DAY);
  if (loginSessionId === '') return `${ms} x`;
  if (kind === 'STATE' && baseState === '') return `${ms} -`;
  return [ms, kind, baseState, callId, stateLabel && `(${stateLabel})`].filter(word => word !== '').join(' ');
}

function shownEvents(history: Omit<EventWords, 'id'>[], states?: ReadonlyMap<string, BaseState>): string[] {
  const texts = history.map((event, i) => connectEvent({ id: `e${String(i).padStart(2, '0')}`, ...event }));
  const context = decodeContext(states === undefined ? {} : { statesOf: () => states });
  return eventsOf(amazonConnect, context, texts)
    .toSorted((a, b) => a.at - b.at || a.order - b.order)
    .map(words);
}

const a = (state: string, since?: number, connected?: number): ContactWords => ({
  id: 'A',
  state,
  ...(since === undefined ? {} : { since }),
  ...(connected === undefined ? {} : { connected }),
});
const chat = (state: string, since: number): ContactWords => ({ id: 'B', state, since, channel: 'CHAT' });
const LOGIN: Omit<EventWords, 'id'> = { type: 'LOGIN', at: 0, status: 'Offline', before: null };
const READY: Omit<EventWords, 'id'> = { at: 1_000, statusSince: 1_000, before: { status: 'Offline' } };

const CASES: { name: string; history: Omit<EventWords, 'id'>[]; events: string[] }[] = [
  {
    name: 'a day: login, call with hold, work after it, break, offline, logout',
    history: [
      LOGIN,
      READY,
      { at: 5_000, contacts: [a('CONNECTING', 4_990)] },
      { at: 9_000, contacts: [a('CONNECTED', 8_990, 8_990)] },
      { at: 20_000, contacts: [a('CONNECTED_ONHOLD', 8_990, 8_990)] },
      { at: 30_000, contacts: [a('CONNECTED', 8_990, 8_990)] },
      { at: 60_000, contacts: [a('ENDED', 60_000, 8_990)] },
      { at: 65_000, contacts: [] },
      { at: 70_000, status: 'Break', statusSince: 69_950 },
      { at: 80_000, status: 'Offline', statusSince: 80_000 },
      { at: 81_000, type: 'LOGOUT', status: 'Offline', statusSince: 80_000 },
    ],
    events: [
      '0 LOGIN OFFLINE',
      '1000 STATE AVAILABLE',
      '4990 OFFER TRANSITION A',
      '5000 -',
      '8990 ANSWER ENGAGED A',
      '9000 -',
      '20000 HOLD A',
      '30000 UNHOLD A',
      '60000 CALL_END WORKING A',
      '65000 STATE AVAILABLE',
      '69950 STATE ON_BREAK (Break)',
      '70000 -',
      '80000 LOGOUT',
      '81000 x',
    ],
  },
  {
    name: 'coming back from Offline begins a session with a login',
    history: [
      { ...READY },
      { at: 2_000, status: 'Offline', statusSince: 2_000 },
      { ...READY, at: 9_000, statusSince: 9_000 },
    ],
    events: ['1000 LOGIN AVAILABLE', '2000 LOGOUT', '9000 LOGIN AVAILABLE'],
  },
  {
    name: 'a session whose login was not recorded begins with its first event, and nothing before it is an event',
    history: [{ at: 50_000, contacts: [a('CONNECTED', 20_000, 20_000), { id: 'B', state: 'MISSED', since: 10_000 }] }],
    events: ['50000 ANSWER ENGAGED A'],
  },
  {
    name: 'heartbeats neither begin a session nor prolong one',
    history: [
      { type: 'HEART_BEAT', at: 0 },
      { ...READY },
      { type: 'HEART_BEAT', at: 121_000, before: { status: 'Offline', statusSince: 1_000 } },
      { type: 'LOGOUT', at: 130_000 },
      { type: 'HEART_BEAT', at: 250_000 },
    ],
    events: ['0 x', '1000 LOGIN AVAILABLE', '121000 x', '130000 LOGOUT', '250000 x'],
  },
  {
    name: 'a heartbeat shows a lost change, at the time when it happened',
    history: [
      { ...READY },
      { type: 'HEART_BEAT', at: 121_000, status: 'Lunch', statusSince: 40_000 },
      { type: 'HEART_BEAT', at: 241_000, status: 'Offline', statusSince: 200_000 },
    ],
    events: ['1000 LOGIN AVAILABLE', '40000 STATE LUNCH (Lunch)', '121000 x', '200000 LOGOUT', '241000 x'],
  },
  {
    name: 'a lost answer shows in the end of the call',
    history: [
      { ...READY },
      { at: 5_000, contacts: [a('CONNECTING', 5_000)] },
      { at: 60_000, contacts: [a('ENDED', 60_000, 8_000)] },
    ],
    events: ['1000 LOGIN AVAILABLE', '5000 OFFER TRANSITION A', '8000 ANSWER ENGAGED A', '60000 CALL_END WORKING A'],
  },
  {
    name: 'a call on hold keeps the time of its connection, so its hold begins with the event',
    history: [{ ...READY }, { at: 20_000, contacts: [a('CONNECTED_ONHOLD', 8_990, 8_990)] }],
    events: ['1000 LOGIN AVAILABLE', '8990 ANSWER ENGAGED A', '20000 HOLD A'],
  },
  {
    name: 'the previous snapshot shows a break whose event was lost, but nothing older than the previous event',
    history: [
      { ...READY },
      { at: 90_000, statusSince: 90_000, before: { status: 'Break', statusSince: 50_000 } },
      { at: 95_000, contacts: [a('INCOMING', 95_000)], before: { status: 'Break', statusSince: 50_000 } },
    ],
    events: [
      '1000 LOGIN AVAILABLE',
      '50000 STATE ON_BREAK (Break)',
      '90000 STATE AVAILABLE',
      '95000 OFFER TRANSITION A',
    ],
  },
  {
    name: 'a contact that left the list has ended',
    history: [{ ...READY }, { at: 5_000, contacts: [a('CONNECTED', 5_000, 5_000)] }, { at: 9_000 }],
    events: ['1000 LOGIN AVAILABLE', '5000 ANSWER ENGAGED A', '9000 CALL_END AVAILABLE A'],
  },
  {
    name: 'a snapshot without a list of contacts ends none',
    history: [
      { ...READY },
      { at: 5_000, contacts: [a('CONNECTED', 5_000, 5_000)] },
      { at: 9_000, status: null, contacts: null },
      { at: 10_000, contacts: null },
    ],
    events: ['1000 LOGIN AVAILABLE', '5000 ANSWER ENGAGED A', '9000 -', '10000 -'],
  },
  {
    name: 'missed: ring no answer until the agent closes it',
    history: [
      { ...READY },
      { at: 5_000, contacts: [a('CONNECTING', 5_000)] },
      { at: 25_000, contacts: [a('MISSED', 25_000)] },
      { at: 26_000, contacts: [a('ENDED', 26_000)] },
      { at: 30_000 },
    ],
    events: [
      '1000 LOGIN AVAILABLE',
      '5000 OFFER TRANSITION A',
      '25000 RING_NO_ANSWER RNA A',
      '26000 -',
      '30000 STATE AVAILABLE',
    ],
  },
  ...['REJECTED', 'ERROR'].map(state => ({
    name: `${state} of an offer counts as not answered`,
    history: [
      { ...READY },
      { at: 5_000, contacts: [a('CONNECTING', 5_000)] },
      { at: 7_000, contacts: [a(state, 7_000)] },
    ],
    events: ['1000 LOGIN AVAILABLE', '5000 OFFER TRANSITION A', '7000 RING_NO_ANSWER RNA A'],
  })),
  {
    name: 'ERROR of a connected call ends it',
    history: [
      { ...READY },
      { at: 5_000, contacts: [a('CONNECTED', 5_000, 5_000)] },
      { at: 7_000, contacts: [a('ERROR', 7_000, 5_000)] },
    ],
    events: ['1000 LOGIN AVAILABLE', '5000 ANSWER ENGAGED A', '7000 CALL_END WORKING A'],
  },
  {
    name: 'dialled by hand: without an answer, then with one',
    history: [
      { ...READY },
      { at: 5_000, contacts: [{ ...a('CONNECTING', 5_000), initiation: 'OUTBOUND' }] },
      { at: 9_000, contacts: [] },
      { at: 15_000, contacts: [{ ...a('CONNECTING', 15_000), id: 'B', initiation: 'OUTBOUND' }] },
      { at: 19_000, contacts: [{ ...a('CONNECTED', 19_000, 19_000), id: 'B', initiation: 'OUTBOUND' }] },
    ],
    events: [
      '1000 LOGIN AVAILABLE',
      '5000 MANUAL_DIAL TRANSITION A',
      '9000 NO_CONNECT AVAILABLE A',
      '15000 MANUAL_DIAL TRANSITION B',
      '19000 ANSWER ENGAGED B',
    ],
  },
  {
    name: 'chat and voice: engaged takes precedence over ringing, and ringing over after-contact work',
    history: [
      { ...READY },
      { at: 2_000, contacts: [chat('CONNECTED', 2_000)] },
      { at: 3_000, contacts: [chat('CONNECTED', 2_000), a('CONNECTING', 3_000)] },
      { at: 4_000, contacts: [chat('ENDED', 4_000), a('CONNECTING', 3_000)] },
      { at: 5_000, contacts: [chat('ENDED', 4_000), a('CONNECTED', 5_000, 5_000)] },
      { at: 6_000, contacts: [chat('ENDED', 4_000), a('CONNECTED_ONHOLD', 6_000, 5_000)] },
      { at: 7_000, contacts: [chat('ENDED', 4_000), a('MISSED', 7_000, 5_000)] },
      { at: 8_000, contacts: [] },
    ],
    events: [
      '1000 LOGIN AVAILABLE',
      '2000 ANSWER ENGAGED B',
      '3000 OFFER A',
      '4000 CALL_END TRANSITION B',
      '5000 ANSWER ENGAGED A',
      '6000 HOLD A',
      '7000 CALL_END WORKING A',
      '8000 STATE AVAILABLE',
    ],
  },
  {
    name: 'a paused task leaves the agent free and is answered once',
    history: [
      { ...READY },
      { at: 2_000, contacts: [{ ...a('CONNECTED', 2_000, 2_000), channel: 'TASK' }] },
      { at: 3_000, contacts: [{ ...a('PAUSED', 3_000, 2_000), channel: 'TASK' }] },
      { at: 9_000, contacts: [{ ...a('CONNECTED', 9_000, 2_000), channel: 'TASK' }] },
    ],
    events: ['1000 LOGIN AVAILABLE', '2000 ANSWER ENGAGED A', '3000 STATE AVAILABLE', '9000 STATE ENGAGED'],
  },
  {
    name: 'a supervisor who listens is monitoring',
    history: [
      { ...READY },
      { at: 2_000, contacts: [{ ...a('CONNECTED', 2_000, 2_000), initiation: 'MONITOR' }] },
      { at: 9_000, contacts: [{ ...a('ENDED', 9_000, 2_000), initiation: 'MONITOR' }] },
    ],
    events: ['1000 LOGIN AVAILABLE', '2000 MONITOR_START MONITORING A', '9000 MONITOR_END AVAILABLE A'],
  },
  {
    name: 'an agent who goes offline in a call stays until it ends',
    history: [
      { ...READY },
      { at: 2_000, contacts: [a('CONNECTED', 2_000, 2_000)] },
      { at: 3_000, status: 'Offline', statusSince: 3_000, contacts: [a('CONNECTED', 2_000, 2_000)] },
      { at: 9_000, status: 'Offline', statusSince: 3_000, contacts: [a('ENDED', 9_000, 2_000)] },
    ],
    events: ['1000 LOGIN AVAILABLE', '2000 ANSWER ENGAGED A', '3000 -', '9000 CALL_END A', '9000 LOGOUT'],
  },
  {
    name: 'a login in an open session begins the next one',
    history: [{ ...READY }, { at: 5_000, type: 'LOGIN' }, { at: 6_000, contacts: [a('INCOMING', 6_000)] }],
    events: ['1000 LOGIN AVAILABLE', '5000 LOGIN AVAILABLE', '6000 OFFER TRANSITION A'],
  },
  {
    name: 'after 16 hours without any event but heartbeats a session is over',
    history: [
      { ...READY },
      { type: 'HEART_BEAT', at: 30_000_000 },
      { at: 57_601_000, type: 'LOGOUT' },
      { at: 57_602_000, status: 'Break', statusSince: 57_602_000 },
    ],
    events: ['1000 LOGIN AVAILABLE', '30000000 x', '57601000 x', '57602000 STATE ON_BREAK (Break)'],
  },
  {
    name: 'of two changes in one millisecond the one that leads to the other comes first',
    history: [
      { ...READY, contacts: [a('ENDED', 900, 500)], before: null },
      // By id, the second one sorts first.
      { at: 5_000, status: 'Lunch', statusSince: 5_000, before: { status: 'Available' } },
      { at: 5_000, before: { status: 'Available', contacts: [a('ENDED', 900, 500)] } },
    ],
    events: ['1000 STATE WORKING', '5000 STATE LUNCH (Lunch)', '5000 -'],
  },
  {
    name: 'a contact in an unknown state stays in its phase',
    history: [
      { ...READY },
      { at: 2_000, contacts: [a('CONNECTED', 2_000, 2_000), { id: 'C', state: 'NEW' }] },
      { at: 3_000, contacts: [a('TELEPORTED', 3_000, 2_000)] },
    ],
    events: ['1000 LOGIN AVAILABLE', '2000 ANSWER ENGAGED A', '3000 -'],
  },
];

describe('amazon-connect: sessions', () => {
  for (const { name, history, events } of CASES) it(name, () => assert.deepEqual(shownEvents(history), events));

  it('identifies sessions by their beginning', () => {
    const texts = [READY, { ...READY, at: 60_000 }].map((event, i) =>
      connectEvent({ ...event, id: `e${i}`, type: 'LOGIN' }),
    );
    const ids = eventsOf(amazonConnect, decodeContext(), texts).map(({ loginSessionId }) => loginSessionId);
    assert.deepEqual(ids, [`agent-1@${DAY / 1000 + 1}`, `agent-1@${DAY / 1000 + 60}`]);
  });
});

const STATUSES: [string, BaseState][] = [
  ['Break', 'ON_BREAK'],
  ['Morning break', 'ON_BREAK'],
  ['Kaffeepause', 'ON_BREAK'],
  ['Descanso', 'ON_BREAK'],
  ['LUNCH BREAK', 'LUNCH'],
  ['Mittagspause', 'LUNCH'],
  ['Déjeuner', 'LUNCH'],
  ['Training', 'TRAINING'],
  ['1:1 coaching', 'TRAINING'],
  ['Formación', 'TRAINING'],
  ['Wrap-up', 'WORKING'],
  ['Team meeting', 'AWAY'],
  ['Something else', 'AWAY'],
  ['Breakdown', 'AWAY'],
];

describe('amazon-connect: statuses', () => {
  for (const [status, state] of STATUSES) {
    it(`${status} is ${state}`, () =>
      assert.deepEqual(shownEvents([{ at: 1, status }]), [`1 STATE ${state} (${status})`]));
  }

  it('uses the account’s mapping, whatever the case', () => {
    const states = new Map<string, BaseState>([['break', 'TRAINING']]);
    assert.deepEqual(shownEvents([{ at: 1, status: ' BREAK ' }], states), ['1 STATE TRAINING (BREAK)']);
  });
});
