// Batches many small writes of events and rejects into few durable inserts; each write is acknowledged with its insert.
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, Row } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { isReject, type Reject } from '../../sources/source.ts';
import { EventBlock } from './event-block.ts';
import { rejectRow } from './reject-rows.ts';

/** What became of inputs. */
export interface Written {
  stored: number;
  rejected: number;
  /** How many of those stored had been stored before; absent if only the engine can tell. */
  known?: number;
}

/** Adds the second to the first. */
export function addWritten(total: Written, { stored, rejected, known }: Written): void {
  total.stored += stored;
  total.rejected += rejected;
  if (known !== undefined) total.known = (total.known ?? 0) + known;
}

export interface EventWriter {
  /**
   * Resolved when all of it is durable.
   * @throws UserError QUEUE_FULL for a write that is flushed soon, if too much is queued already; nothing of it is stored then
   */
  write: (decoded: readonly (AgentEvent | Reject)[], how?: FlushPolicy) => Promise<Written>;
  /** Starts the inserts that wait until they are full. */
  flush: () => void;
  /** Resolved when everything accepted before this call is durable or has failed. Later writes are not waited for. */
  drain: () => Promise<void>;
}

/** Soon: as soon as the engine is free. Full: with a full insert, with the next write of policy soon, or after `flush`. */
export type FlushPolicy = 'soon' | 'full';

/** The rows of one insert, and the writes that wait for it. */
interface Batch {
  events: EventBlock;
  rejects: Row[];
  settle: ((error?: unknown) => void)[];
  /** Whether a writer waits for it without adding more. */
  isAwaited: boolean;
}

/**
 * While an insert runs, the next batch gathers what arrives: the slower the engine, the larger the batches. With many senders it
 * gathers for as long again, since an insert costs about the same for one event and for hundreds.
 */
export function openEventWriter(engine: Engine): EventWriter {
  const queue: Batch[] = [];
  const unused: EventBlock[] = [];
  const inserting = new Set<Promise<void>>();
  /** Batches that are queued or being inserted. */
  const unsettled = new Set<Batch>();
  let queuedRows = 0;

  /** A first insert takes any awaited batch, a concurrent one only a full batch, so that batches stay large. */
  function hasInsert(isAlone: boolean): boolean {
    const [first] = queue;
    if (first === undefined) return false;
    return queue.length > 1 || isFull(first) || (isAlone && first.isAwaited);
  }

  function startInserts(): void {
    if (inserting.size >= LIMITS.concurrentInserts || !hasInsert(inserting.size === 0)) return;
    const work = insertQueued().then(() => {
      inserting.delete(work);
      startInserts();
    });
    inserting.add(work);
  }

  async function insertQueued(): Promise<void> {
    do {
      const batch = queue.shift()!;
      const writes = batch.settle.length;
      const startMs = performance.now();
      const error = await insert(engine, batch).then(
        () => undefined,
        (reason: unknown) => reason ?? new Error('the insert failed'),
      );
      queuedRows -= rowsIn(batch);
      for (const settle of batch.settle) settle(error);
      unsettled.delete(batch);
      reuse(batch);
      if (writes >= LIMITS.manyWrites && queue.length <= 1) {
        await pause(Math.min(performance.now() - startMs, LIMITS.gatherMs));
      }
    } while (hasInsert(inserting.size === 1));
  }

  /** The batch for a write of this many rows: a write is never split. */
  function openBatch(rows: number): Batch {
    const last = queue.at(-1);
    if (last !== undefined && !isFull(last) && rowsIn(last) + rows <= LIMITS.insertRows) return last;
    const batch = { events: unused.pop() ?? new EventBlock(), rejects: [], settle: [], isAwaited: false };
    queue.push(batch);
    unsettled.add(batch);
    return batch;
  }

  function reuse({ events }: Batch): void {
    if (unused.length > LIMITS.concurrentInserts) return;
    events.clear();
    unused.push(events);
  }

  function flush(): void {
    for (const batch of queue) batch.isAwaited = true;
    startInserts();
  }

  return {
    write(decoded, how = 'soon') {
      if (how === 'soon' && queuedRows > 0 && queuedRows + decoded.length > LIMITS.queuedEvents) {
        return Promise.reject(queueFull());
      }
      if (decoded.length === 0) return Promise.resolve({ stored: 0, rejected: 0 });
      const batch = openBatch(decoded.length);
      const stored = addRows(batch, decoded);
      // The waiting promise must not keep the events: those of an import would survive into V8's old generation.
      const written = { stored, rejected: decoded.length - stored };
      queuedRows += decoded.length;
      if (how === 'soon') batch.isAwaited = true;
      return new Promise((resolve, reject) => {
        batch.settle.push(error => (error === undefined ? resolve(written) : reject(error)));
        startInserts();
      });
    },
    flush,
    async drain() {
      // Later writes may join the last of these batches.
      const ends = [...unsettled].map(({ settle }) => new Promise<void>(resolve => settle.push(() => resolve())));
      flush();
      await Promise.all(ends);
    },
  };
}

/** Rejects first: if that fails, nothing is stored and nothing acknowledged. */
async function insert(engine: Engine, { events, rejects }: Batch): Promise<void> {
  if (rejects.length > 0) await engine.insert('rejects', rejects);
  if (events.rows > 0) await engine.insertBlock('events', events.block());
}

/** Returns how many of them are events. */
function addRows({ events, rejects }: Batch, decoded: readonly (AgentEvent | Reject)[]): number {
  const before = events.rows;
  for (const item of decoded) {
    if (isReject(item)) rejects.push(rejectRow(item));
    else events.add(item);
  }
  return events.rows - before;
}

function isFull(batch: Batch): boolean {
  return rowsIn(batch) >= LIMITS.insertRows || batch.events.bytes >= LIMITS.insertBytes;
}

function rowsIn({ events, rejects }: Batch): number {
  return events.rows + rejects.length;
}

function queueFull(): UserError {
  return new UserError(
    'QUEUE_FULL',
    `More than ${LIMITS.queuedEvents} events wait to be stored; these were not accepted.`,
    `Send them again in ${LIMITS.retryAfterSeconds} seconds.`,
  );
}
