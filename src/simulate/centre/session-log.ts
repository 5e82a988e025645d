// What happens in one session into its canonical events, in order.
import {
  usualOrder,
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

/** A call that an agent has to do with. */
export interface Call {
  id: string;
  direction: CallDirection;
  source: CallSource;
}

/** Writes the events of one session and knows the state they leave the agent in. */
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

  /** The events before an instant that have not been taken yet, in order of time and of place within an instant. */
  take(untilMs: number): AgentEvent[] {
    // A line is off the hook before its call is answered, sometimes in the second of the offer: sorted, not foreseen.
    const events = this.#events.sort((one, other) => one.at - other.at || one.order - other.order);
    let taken = events.length;
    while (taken > 0 && events[taken - 1]!.at >= untilMs) taken--;
    this.#events = events.splice(taken);
    return events;
  }

  /** A fact that leaves the state as it is. */
  note(at: number, kind: EventKind, call: Call | null = null): void {
    this.#add(at, usualOrder(kind), kind, '', '', '', null, call);
  }

  /** A fact that enters a state, and whether the disposition of a call is still owed in it. */
  enter(at: number, kind: EventKind, state: BaseState, label = '', isPending = false, call: Call | null = null): void {
    this.#add(at, this.#orderAt(at), kind, state, this.#state, label, isPending, call);
    this.#state = state;
    this.#stateSince = at;
  }

  /** After the login comes the first state; a state left within its second stands before the one that follows. */
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
