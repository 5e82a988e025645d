// Random histories of agents: what a feed could say at its worst, and ways through states as they happen.
import fc from 'fast-check';
import { type AgentEvent, BASE_STATES, type BaseState, EVENT_KINDS } from '../../src/events/agent-event.ts';

/** The instant around which every history lies: shortly before a midnight of UTC. */
export const START = Date.UTC(2021, 4, 2, 23, 59, 30);

/** Events of one account, before it has its id. */
export type History = readonly Omit<AgentEvent, 'accountId'>[];

export const BLANK_EVENT: Omit<AgentEvent, 'accountId'> = {
  loginSessionId: 's0',
  at: START,
  order: 32,
  eventId: '',
  kind: 'STATE',
  baseState: '',
  prevBaseState: '',
  stateLabel: '',
  pendingDisposition: null,
  agentId: 'a0',
  username: '',
  phone: '',
  externalAgentId: '',
  callId: '',
  callDirection: '',
  queueId: '',
  queueName: '',
  dialGroupId: '',
  dialGroupName: '',
  source: 'offhook',
  receivedAt: START,
  raw: '',
};

/** The history's events under an account of its own. */
export function inAccount(accountId: string, history: History): AgentEvent[] {
  return history.map(event => ({ ...event, accountId }));
}

const FEW_STATES: readonly BaseState[] = ['AVAILABLE', 'TRANSITION', 'ENGAGED', 'WORKING'];
const anyState = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...FEW_STATES) },
  { weight: 1, arbitrary: fc.constantFrom(...BASE_STATES) },
);
const maybeState = fc.option(anyState, { nil: '' as const, freq: 2 });

/** Few instants, few orders, few calls: so that much happens at once. */
const said = fc.record({
  session: fc.constantFrom('s0', 's0', 's1', 's2', ''),
  instant: fc.nat(60),
  fraction: fc.nat(999),
  order: fc.constantFrom(32, 32, 32, 0, 1, 63),
  kind: fc.constantFrom(...EVENT_KINDS, 'STATE' as const, 'STATE' as const, 'STATE' as const),
  state: maybeState,
  prev: maybeState,
  flag: fc.constantFrom(true, false, null),
  call: fc.constantFrom('', '', 'c1', 'c2', 'c3'),
  agent: fc.constantFrom('a0', 'a0', 'a0', 'a1', ''),
  detail: fc.nat(31),
  id: fc.constantFrom('', '', '', 'e1', 'e2'),
});

/** Anything: overlaps, gaps, logins and logouts that are missing or repeated, states that contradict each other. */
export const anyHistory: fc.Arbitrary<History> = fc
  .tuple(
    fc.array(said, { maxLength: 40, size: 'max' }),
    fc.constantFrom(4, 15, 61),
    fc.constantFrom(1000, 1000, 10_000, 61_000),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([facts, instants, unitMs, inMilliseconds, namesPrev]) =>
    facts.map(fact => {
      const { session, kind, state, flag, detail } = fact;
      const baseState = kind === 'STATE' && state === '' && flag === null ? 'AVAILABLE' : state;
      return {
        ...BLANK_EVENT,
        loginSessionId: session === '' && kind !== 'CALL_END' ? 's0' : session,
        at: START + (fact.instant % instants) * unitMs + (inMilliseconds ? fact.fraction : 0),
        order: fact.order,
        // Also ids that different facts of one place share.
        eventId: fact.id,
        kind,
        baseState,
        prevBaseState: namesPrev ? fact.prev : '',
        // A state always says the flag.
        pendingDisposition: baseState === '' ? flag : flag === true,
        stateLabel: detail & 1 ? `label ${detail % 3}` : '',
        agentId: fact.agent,
        username: detail & 2 ? `user ${detail}` : '',
        phone: detail & 4 ? `+1 650 ${detail}` : '',
        externalAgentId: detail & 8 ? `x${detail}` : '',
        dialGroupName: detail & 16 ? `group ${detail}` : '',
        callId: fact.call,
      };
    }),
  );

/** A way through states, each event naming the state it leaves, many within one second. */
export interface Way {
  history: History;
  /** Milliseconds in each state. */
  timeIn: ReadonlyMap<BaseState, number>;
}

export const anyWay: fc.Arbitrary<Way> = fc
  .array(fc.record({ state: anyState, waits: fc.constantFrom(0, 0, 0, 1, 5) }), {
    minLength: 1,
    maxLength: 25,
    size: 'max',
  })
  .map(steps => {
    const timeIn = new Map<BaseState, number>();
    const history: Omit<AgentEvent, 'accountId'>[] = [{ ...BLANK_EVENT, kind: 'LOGIN', order: 0 }];
    let at = START;
    let before: BaseState | '' = '';
    steps.forEach(({ state, waits }, index) => {
      // Labels keep a way that is gone twice from being one fact.
      history.push({
        ...BLANK_EVENT,
        at,
        baseState: state,
        prevBaseState: before,
        pendingDisposition: false,
        stateLabel: String(index),
      });
      timeIn.set(state, (timeIn.get(state) ?? 0) + waits * 1000);
      at += waits * 1000;
      before = state;
    });
    history.push({ ...BLANK_EVENT, kind: 'LOGOUT', at, order: 63 });
    return { history, timeIn };
  });
