// Turns the facts of one agent into the events of login sessions.
import { type AgentEvent, type BaseState, MAX_ORDER } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { type AgentFact, type EventFields, factEvent, type Sessionizer, sessionIdOf } from '../agent-source.ts';
import type { DecodeContext } from '../source.ts';
import type { CallcenterEvent } from './fact.ts';
import { isRepeated, Session } from './session.ts';
import { isLoggedOut, phaseNamed } from './states.ts';

/** Time without events after which a session does not continue, if its logout must have been lost. */
const STALE_MS = 16 * 3_600_000;

export function sessionizer(context: DecodeContext): Sessionizer<CallcenterEvent> {
  return new FreeswitchSessions(context);
}

class FreeswitchSessions implements Sessionizer<CallcenterEvent> {
  private readonly context: DecodeContext;
  private session: Session | undefined;
  private lastMs = 0;
  /** The end of the previous session, or its last event if its logout was lost. */
  private endedMs = 0;
  private baseState: BaseState | '' = '';
  private label = '';

  constructor(context: DecodeContext) {
    this.context = context;
  }

  next(fact: AgentFact<CallcenterEvent>): AgentEvent[] {
    const event = fact.body;
    if (this.isOver(fact)) {
      this.session = undefined;
      this.endedMs = this.lastMs;
    }
    const isFirst = this.session === undefined;
    if (isFirst && !this.beginsSession(event)) return [factEvent(fact, {})];
    const session = this.session ?? this.begin(fact);
    this.lastMs = fact.at;
    if (event.action === 'agent-status-change' && isLoggedOut(event.value)) {
      this.session = undefined;
      this.endedMs = fact.at;
      return [factEvent(fact, { loginSessionId: session.id, kind: 'LOGOUT', order: MAX_ORDER })];
    }
    const before = isFirst ? this.eventsBefore(fact, session) : [];
    const happened = apply(session, event);
    const now = happened.map((fields, nth) =>
      factEvent(
        fact,
        { ...fields, ...(nth === 0 ? this.stateChange(fact, session) : {}), loginSessionId: session.id },
        before.length + nth,
      ),
    );
    const events = [...before, ...now];
    if (isFirst && session.hasLogin) Object.assign(events[0]!, { kind: 'LOGIN', order: 0 });
    return events;
  }

  private begin(fact: AgentFact<CallcenterEvent>): Session {
    this.baseState = '';
    this.label = '';
    const hasLogin = fact.body.action === 'agent-status-change';
    this.session = new Session(sessionIdOf(fact, startMsOf(fact)), hasLogin);
    return this.session;
  }

  /** If the first fact of a session ends a ring or connection, the event of that one's beginning. */
  private eventsBefore(fact: AgentFact<CallcenterEvent>, session: Session): AgentEvent[] {
    const at = startMsOf(fact);
    if (at === fact.at) return [];
    const isAnswered = fact.body.action === 'bridge-agent-end';
    if (isAnswered) session.answer(fact.body);
    else session.offer(fact.body);
    const fields = { ...callFields(fact.body), ...this.stateChange(fact, session), loginSessionId: session.id };
    return [{ ...factEvent(fact, { ...fields, kind: isAnswered ? 'ANSWER' : 'OFFER' }), at }];
  }

  /**
   * A logged-out agent is offered no calls, so an offer proves a session whose login was lost. So does the end of a ring or
   * connection that began after the last logout. Other facts may belong to a session that has ended (a call that outlasts the
   * logout) or prepare the next login (a state change).
   */
  private beginsSession({ action, value, sinceMs }: CallcenterEvent): boolean {
    if (action === 'agent-status-change') return !isLoggedOut(value);
    if (action === 'agent-state-change') return phaseNamed(value) === 'RECEIVING';
    if (sinceMs !== undefined) return sinceMs >= this.endedMs;
    return action === 'agent-offering' || action === 'bridge-agent-start';
  }

  /** The switch keeps a status for days, so silence alone ends a session only if its login is unknown. */
  private isOver({ at, body }: AgentFact<CallcenterEvent>): boolean {
    if (this.session === undefined || at - this.lastMs <= STALE_MS) return false;
    if (!this.session.hasLogin) return true;
    return body.action === 'agent-status-change' && isRepeated(body.value, this.session.status);
  }

  /** The fields of a state change, empty if there is none. They name the state left, which orders events of one instant. */
  private stateChange(fact: AgentFact<CallcenterEvent>, session: Session): EventFields {
    const { baseState, label } = session.currentState(this.context.statesOf(fact.accountId));
    if (baseState === this.baseState && label === this.label) return {};
    const prevBaseState = this.baseState;
    this.baseState = baseState;
    this.label = label;
    return { baseState, prevBaseState, stateLabel: label, pendingDisposition: false };
  }
}

/** When the ring or connection of a fact began; its own time if that is unknown. */
function startMsOf({ at, body: { sinceMs } }: AgentFact<CallcenterEvent>): number {
  const isPlausible = sinceMs !== undefined && sinceMs < at && at - sinceMs <= LIMITS.statedTimeMs;
  return isPlausible ? sinceMs : at;
}

const callFields = ({ callId, queue }: CallcenterEvent) => ({
  callId,
  callDirection: 'INBOUND' as const,
  queueId: queue,
  queueName: queue,
});

/** Applies an event to the session. Returns the fields of the resulting events, at least one. */
function apply(session: Session, event: CallcenterEvent): EventFields[] {
  const call = callFields(event);
  switch (event.action) {
    case 'agent-status-change':
      session.status = event.value;
      return [{}];
    case 'agent-state-change':
      session.enterState(event.value);
      return [{}];
    case 'agent-offering':
      session.offer(event);
      return [{ ...call, kind: 'OFFER' }];
    case 'bridge-agent-start':
      session.answer(event);
      return [{ ...call, kind: 'ANSWER' }];
    case 'bridge-agent-end':
      // If the start of the connection was lost, its end proves the answer. A second answer of one call id counts once.
      if (session.endCall(event)) return [{ ...call, kind: 'CALL_END' }];
      return [
        { ...call, kind: 'CALL_END' },
        { ...call, kind: 'ANSWER' },
      ];
    case 'bridge-agent-fail':
      return [{ ...call, kind: session.failOffer(event) ? 'RING_NO_ANSWER' : 'CALL_END' }];
  }
}
