// Sessions in order of login into batches of their events in order of time.
import type { AgentEvent } from '../../events/agent-event.ts';
import { MINUTE_MS } from '../time-units.ts';

// Long enough that a batch is worth its sorting, short enough that ten thousand agents make a batch of some megabytes.
const BATCH_MS = 5 * MINUTE_MS;

/**
 * Batches of events, none empty, each earlier than the next and in order of time within. A session is begun when the
 * batches reach its login, and no session is asked for more than the batch needs.
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
    // With nobody logged in, on to the next login.
    const startsAt = open.length > 0 || next.done ? endsAt : Math.max(endsAt, next.value.loginAt);
    endsAt = startsAt - (startsAt % BATCH_MS) + BATCH_MS;
    for (; !next.done && next.value.loginAt < endsAt; next = sessions.next()) {
      open.push(new OpenSession(eventsOf(next.value)));
    }
    const batch: AgentEvent[] = [];
    open = open.filter(session => session.moveUntil(endsAt, batch));
    // Within one instant the events stay in order of login, and of their place in the session.
    if (batch.length > 0) yield batch.sort((one, other) => one.at - other.at);
  }
}

/** A session in progress: the events it has told of that no batch has reached yet. */
class OpenSession {
  readonly #future: Iterator<AgentEvent[]>;
  #events: AgentEvent[] = [];
  #given = 0;

  constructor(future: Iterator<AgentEvent[]>) {
    this.#future = future;
  }

  /** Moves the events before an instant into a batch; false when the session has no more. */
  moveUntil(endsAt: number, batch: AgentEvent[]): boolean {
    for (;;) {
      while (this.#given < this.#events.length) {
        const event = this.#events[this.#given]!;
        if (event.at >= endsAt) return true;
        batch.push(event);
        this.#given++;
      }
      const told = this.#future.next();
      if (told.done) return false;
      this.#events = told.value;
      this.#given = 0;
    }
  }
}
