// Collects the events of one fact and gives each its order within the instant.
import { type AgentEvent, type BaseState, MAX_ORDER } from '../../events/agent-event.ts';
import { type EventFields, factEvent } from '../agent-source.ts';
import type { ConnectFact } from './read-event.ts';

type Draft = EventFields & { at: number; order: number };

/** Position of a session's latest event, so that the next one of the same instant comes after it. */
export interface Position {
  at: number;
  order: number;
}

export class FactEvents {
  private readonly fact: ConnectFact;
  private readonly position: Position;
  private readonly drafts: Draft[] = [];

  constructor(fact: ConnectFact, position: Position) {
    this.fact = fact;
    this.position = position;
  }

  /** Adds an event after those before it. */
  add(at: number, fields: EventFields): void {
    const { position } = this;
    position.order = Math.min(
      at === position.at ? Math.max(position.order + 1, this.fact.order) : this.fact.order,
      MAX_ORDER - 1,
    );
    position.at = at;
    this.drafts.push({ at, order: position.order, ...fields });
  }

  /** Enters a state, by the latest event of the instant if there is one. */
  enter(at: number, baseState: BaseState, stateLabel: string): void {
    if (this.drafts.at(-1)?.at !== at) this.add(at, {});
    Object.assign(this.drafts.at(-1)!, { baseState, stateLabel, pendingDisposition: false });
  }

  /** Adds the first or last event of a session: a login is first in its instant, a logout last. */
  addLoginOrLogout(at: number, kind: 'LOGIN' | 'LOGOUT'): void {
    this.drafts.push({ at, order: kind === 'LOGIN' ? 0 : MAX_ORDER, kind });
  }

  /**
   * The collected events. Exactly one of them carries the raw document, and it has the fact's own instant; if none has, one
   * without effect is added. A heartbeat that changes nothing gets no session id, or the session would last as long as heartbeats come.
   */
  finish(session: { id: string; isOver: boolean }): AgentEvent[] {
    const { fact, drafts } = this;
    const username = fact.body.current?.username ?? '';
    const carrier = drafts.findIndex(({ at }) => at === fact.at);
    let nth = 0;
    const events = drafts.map((draft, i) => {
      const fields = { ...draft, username, loginSessionId: session.id };
      return factEvent(fact, fields, i === carrier ? 0 : ++nth);
    });
    if (carrier >= 0) return events;
    const isOutside = session.isOver || fact.body.type === 'HEART_BEAT';
    const { order } = fact;
    events.push(factEvent(fact, { order, username, loginSessionId: isOutside ? '' : session.id }));
    return events;
  }
}
