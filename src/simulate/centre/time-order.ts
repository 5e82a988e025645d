// Merges the events of sessions into batches in order of time.
import type { AgentEvent } from '../../events/agent-event.ts';
import { MINUTE_MS } from '../time-units.ts';

// Long enough to make sorting efficient, short enough that ten thousand agents make batches of a few megabytes.
const BATCH_MS = 5 * MINUTE_MS;

/**
 * Batches of events in order of time; no batch is empty. A session starts when the batches reach its login, and produces only
 * the events that the batch needs.
 */
export function* inTimeOrder<S extends { loginAt: number }>(
  sessionsByLogin: Iterable<S>,
  eventsOf: (session: S) => Iterator<AgentEvent[]>,
): Generator<AgentEvent[]> {
  const sessions = sessionsByLogin[Symbol.iterator]();
  let open: OpenSession[] = [];
  let next = sessions.next();
  let endsAt = Number.NEGATIVE_INFINITY;
  while (!next.done || open.length > 0) {
    // If nobody is logged in, skips to the next login.
    const startsAt = open.length > 0 || next.done ? endsAt : Math.max(endsAt, next.value.loginAt);
    endsAt = startsAt - (startsAt % BATCH_MS) + BATCH_MS;
    for (; !next.done && next.value.loginAt < endsAt; next = sessions.next()) {
      open.push(new OpenSession(eventsOf(next.value)));
    }
    const batch: AgentEvent[] = [];
    open = open.filter(session => session.moveUntil(endsAt, batch));
    // Sorting is stable: within an instant, events stay in order of login and of their place in the session.
    if (batch.length > 0) yield batch.sort((one, other) => one.at - other.at);
  }
}

/** An open session, with the events that were produced and not put into a batch yet. */
class OpenSession {
  readonly #future: Iterator<AgentEvent[]>;
  #events: AgentEvent[] = [];
  #given = 0;

  constructor(future: Iterator<AgentEvent[]>) {
    this.#future = future;
  }

  /** Moves the events before an instant into a batch; returns false if the session has no more. */
  moveUntil(endsAt: number, batch: AgentEvent[]): boolean {
    for (;;) {
      while (this.#given < this.#events.length) {
        const event = this.#events[this.#given]!;
        if (event.at >= endsAt) return true;
        batch.push(event);
        this.#given++;
      }
      const next = this.#future.next();
      if (next.done) return false;
      this.#events = next.value;
      this.#given = 0;
    }
  }
}
