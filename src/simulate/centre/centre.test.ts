import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MAX_ORDER, type AgentEvent, type EventKind } from '../../events/agent-event.ts';
import { simulateCentre } from './centre.ts';
import type { CentreOptions } from '../options.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../time-units.ts';
import { ZoneClock } from '../zone-clock.ts';
import { runs } from '../../../test/support/property-runs.ts';

/** Monday to the Sunday of the next week; the clocks change on the Sunday between. */
const OPTIONS: CentreOptions = {
  accountId: '15300002',
  agents: 150,
  days: 14,
  start: '2026-03-02',
  seed: 11,
};
const EVENTS = [...simulateCentre(OPTIONS)];
const SESSIONS = Map.groupBy(EVENTS, event => event.loginSessionId);
const LOGINS = EVENTS.filter(event => event.kind === 'LOGIN');
const CLOCK = new ZoneClock('America/New_York');

const anyCentre = fc.record({
  accountId: fc.constant('1'),
  agents: fc.integer({ min: 1, max: 12 }),
  days: fc.integer({ min: 1, max: 3 }),
  start: fc.constantFrom('2026-03-07', '2026-10-31', '2024-02-28', '2026-12-31'),
  seed: fc.maxSafeInteger(),
  timezone: fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Europe/London', 'Pacific/Auckland'),
  offHook: fc.boolean(),
});

function count(kind: EventKind): number {
  return EVENTS.filter(event => event.kind === kind).length;
}

