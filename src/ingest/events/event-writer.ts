// Many small writes of events and rejects into few durable inserts: each write is acknowledged with its insert.
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { isReject, type Reject } from '../../sources/source.ts';
import { EventBlock } from './event-block.ts';
import { REJECT_COLUMNS, rejectRow } from './reject-rows.ts';

/** What became of inputs. */
export interface Written {
  stored: number;
  rejected: number;
  /** How many of those stored were known before; absent where only the engine can tell. */
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
   * @throws UserError QUEUE_FULL when too much waits already for a write that comes soon; nothing of this write is kept then
   */
  write: (decoded: readonly (AgentEvent | Reject)[], how?: FlushPolicy) => Promise<Written>;
  /** Of what waits until its insert is full, nothing does so any longer. */
  flush: () => void;
  /** Resolved when everything accepted before this call is durable or has failed, whatever comes meanwhile. */
  drain: () => Promise<void>;
}

/** Soon: as soon as the engine takes it. Full: with a full insert, or the next write that does not wait, or after `flush`. */
export type FlushPolicy = 'soon' | 'full';

/** What one insert stores, and the writes that wait for it. */
interface Batch {
  events: EventBlock;
  rejects: string[];
  settle: ((error?: unknown) => void)[];
  /** Whether somebody waits for it who brings no more. */
  isAwaited: boolean;
}

/**
 * While inserts run, the next one gathers what arrives: the slower the engine, the larger the batches. Of many senders at once it
 * gathers for as long again: an insert costs about the same for one event and for hundreds.
 */
export function openEventWriter(engine: Engine): EventWriter {
  const queue: Batch[] = [];
  const unused: EventBlock[] = [];
  const working = new Set<Promise<void>>();
  /** Batches that are neither durable nor failed, with those that are being inserted. */
  const unsettled = new Set<Batch>();
  let queuedRows = 0;

  /** One insert takes whatever is awaited; a further one beside it only a full batch, so that batches stay large. */
  function hasWork(isAlone: boolean): boolean {
    const [first] = queue;
    if (first === undefined) return false;
    return queue.length > 1 || isFull(first) || (isAlone && first.isAwaited);
  }

  function startWork(): void {
    if (working.size >= LIMITS.concurrentInserts || !hasWork(working.size === 0)) return;
    const work = workOff().then(() => {
      working.delete(work);
      startWork();
    });
    working.add(work);
  }

  async function workOff(): Promise<void> {
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
      putAway(batch);
      if (writes >= LIMITS.manyWrites && queue.length <= 1) {
        await pause(Math.min(performance.now() - startMs, LIMITS.gatherMs));
      }
    } while (hasWork(working.size === 1));
  }

  /** The batch that a write of so many rows goes into: one write is never divided. */
  function openBatch(rows: number): Batch {
    const last = queue.at(-1);
    if (last !== undefined && !isFull(last) && rowsIn(last) + rows <= LIMITS.insertRows) return last;
    const batch = { events: unused.pop() ?? new EventBlock(), rejects: [], settle: [], isAwaited: false };
    queue.push(batch);
    unsettled.add(batch);
    return batch;
  }

  function putAway({ events }: Batch): void {
    if (unused.length > LIMITS.concurrentInserts) return;
    events.clear();
    unused.push(events);
  }

  function flush(): void {
    for (const batch of queue) batch.isAwaited = true;
    startWork();
  }

  return {
    write(decoded, how = 'soon') {
      if (how === 'soon' && queuedRows > 0 && queuedRows + decoded.length > LIMITS.queuedEvents) {
        return Promise.reject(queueFull());
      }
      if (decoded.length === 0) return Promise.resolve({ stored: 0, rejected: 0 });
      const batch = openBatch(decoded.length);
      const stored = addRows(batch, decoded);
      // What waits holds its rows alone: the events of an import would be garbage that lives long.
      const written = { stored, rejected: decoded.length - stored };
      queuedRows += decoded.length;
      if (how === 'soon') batch.isAwaited = true;
      return new Promise((resolve, reject) => {
        batch.settle.push(error => (error === undefined ? resolve(written) : reject(error)));
        startWork();
      });
    },
    flush,
    async drain() {
      // Later writes may join the last of these batches, but none of them is waited for.
      const ends = [...unsettled].map(({ settle }) => new Promise<void>(resolve => settle.push(() => resolve())));
      flush();
      await Promise.all(ends);
    },
  };
}

/** Rejects first: an input is never acknowledged as an event while the reject beside it is lost. */
async function insert(engine: Engine, { events, rejects }: Batch): Promise<void> {
  if (rejects.length > 0) await engine.insert('rejects', REJECT_COLUMNS, Buffer.from(rejects.join('')));
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
    `More than ${LIMITS.queuedEvents} events wait to be stored; these were not taken.`,
    `Send them again in ${LIMITS.retryAfterSeconds} seconds.`,
  );
}
