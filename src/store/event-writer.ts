// Many small writes of events and rejects into few durable inserts: each write is acknowledged with its insert.
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import type { AgentEvent } from '../events/agent-event.ts';
import { LIMITS } from '../limits.ts';
import { isReject, type Reject } from '../sources/source.ts';
import { EVENT_COLUMNS, eventRow, REJECT_COLUMNS, rejectRow } from './event-rows.ts';

export interface Written {
  stored: number;
  rejected: number;
}

export interface EventWriter {
  /**
   * Resolved when all of it is durable.
   * @throws UserError QUEUE_FULL when too much waits already; nothing of this write is kept then
   */
  write: (decoded: readonly (AgentEvent | Reject)[]) => Promise<Written>;
  /** Resolved when everything accepted so far is durable or has failed. */
  drain: () => Promise<void>;
}

interface Waiting {
  events: string[];
  rejects: string[];
  settle: (error?: unknown) => void;
}

/** While one insert runs, the next one gathers what arrives: the slower the engine, the larger the batches. */
export function openEventWriter(engine: Engine): EventWriter {
  const queue: Waiting[] = [];
  let queuedRows = 0;
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const batch = nextBatch(queue);
      const error = await insert(engine, batch).then(
        () => undefined,
        (reason: unknown) => reason ?? new Error('the insert failed'),
      );
      for (const waiting of batch) {
        queuedRows -= waiting.events.length + waiting.rejects.length;
        waiting.settle(error);
      }
    }
    working = undefined;
  }

  return {
    write(decoded) {
      const rejects = decoded.filter(isReject).map(rejectRow);
      const events = decoded.filter(item => !isReject(item)).map(event => eventRow(event as AgentEvent));
      if (queuedRows > 0 && queuedRows + decoded.length > LIMITS.queuedEvents)
        return Promise.reject(queueFull());
      if (decoded.length === 0) return Promise.resolve({ stored: 0, rejected: 0 });
      queuedRows += decoded.length;
      return new Promise((resolve, reject) => {
        const settle = (error?: unknown) =>
          error === undefined ? resolve({ stored: events.length, rejected: rejects.length }) : reject(error);
        queue.push({ events, rejects, settle });
        working ??= work();
      });
    },
    drain: () => working ?? Promise.resolve(),
  };
}

function nextBatch(queue: Waiting[]): Waiting[] {
  let rows = 0;
  let count = 0;
  do rows += queue[count++]!.events.length;
  while (count < queue.length && rows + queue[count]!.events.length <= LIMITS.insertRows);
  return queue.splice(0, count);
}

/** Rejects first: an input is never acknowledged as an event while the reject beside it is lost. */
async function insert(engine: Engine, batch: readonly Waiting[]): Promise<void> {
  const rejects = batch.flatMap(waiting => waiting.rejects);
  const events = batch.flatMap(waiting => waiting.events);
  if (rejects.length > 0) await engine.insert('rejects', REJECT_COLUMNS, Buffer.from(rejects.join('')));
  if (events.length > 0) await engine.insert('events', EVENT_COLUMNS, Buffer.from(events.join('')));
}

function queueFull(): UserError {
  return new UserError(
    'QUEUE_FULL',
    `More than ${LIMITS.queuedEvents} events wait to be stored; these were not taken.`,
    `Send them again in ${LIMITS.retryAfterSeconds} seconds.`,
  );
}
