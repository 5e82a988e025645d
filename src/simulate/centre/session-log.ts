// Collects the canonical events of one session, in order.
import {
  defaultOrder,
  type AgentEvent,
  type BaseState,
  type CallDirection,
  type EventKind,
} from '../../events/agent-event.ts';
import type { Agent } from './agents.ts';
import type { Centre } from '../options.ts';
import type { CallSource } from './queues.ts';
import type { NumberedSession } from './roster.ts';
import { SECOND_MS } from '../time-units.ts';

const FIRST_SESSION_ID = 600_000_001;

/** A call of an agent. */
export interface Call {
  id: string;
  direction: CallDirection;
  source: CallSource;
}

/** Writes the events of one session and tracks the agent's state. */
export class SessionLog {
  readonly #agent: Agent;
  readonly #accountId: string;
  readonly #sessionId: string;
  #events: AgentEvent[] = [];
  #state: BaseState | '' = '';
  #stateSince = Number.NEGATIVE_INFINITY;

  constructor(centre: Centre, session: NumberedSession) {
    this.#agent = session.agent;
    this.#accountId = centre.accountId;
    this.#sessionId = String(FIRST_SESSION_ID + session.number);
  }

  /** Empty before the first state. */
  get state(): BaseState | '' {
    return this.#state;
  }

  /** Takes the events before an instant, in order. */
  take(untilMs: number): AgentEvent[] {
    // Sorted here, because a line goes off hook before its call is answered, sometimes in the second of the offer.
    const events = this.#events.sort((one, other) => one.at - other.at || one.order - other.order);
    let taken = events.length;
    while (taken > 0 && events[taken - 1]!.at >= untilMs) taken--;
    this.#events = events.splice(taken);
    return events;
  }

  /** Adds an event that does not change the state. */
  note(at: number, kind: EventKind, call: Call | null = null): void {
    this.#add(at, defaultOrder(kind), kind, '', '', '', null, call);
  }

  /** Adds an event that enters a state, with or without a pending disposition. */
  enter(at: number, kind: EventKind, state: BaseState, label = '', isPending = false, call: Call | null = null): void {
    this.#add(at, this.#orderAt(at), kind, state, this.#state, label, isPending, call);
    this.#state = state;
    this.#stateSince = at;
  }

  /** Order within a second: the login, then the first state; a state that is left within its second precedes the next one. */
  #orderAt(at: number): number {
    if (this.#state === '') return 1;
    return at - this.#stateSince < SECOND_MS ? 3 : 2;
  }

  #add(
    at: number,
    order: number,
    kind: EventKind,
    baseState: BaseState | '',
    prevBaseState: BaseState | '',
    stateLabel: string,
    pendingDisposition: boolean | null,
    call: Call | null,
  ): void {
    const { row, phone } = this.#agent;
    this.#events.push({
      accountId: this.#accountId,
      loginSessionId: this.#sessionId,
      at,
      order,
      eventId: '',
      kind,
      baseState,
      prevBaseState,
      stateLabel,
      pendingDisposition,
      agentId: row.agent_id,
      username: row.username,
      phone,
      externalAgentId: row.external_agent_id,
      callId: call?.id ?? '',
      callDirection: call?.direction ?? '',
      queueId: call?.source.id ?? '',
      queueName: call?.source.name ?? '',
      dialGroupId: row.dial_group_id,
      dialGroupName: row.dial_group_name,
      source: 'simulate',
      receivedAt: at,
      raw: '',
    });
  }
}
