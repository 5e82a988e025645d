// The fold compared with sessions worked out by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import { type BaseState, type EventKind, defaultOrder } from '../events/agent-event.ts';
import { FOLD_SETTINGS, FOLD_SQL, foldParams } from './sessions.ts';

const { engine } = await temporaryEngine();
const HOUR = 3_600_000;
const START = Date.UTC(2021, 4, 2, 8, 36, 40);

interface Fact {
  /** Seconds since the start. */
  s: number;
  kind: EventKind;
  state?: BaseState;
  prev?: BaseState;
  pending?: boolean;
  call?: string;
  order?: number;
  session?: string;
  agent?: string;
}

function row(account: string, fact: Fact) {
  return {
    account_id: account,
    login_session_id: fact.session ?? '900',
    at: START + fact.s * 1000,
    order_in_instant: fact.order ?? defaultOrder(fact.kind),
    kind: fact.kind,
    base_state: fact.state ?? '',
    prev_base_state: fact.prev ?? '',
    pending_disposition: fact.pending === undefined ? (fact.state ? 0 : 2) : Number(fact.pending),
    agent_id: fact.agent ?? '1375145',
    call_id: fact.call ?? '',
  };
}

async function fold(account: string, facts: Fact[], nowMs = START + 100 * HOUR) {
  for (const half of [facts.filter((_, i) => i % 2 === 1), facts.filter((_, i) => i % 2 === 0)]) {
    await engine.insert(
      'events',
      half.map(fact => row(account, fact)),
    );
  }
  return sessions(account, nowMs);
}

function sessions(account: string, nowMs: number) {
  return engine.query<Record<string, number | string>>(
    `SELECT * FROM (${FOLD_SQL}) ORDER BY login_ms, login_session_id SETTINGS ${FOLD_SETTINGS}`,
    foldParams({ accountIds: [account], fromMs: START, toMs: START + HOUR, nowMs, staleAfterMs: 16 * HOUR }),
  );
}

function pick(actual: Record<string, number | string> | undefined, expected: Record<string, number | string>) {
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map(key => [key, actual?.[key]])), expected);
}

const PUBLISHED: Fact[] = [
  { s: 0, kind: 'LOGIN' },
  { s: 0, kind: 'STATE', state: 'AVAILABLE' },
  { s: 1, kind: 'OFF_HOOK' },
  { s: 30, kind: 'OFFER', state: 'TRANSITION', call: 'c1' },
  { s: 30, kind: 'ANSWER', state: 'ENGAGED', call: 'c1', pending: true },
  { s: 43, kind: 'STATE', state: 'AVAILABLE' },
  { s: 69, kind: 'ON_HOOK' },
  { s: 70, kind: 'LOGOUT' },
];
const PUBLISHED_ROW = {
  login_time_ms: 70_000,
  talk_ms: 13_000,
  work_ms: 70_000,
  engaged_ms: 13_000,
  ring_ms: 0,
  available_ms: 57_000,
  off_hook_ms: 68_000,
  rounded_off_hook_ms: 120_000,
  pending_disposition_ms: 13_000,
  presented: 1,
  accepted: 1,
  ring_no_answers: 0,
  unaccounted_ms: 0,
  end_reason: 'NORMAL',
};

test('the second published row: every value, also when each event arrives twice', async () => {
  pick((await fold('golden', PUBLISHED))[0], PUBLISHED_ROW);
  const again = await fold('golden', [...PUBLISHED].reverse());
  assert.equal(again.length, 1);
  pick(again[0], PUBLISHED_ROW);
});