function assertNear(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`);
}

test('the same options give the same events', () => {
  fc.assert(
    fc.property(anyCentre, options => {
      assert.equal(JSON.stringify([...simulateCentre(options)]), JSON.stringify([...simulateCentre(options)]));
    }),
    runs(20),
  );
});

test('another seed gives another centre', () => {
  const [first] = simulateCentre({ ...OPTIONS, seed: 12 });
  assert.notDeepEqual(first, EVENTS[0]);
});

test('the events of all sessions follow each other in time, those of one session also within an instant', () => {
  fc.assert(
    fc.property(anyCentre, options => {
      const last = new Map<string, AgentEvent>();
      let at = Number.NEGATIVE_INFINITY;
      for (const event of simulateCentre(options)) {
        const before = last.get(event.loginSessionId);
        assert.ok(event.at >= at && event.at % SECOND_MS === 0);
        if (before?.at === event.at) assert.ok(before.order <= event.order);
        last.set(event.loginSessionId, event);
        at = event.at;
      }
    }),
    runs(40),
  );
});

test('every state is entered from the one before', () => {
  fc.assert(
    fc.property(anyCentre, options => {
      const states = new Map<string, string>();
      for (const event of simulateCentre(options)) {
        if (event.baseState === '') continue;
        assert.equal(event.prevBaseState, states.get(event.loginSessionId) ?? '');
        states.set(event.loginSessionId, event.baseState);
      }
    }),
    runs(20),
  );
});

test('every call is answered once, in its turn, and held and ended only then', () => {
  const talking = new Map<string, string>();
  for (const { kind, baseState, callId, loginSessionId } of EVENTS) {
    if (baseState === 'ENGAGED') talking.set(loginSessionId, callId);
    if (['HOLD', 'UNHOLD', 'TRANSFER', 'CALL_END'].includes(kind)) assert.equal(callId, talking.get(loginSessionId));
  }
  const answered = EVENTS.filter(event => event.kind === 'ANSWER').map(event => event.callId);
  assert.equal(new Set(answered).size, answered.length);
});

test('the line is off the hook from a second before a call to a second after', () => {
  const lined = [...simulateCentre({ ...OPTIONS, days: 2, offHook: true })];
  const withoutLine = [...simulateCentre({ ...OPTIONS, days: 2 })];
  const isHook = ({ kind }: AgentEvent) => kind === 'OFF_HOOK' || kind === 'ON_HOOK';
  assert.deepEqual(
    lined.filter(event => !isHook(event)),
    withoutLine,
  );
  for (const events of Map.groupBy(lined, event => event.loginSessionId).values()) {
    const hooks = events.filter(isHook).map(event => event.kind);
    assert.deepEqual(
      hooks,
      hooks.map((_, place) => (place % 2 === 0 ? 'OFF_HOOK' : 'ON_HOOK')),
    );
  }
});

test('session ids ascend with the login, from 600000001', () => {
  const ids = LOGINS.map(event => Number(event.loginSessionId));
  assert.deepEqual(
    ids,
    ids.map((_, place) => 600_000_001 + place),
  );
});

test('every session begins with a login and the two states that follow it', () => {
  for (const [login, first, second] of SESSIONS.values()) {
    assert.deepEqual([login!.kind, login!.order], ['LOGIN', 0]);
    assert.deepEqual(
      [first!.at - login!.at, first!.baseState, first!.stateLabel, first!.order],
      [0, 'AVAILABLE', '', 1],
    );
    assert.deepEqual([second!.at - login!.at, second!.stateLabel, second!.order], [1000, 'Available', 2]);
  }
});

test('a logout is the last event of its session', () => {
  for (const events of SESSIONS.values()) {
    const place = events.findIndex(event => event.kind === 'LOGOUT');
    if (place >= 0) assert.deepEqual([place, events[place]!.order], [events.length - 1, MAX_ORDER]);
  }
});

test('an agent is logged in once at a time', () => {
  for (const events of Map.groupBy(EVENTS, event => event.agentId).values()) {
    const ids = events.map(event => event.loginSessionId);
    assert.equal(ids.filter((id, place) => id !== ids[place - 1]).length, new Set(ids).size);
  }
});

test('a night shift crosses midnight, some of its agents log in again after it', () => {
  const dayOf = (at: number) => Math.floor(CLOCK.localMs(at) / DAY_MS);
  const nights = [...SESSIONS.values()].filter(events => dayOf(events[0]!.at) < dayOf(events.at(-1)!.at));
  assert.ok(nights.length >= 20, `${nights.length}`);
  assert.ok(LOGINS.some(login => CLOCK.hourOf(login.at) < 5));
});

test('shifts start at the same wall-clock time before and after the clocks change', () => {
  const early = LOGINS.filter(login => CLOCK.hourOf(login.at) === 6 || CLOCK.hourOf(login.at) === 7);
  const change = Date.parse('2026-03-08T07:00:00Z');
  const before = early.filter(login => login.at < change).length;
  assertNear(before / early.length, 0.5, 0.05);
});

test('a weekend has its share of the agents', () => {
  const day = (login: AgentEvent) => Math.floor(CLOCK.localMs(login.at) / DAY_MS);
  const staff = [...Map.groupBy(LOGINS, day).values()].map(logins => new Set(logins.map(login => login.agentId)).size);
  // The last night shift of Friday logs in again on Saturday, and the same a day later.
  const [monday, saturday, sunday] = [staff[0]!, staff[5]!, staff[6]!];
  assertNear(monday / OPTIONS.agents, 0.95, 0.06);
  assertNear(saturday / OPTIONS.agents, 0.25, 0.12);
  assertNear(sunday / OPTIONS.agents, 0.12, 0.1);
});

test('calls come in two humps a day', () => {
  const calls = Array<number>(24).fill(0);
  for (const { kind, at } of EVENTS) if (kind === 'OFFER') calls[CLOCK.hourOf(at)]!++;
  assert.ok(calls[10]! > calls[12]! && calls[14]! > calls[12]!, calls.join());
  assert.ok(calls[10]! > 2 * calls[7]! && calls[15]! > 2 * calls[19]!, calls.join());
  assert.ok(Math.max(...calls.slice(0, 5)) < calls[15]! / 10, calls.join());
});

const SHARES: [name: string, share: () => number, expected: number, tolerance: number][] = [
  ['offers missed', () => count('RING_NO_ANSWER') / count('OFFER'), 0.06, 0.01],
  ['calls held', () => heldCalls() / count('ANSWER'), 0.15, 0.02],
  ['calls transferred', () => count('TRANSFER') / count('ANSWER'), 0.07, 0.01],
  ['dialled calls without connection', () => count('NO_CONNECT') / count('MANUAL_DIAL'), 0.4, 0.04],
  ['sessions without logout', () => 1 - count('LOGOUT') / count('LOGIN'), 0.015, 0.007],
];
for (const [name, share, expected, tolerance] of SHARES) {
  test(`${name}: about ${expected * 100} %`, () => assertNear(share(), expected, tolerance));
}

function heldCalls(): number {
  return new Set(EVENTS.filter(event => event.kind === 'HOLD').map(event => event.callId)).size;
}

test('talk has a median of about four minutes and a tail towards an hour', () => {
  const talks: number[] = [];
  for (const events of SESSIONS.values()) {
    const states = events.filter(event => event.baseState !== '');
    states.forEach((state, place) => {
      const next = states[place + 1];
      if (state.baseState === 'ENGAGED' && next) talks.push(next.at - state.at);
    });
  }
  talks.sort((one, other) => one - other);
  assertNear(talks[Math.floor(talks.length / 2)]! / 60_000, 4, 0.4);
  assert.ok(talks.at(-1)! > HOUR_MS / 2 && talks.at(-1)! <= HOUR_MS);
});

test('every base state of a RingCX day is there', () => {
  const states = new Set(EVENTS.map(event => event.baseState));
  const expected = 'AVAILABLE TRANSITION ENGAGED WORKING ON_BREAK AWAY LUNCH TRAINING RNA MONITORING'.split(' ');
  assert.deepEqual([...states].filter(state => state !== '').sort(), expected.sort());
  assert.ok(
    EVENTS.some(event => event.order === 3),
    'a state left within its second',
  );
});

test('a shorter centre is the beginning of a longer one', () => {
  const short = [...simulateCentre({ ...OPTIONS, days: 2 })];
  const ids = new Set(short.map(event => event.loginSessionId));
  assert.deepEqual(
    short,
    EVENTS.filter(event => ids.has(event.loginSessionId)),
  );
});
