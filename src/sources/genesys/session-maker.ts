// One user's boundaries, in order, to the events of login sessions: two tracks merged into exclusive states.
import { type AgentEvent, type BaseState, type EventKind, MAX_ORDER } from '../../events/agent-event.ts';
import { type AgentFact, factEvent, type Sessionizer, sessionIdOf, type Told } from '../agent-source.ts';
import type { DecodeContext } from '../source.ts';
import type { Boundary } from './boundary.ts';
import { isOffline, seenState } from './states.ts';

/** How long a session lives on without any known presence. */
const STALE_MS = 16 * 3_600_000;

/** What has begun on a track and not ended. */
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
  private presenceEndedAt = 0;
  private baseState: BaseState | '' = '';
  private label = '';

  constructor(context: DecodeContext) {
    this.context = context;
  }

  next(fact: AgentFact<Boundary>): AgentEvent[] {
    const { track, isEnd, value } = fact.body;
    const isPresence = track === 'primaryPresence' && !isEnd;
    if (this.presence === undefined && fact.at - this.presenceEndedAt > STALE_MS) this.sessionId = '';
    const isFirst = this.sessionId === '';
    // Presence bounds the sessions: no routing status begins one.
    if (isFirst && (!isPresence || isOffline(value))) return [factEvent(fact, {})];
    if (isFirst) this.begin(fact);
    const loginSessionId = this.sessionId;
    if (isPresence && isOffline(value)) {
      this.sessionId = '';
      return [factEvent(fact, { loginSessionId, kind: 'LOGOUT', order: MAX_ORDER })];
    }
    this.take(fact);
    const how: Told = isFirst ? { kind: 'LOGIN', order: 0 } : { kind: kindOf(fact.body) };
    return [factEvent(fact, { ...how, ...this.change(fact.accountId), loginSessionId })];
  }

  private begin(fact: AgentFact<Boundary>): void {
    this.sessionId = sessionIdOf(fact);
    this.routing = undefined;
    this.baseState = '';
    this.label = '';
  }

  private take({ body, at }: AgentFact<Boundary>): void {
    const isPresence = body.track === 'primaryPresence';
    let current: Current | undefined = { boundary: body, at };
    if (body.isEnd) {
      const open = isPresence ? this.presence : this.routing;
      // The end of an interval that another one has followed already changes nothing.
      if (open === undefined || open.at >= at || !isSame(open.boundary, body)) return;
      current = undefined;
    }
    if (isPresence) this.presence = current;
    else this.routing = current;
    if (isPresence && body.isEnd) this.presenceEndedAt = at;
  }

  /** The state entered, if it is another one. It names the one left, which orders the events of one instant. */
  private change(accountId: string): Told {
    const { presence, routing, context } = this;
    const { baseState, label } = seenState(presence?.boundary, routing?.boundary, context.statesOf(accountId));
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

/** The answer names no calls: each stretch of interacting is counted as one, each of not responding as one missed. */
function kindOf({ track, isEnd, value }: Boundary): EventKind {
  if (track === 'primaryPresence' || isEnd) return 'STATE';
  if (value === 'INTERACTING') return 'ANSWER';
  return value === 'NOT_RESPONDING' ? 'RING_NO_ANSWER' : 'STATE';
}
