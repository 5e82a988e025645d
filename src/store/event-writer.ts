// Many small writes of events and rejects into few durable inserts: each write is acknowledged with its insert.
import { setTimeout as pause } from 'node:timers/promises';
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

/** Rows as text, ready for the engine. */
interface Rows {
  count: number;
  tsv: Buffer;
}

interface Waiting {
  events: Rows;
  rejects: Rows;
  settle: (error?: unknown) => void;
}

/**
 * While inserts run, the next one gathers what arrives: the slower the engine, the larger the batches. Of many senders at once it
 * gathers for as long again: an insert costs about the same for one event and for hundreds.
 */
export function openEventWriter(engine: Engine): EventWriter {
  const queue: Waiting[] = [];
  const idle = Array.from({ length: LIMITS.concurrentInserts }, () => inserter(engine));
  const working = new Set<Promise<void>>();
  let queuedRows = 0;
  let waitingRows = 0;

  /** One insert takes whatever waits; a further one beside it only a full batch, so that batches stay large. */
  const hasWork = (isAlone: boolean) => queue.length > 0 && (isAlone || waitingRows >= LIMITS.insertRows);

  function startWork(): void {
    if (!hasWork(working.size === 0)) return;
    const insert = idle.pop();
    if (insert === undefined) return;
    const work = workOff(insert).then(() => {
      idle.push(insert);
      working.delete(work);
      startWork();
    });
    working.add(work);
  }

  async function workOff(insert: Inserter): Promise<void> {
    do {
      const batch = nextBatch(queue);
      waitingRows -= rowsIn(batch);
      const startMs = performance.now();
      const error = await insert(batch).then(
        () => undefined,
        (reason: unknown) => reason ?? new Error('the insert failed'),
      );
      queuedRows -= rowsIn(batch);
      for (const { settle } of batch) settle(error);
      if (batch.length >= LIMITS.manyWrites && waitingRows < LIMITS.insertRows) {
        await pause(Math.min(performance.now() - startMs, LIMITS.gatherMs));
      }
    } while (hasWork(working.size === 1));
  }

  return {
    write(decoded) {
      if (queuedRows > 0 && queuedRows + decoded.length > LIMITS.queuedEvents)
        return Promise.reject(queueFull());
      if (decoded.length === 0) return Promise.resolve({ stored: 0, rejected: 0 });
      const { events, rejects } = rowsOf(decoded);
      queuedRows += decoded.length;
      waitingRows += decoded.length;
      return new Promise((resolve, reject) => {
        const settle = (error?: unknown) =>
          error === undefined ? resolve({ stored: events.count, rejected: rejects.count }) : reject(error);
        queue.push({ events, rejects, settle });
        startWork();
      });
    },
    async drain() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

type Inserter = (batch: readonly Waiting[]) => Promise<void>;

/** Rejects first: an input is never acknowledged as an event while the reject beside it is lost. */
function inserter(engine: Engine): Inserter {
  const rejectBytes = reusedBytes();
  const eventBytes = reusedBytes();
  return async batch => {
    const rejects = rejectBytes(batch.map(waiting => waiting.rejects.tsv));
    const events = eventBytes(batch.map(waiting => waiting.events.tsv));
    if (rejects.length > 0) await engine.insert('rejects', REJECT_COLUMNS, rejects);
    if (events.length > 0) await engine.insert('events', EVENT_COLUMNS, events);
  };
}

function rowsOf(decoded: readonly (AgentEvent | Reject)[]): { events: Rows; rejects: Rows } {
  let events = '';
  let rejects = '';
  let rejected = 0;
  for (const item of decoded) {
    if (isReject(item)) {
      rejects += rejectRow(item);
      rejected++;
    } else events += eventRow(item);
  }
  return {
    events: { count: decoded.length - rejected, tsv: Buffer.from(events) },
    rejects: { count: rejected, tsv: Buffer.from(rejects) },
  };
}

function rowsIn(batch: readonly Waiting[]): number {
  return batch.reduce((sum, { events, rejects }) => sum + events.count + rejects.count, 0);
}

function nextBatch(queue: Waiting[]): Waiting[] {
  let rows = 0;
  let count = 0;
  do rows += queue[count++]!.events.count;
  while (count < queue.length && rows + queue[count]!.events.count <= LIMITS.insertRows);
  return queue.splice(0, count);
}

/**
 * Joins buffers in one piece of memory that is used again for the next insert: fresh memory of this size costs more than
 * copying into it. Its user waits for one insert before the next.
 */
function reusedBytes(): (parts: readonly Buffer[]) => Buffer {
  let bytes = Buffer.alloc(0);
  return parts => {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (bytes.length < length) bytes = Buffer.allocUnsafeSlow(length * 2);
    let at = 0;
    for (const part of parts) at += part.copy(bytes, at);
    return bytes.subarray(0, length);
  };
}

function queueFull(): UserError {
  return new UserError(
    'QUEUE_FULL',
    `More than ${LIMITS.queuedEvents} events wait to be stored; these were not taken.`,
    `Send them again in ${LIMITS.retryAfterSeconds} seconds.`,
  );
}
