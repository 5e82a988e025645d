// One agent's facts, in order, to the events of login sessions.
import { type AgentEvent, type BaseState, MAX_ORDER } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { type AgentFact, factEvent, type Sessionizer, sessionIdOf, type Told as EventTold } from '../agent-source.ts';
import type { DecodeContext } from '../source.ts';
import type { Told } from './fact.ts';
import { isRepeated, Session } from './session.ts';
import { isLoggedOut, phaseNamed } from './states.ts';

/** Silence after which a session is not taken up again, where its logout must have been lost. */
const STALE_MS = 16 * 3_600_000;

export function sessionizer(context: DecodeContext): Sessionizer<Told> {
  return new FreeswitchSessions(context);
}

class FreeswitchSessions implements Sessionizer<Told> {
  private readonly context: DecodeContext;
  private session: Session | undefined;
  private lastAt = 0;
  /** When the session before ended, or was last heard of. */
  private endedAt = 0;
  private baseState: BaseState | '' = '';
  private label = '';

  constructor(context: DecodeContext) {
    this.context = context;
  }

  next(fact: AgentFact<Told>): AgentEvent[] {
    const told = fact.body;
    if (this.isOver(fact)) {
      this.session = undefined;
      this.endedAt = this.lastAt;
    }
    const isFirst = this.session === undefined;
    if (isFirst && !this.beginsSession(told)) return [factEvent(fact, {})];
    const session = this.session ?? this.begin(fact);
    this.lastAt = fact.at;
    if (told.action === 'agent-status-change' && isLoggedOut(told.value)) {
      this.session = undefined;
      this.endedAt = fact.at;
      return [factEvent(fact, { loginSessionId: session.id, kind: 'LOGOUT', order: MAX_ORDER })];
    }
    const before = isFirst ? this.tellBeginning(fact, session) : [];
    const happened = apply(session, told);
    const now = happened.map((event, nth) =>
      factEvent(
        fact,
        { ...event, ...(nth === 0 ? this.change(fact, session) : {}), loginSessionId: session.id },
        before.length + nth,
      ),
    );
    const events = [...before, ...now];
    if (isFirst && session.hasLogin) Object.assign(events[0]!, { kind: 'LOGIN', order: 0 });
    return events;
  }

  private begin(fact: AgentFact<Told>): Session {
    this.baseState = '';
    this.label = '';
    const hasLogin = fact.body.action === 'agent-status-change';
    this.session = new Session(sessionIdOf(fact, beganMs(fact)), hasLogin);
    return this.session;
  }

  /** What the first fact of a session tells of the time before it: the ring or the connection that it is the end of. */
  private tellBeginning(fact: AgentFact<Told>, session: Session): AgentEvent[] {
    const at = beganMs(fact);
    if (at === fact.at) return [];
    const isAnswered = fact.body.action === 'bridge-agent-end';
    if (isAnswered) session.answer(fact.body);
    else session.offer(fact.body);
    const told = { ...callOf(fact.body), ...this.change(fact, session), loginSessionId: session.id };
    return [{ ...factEvent(fact, { ...told, kind: isAnswered ? 'ANSWER' : 'OFFER' }), at }];
  }

  /**
   * A logged-out agent is offered no calls, so an offer tells of a session whose login is not known, and so does the end of a ring or
   * a connection, unless it began before the last logout. Other facts may be what is left of a session that has ended: a call that goes on
   * after the logout, a state that is set for the next login.
   */
  private beginsSession({ action, value, sinceMs }: Told): boolean {
    if (action === 'agent-status-change') return !isLoggedOut(value);
    if (action === 'agent-state-change') return phaseNamed(value) === 'RECEIVING';
    if (sinceMs !== undefined) return sinceMs >= this.endedAt;
    return action === 'agent-offering' || action === 'bridge-agent-start';
  }

  /** The switch keeps a status for days, so silence alone ends a session only where its login is not known. */
  private isOver({ at, body }: AgentFact<Told>): boolean {
    if (this.session === undefined || at - this.lastAt <= STALE_MS) return false;
    if (!this.session.hasLogin) return true;
    return body.action === 'agent-status-change' && isRepeated(body.value, this.session.status);
  }

  /** The state entered, if it is another one. It names the one left, which orders the events of one instant. */
  private change(fact: AgentFact<Told>, session: Session): EventTold {
    const { baseState, label } = session.seen(this.context.statesOf(fact.accountId));
    if (baseState === this.baseState && label === this.label) return {};
    const prevBaseState = this.baseState;
    this.baseState = baseState;
    this.label = label;
    return { baseState, prevBaseState, stateLabel: label, pendingDisposition: false };
  }
}

/** When what a fact tells of began. */
function beganMs({ at, body: { sinceMs } }: AgentFact<Told>): number {
  const isTold = sinceMs !== undefined && sinceMs < at && at - sinceMs <= LIMITS.statedTimeMs;
  return isTold ? sinceMs : at;
}

const callOf = ({ callId, queue }: Told) => ({
  ...({ callId, callDirection: 'INBOUND', queueId: queue, queueName: queue } as const),
});

/** Tells the session of the fact; returns what happened, one event at least. */
function apply(session: Session, told: Told): EventTold[] {
  const call = callOf(told);
  switch (told.action) {
    case 'agent-status-change':
      session.status = told.value;
      return [{}];
    case 'agent-state-change':
      session.enterState(told.value);
      return [{}];
    case 'agent-offering':
      session.offer(told);
      return [{ ...call, kind: 'OFFER' }];
    case 'bridge-agent-start':
      session.answer(told);
      return [{ ...call, kind: 'ANSWER' }];
    case 'bridge-agent-end':
      // The end of a connection whose start was lost tells that the call was answered; counted twice it is still one call.
      if (session.endCall(told)) return [{ ...call, kind: 'CALL_END' }];
      return [
        { ...call, kind: 'CALL_END' },
        { ...call, kind: 'ANSWER' },
      ];
    case 'bridge-agent-fail':
      return [{ ...call, kind: session.failOffer(told) ? 'RING_NO_ANSWER' : 'CALL_END' }];
  }
}