const CASES: { name: string; facts: Fact[]; nowMs?: number; expected: Record<string, number | string> }[] = [
  {
    name: 'an open session counts up to now',
    facts: PUBLISHED.slice(0, 2),
    nowMs: START + HOUR,
    expected: { end_reason: 'OPEN', login_time_ms: HOUR, available_ms: HOUR },
  },
  {
    name: 'a silent session ends at its last event',
    facts: PUBLISHED.slice(0, 6),
    expected: { end_reason: 'STALE', login_time_ms: 43_000 },
  },
  {
    name: 'the next login of the agent ends a session without logout at its last event',
    facts: [...PUBLISHED.slice(0, 6), { s: 7200, kind: 'LOGIN', session: '901' }],
    expected: { end_reason: 'SUPERSEDED', login_time_ms: 43_000 },
  },
  {
    name: 'hold is taken off talk, and ends with the call',
    facts: [
      { s: 0, kind: 'LOGIN' },
      { s: 0, kind: 'ANSWER', state: 'ENGAGED', call: 'c1' },
      { s: 10, kind: 'HOLD', call: 'c1' },
      { s: 15, kind: 'UNHOLD', call: 'c1' },
      { s: 50, kind: 'HOLD', call: 'c1' },
      { s: 60, kind: 'STATE', state: 'WORKING' },
      { s: 70, kind: 'ANSWER', state: 'ENGAGED', call: 'c2' },
      { s: 100, kind: 'LOGOUT' },
    ],
    expected: {
      holds: 1,
      hold_ms: 15_000,
      talk_ms: 75_000,
      engaged_ms: 90_000,
      accepted: 2,
      off_hook_ms: 90_000,
      rounded_off_hook_ms: 120_000,
    },
  },
  {
    name: 'offers are answered, missed or withdrawn; dials connect or not; transfers are of accepted calls',
    facts: [
      { s: 0, kind: 'LOGIN' },
      { s: 1, kind: 'OFFER', state: 'TRANSITION' },
      { s: 2, kind: 'ANSWER', state: 'ENGAGED', call: 'c1' },
      { s: 3, kind: 'TRANSFER', call: 'c1' },
      { s: 4, kind: 'OFFER', state: 'TRANSITION' },
      { s: 5, kind: 'RING_NO_ANSWER', state: 'RNA' },
      { s: 6, kind: 'OFFER', state: 'TRANSITION' },
      { s: 7, kind: 'STATE', state: 'AVAILABLE' },
      { s: 8, kind: 'OFFER', call: 'c9' },
      { s: 9, kind: 'MANUAL_DIAL', call: 'd1' },
      { s: 10, kind: 'NO_CONNECT', call: 'd1' },
      { s: 11, kind: 'MANUAL_DIAL', call: 'd2' },
      { s: 12, kind: 'ANSWER', call: 'd2' },
      { s: 20, kind: 'LOGOUT' },
    ],
    expected: {
      presented: 5,
      accepted: 2,
      ring_no_answers: 1,
      offers_withdrawn: 2,
      manual_no_connects: 1,
      transfers: 1,
    },
  },
  {
    name: 'three states of one second follow the states they left, not their arrival',
    facts: [
      { s: 0, kind: 'LOGIN' },
      { s: 1, kind: 'STATE', state: 'WORKING', prev: 'AVAILABLE', order: 2 },
      { s: 5, kind: 'STATE', state: 'AVAILABLE', prev: 'WORKING', order: 2 },
      { s: 5, kind: 'STATE', state: 'ENGAGED', prev: 'TRANSITION', order: 3 },
      { s: 5, kind: 'STATE', state: 'TRANSITION', prev: 'AVAILABLE', order: 3 },
      { s: 5, kind: 'STATE', state: 'AVAILABLE', prev: 'ENGAGED', order: 3 },
      { s: 10, kind: 'LOGOUT' },
    ],
    expected: { available_ms: 5_000, engaged_ms: 0, ring_ms: 0, wrap_ms: 4_000, unaccounted_ms: 1_000 },
  },
];

for (const [index, { name, facts, nowMs, expected }] of CASES.entries()) {
  test(name, async () => pick((await fold(`case-${index}`, facts, nowMs))[0], expected));
}
