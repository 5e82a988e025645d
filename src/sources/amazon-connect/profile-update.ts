// What one fact tells, step by step, to its events.
import { type AgentEvent, type BaseState, MAX_ORDER } from '../../events/agent-event.ts';
import { factEvent, type Told } from '../agent-source.ts';
import type { ConnectFact } from './read-event.ts';

type Draft = Told & { at: number; order: number };

/** The place of a session's latest event, so that those of the same instant come after it. */
export interface Place {
  at: number;
  order: number;
}

export class Telling {
  private readonly fact: ConnectFact;
  private readonly place: Place;
  private readonly drafts: Draft[] = [];

  constructor(fact: ConnectFact, place: Place) {
    this.fact = fact;
    this.place = place;
  }

  /** Adds an event after those before it. */
  add(at: number, told: Told): void {
    const { place } = this;
    place.order = Math.min(
      at === place.at ? Math.max(place.order + 1, this.fact.order) : this.fact.order,
      MAX_ORDER - 1,
    );
    place.at = at;
    this.drafts.push({ at, order: place.order, ...told });
  }

  /** Enters a state, with the latest event of the instant if there is one. */
  enter(at: number, baseState: BaseState, stateLabel: string): void {
    if (this.drafts.at(-1)?.at !== at) this.add(at, {});
    Object.assign(this.drafts.at(-1)!, { baseState, stateLabel, pendingDisposition: false });
  }

  /** Adds the first or last event of a session, at the edge of its instant. */
  addEdge(at: number, kind: 'LOGIN' | 'LOGOUT'): void {
    this.drafts.push({ at, order: kind === 'LOGIN' ? 0 : MAX_ORDER, kind });
  }

  /**
   * The events, of which one carries the document and stands at the fact's own instant: what happened before it is told beside.
   * A heartbeat that tells nothing is no part of the session, or the session would seem to last while heartbeats come.
   */
  events(session: { id: string; isOver: boolean }): AgentEvent[] {
    const { fact, drafts } = this;
    const username = fact.body.current?.username ?? '';
    const carrier = drafts.findIndex(({ at }) => at === fact.at);
    let nth = 0;
    const events = drafts.map((draft, i) => {
      const told = { ...draft, username, loginSessionId: session.id };
      return factEvent(fact, told, i === carrier ? 0 : ++nth);
    });
    if (carrier >= 0) return events;
    const isOutside = session.isOver || fact.body.type === 'HEART_BEAT';
    const { order } = fact;
    events.push(factEvent(fact, { order, username, loginSessionId: isOutside ? '' : session.id }));
    return events;
  }
}
