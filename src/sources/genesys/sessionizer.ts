// Turns one user's facts into login sessions: merges presence and routing status into exclusive states.
import { type AgentEvent, type BaseState, type EventKind, MAX_ORDER } from '../../events/agent-event.ts';
import { type AgentFact, type EventFields, factEvent, type Sessionizer, sessionIdOf } from '../agent-source.ts';
import type { DecodeContext } from '../source.ts';
import type { Boundary } from './boundary.ts';
import { currentState, isOffline } from './states.ts';

/** How long a session continues without a known presence. */
const STALE_MS = 16 * 3_600_000;

/** The presence or routing status that has started and not ended. */
interface Current {
  boundary: Boundary;
  at: number;
}

export function sessionizer(context: DecodeContext): Sessionizer<Boundary> {
  return new GenesysSessions(context);
}

class GenesysSessions implements Sessionizer<Boundary> {
  private readonly context: DecodeContext;
  /** Empty outside of a session. */
  private sessionId = '';
  private presence: Current | undefined;
  private routing: Current | undefined;
  private presenceEndedMs = 0;
  private baseState: BaseState | '' = '';
  private label = '';

  constructor(context: DecodeContext) {
    this.context = context;
  }

  next(fact: AgentFact<Boundary>): AgentEvent[] {
    const { track, isEnd, value } = fact.body;
    const isPresence = track === 'primaryPresence' && !isEnd;
    if (this.presence === undefined && fact.at - this.presenceEndedMs > STALE_MS) this.sessionId = '';
    const isFirst = this.sessionId === '';
    // Only a presence begins a session, never a routing status.
    if (isFirst && (!isPresence || isOffline(value))) return [factEvent(fact, {})];
    if (isFirst) this.begin(fact);
    const loginSessionId = this.sessionId;
    if (isPresence && isOffline(value)) {
      this.sessionId = '';
      return [factEvent(fact, { loginSessionId, kind: 'LOGOUT', order: MAX_ORDER })];
    }
    this.update(fact);
    const kind: EventFields = isFirst ? { kind: 'LOGIN', order: 0 } : { kind: kindOf(fact.body) };
    return [factEvent(fact, { ...kind, ...this.stateChange(fact.accountId), loginSessionId })];
  }

  private begin(fact: AgentFact<Boundary>): void {
    this.sessionId = sessionIdOf(fact);
    this.routing = undefined;
    this.baseState = '';
    this.label = '';
  }

  private update({ body, at }: AgentFact<Boundary>): void {
    const isPresence = body.track === 'primaryPresence';
    let current: Current | undefined = { boundary: body, at };
    if (body.isEnd) {
      const open = isPresence ? this.presence : this.routing;
      // If another interval has followed already, the end of this one changes nothing.
      if (open === undefined || open.at >= at || !isSame(open.boundary, body)) return;
      current = undefined;
    }
    if (isPresence) this.presence = current;
    else this.routing = current;
    if (isPresence && body.isEnd) this.presenceEndedMs = at;
  }

  /** The fields of a state change, empty if there is none. They name the state left, which orders events of one instant. */
  private stateChange(accountId: string): EventFields {
    const { presence, routing, context } = this;
    const { baseState, label } = currentState(presence?.boundary, routing?.boundary, context.statesOf(accountId));
    if (baseState === this.baseState && label === this.label) return {};
    const prevBaseState = this.baseState;
    this.baseState = baseState;
    this.label = label;
    return { baseState, prevBaseState, stateLabel: label, pendingDisposition: false };
  }
}

function isSame(a: Boundary, b: Boundary): boolean {
  return a.value === b.value && a.presenceId === b.presenceId;
}

/** Users details name no calls: each INTERACTING interval counts as an answered call, each NOT_RESPONDING one as a missed call. */
function kindOf({ track, isEnd, value }: Boundary): EventKind {
  if (track === 'primaryPresence' || isEnd) return 'STATE';
  if (value === 'INTERACTING') return 'ANSWER';
  return value === 'NOT_RESPONDING' ? 'RING_NO_ANSWER' : 'STATE';
}
