// Imports the documents of a file: the engine stores one batch while the next is read.
import { LIMITS } from '../limits.ts';
import type { AgentFact } from '../sources/agent-source.ts';
import { type Decode, isReject, type RawDocument, type Reject } from '../sources/source.ts';
import { addWritten, type EventWriter, type FlushPolicy, type Written } from './events/event-writer.ts';

/** Stores the documents of one feed from one file or request, in order. */
export interface DocumentStore {
  /** Resolved when all of it is durable. */
  store: (documents: readonly RawDocument[]) => Promise<Written>;
  /** The same for any number of documents, in batches that wait for full inserts. */
  batches: (documents: AsyncIterable<RawDocument[]>) => AsyncIterable<Batch>;
  /** Stores what waits for a full insert. */
  flush: () => void;
}

interface Batch {
  size: number;
  write: () => Promise<Written>;
}

export function eventStore(decode: Decode, { write, flush }: EventWriter): DocumentStore {
  return {
    flush,
    store: documents => write(documents.map(decode)),
    async *batches(batches) {
      for await (const documents of batches) {
        const events = documents.map(decode);
        yield { size: events.length, write: () => write(events, 'full') };
      }
    },
  };
}

type FactOrReject = AgentFact | Reject;

/**
 * Facts are stored in large batches, since to look up an agent's session costs the same for one fact and for many. A batch does not
 * end within an instant: the facts of an instant are ordered by content, so that one in the next batch might come too late.
 */
export function factStore(
  read: (document: RawDocument) => readonly FactOrReject[],
  write: (items: readonly FactOrReject[], how?: FlushPolicy) => Promise<Written>,
  flush: () => void,
): DocumentStore {
  return {
    flush,
    store: documents => write(documents.flatMap(read)),
    async *batches(batches) {
      const gathered: FactOrReject[] = [];
      for await (const documents of batches) {
        for (const document of documents) {
          for (const item of read(document)) gathered.push(item);
        }
        if (gathered.length < LIMITS.importBatchDocuments) continue;
        const batch = gathered.splice(0, beforeLastInstant(gathered));
        yield { size: batch.length, write: () => write(batch, 'full') };
      }
      if (gathered.length > 0) yield { size: gathered.length, write: () => write(gathered, 'full') };
    },
  };
}

/** How many items come before the last instant; all of them if there is only one instant. */
function beforeLastInstant(items: readonly FactOrReject[]): number {
  const last = instantOf(items.at(-1)!);
  let end = items.length - 1;
  while (end > 0 && instantOf(items[end - 1]!) === last) end--;
  return end || items.length;
}

const instantOf = (item: FactOrReject) => (isReject(item) ? undefined : item.at);

/** Stores the documents; yields the totals of what is durable so far. */
export async function* importDocuments(
  store: DocumentStore,
  documents: AsyncIterable<RawDocument[]>,
): AsyncGenerator<Written> {
  const total: Written = { stored: 0, rejected: 0 };
  const waiting: { written: Promise<Written>; size: number }[] = [];
  let ahead = 0;
  const settleOldest = async () => {
    store.flush();
    const oldest = waiting.shift()!;
    addWritten(total, await oldest.written);
    ahead -= oldest.size;
    return { ...total };
  };
  for await (const { size, write } of store.batches(documents)) {
    const written = write();
    written.catch(() => {});
    waiting.push({ written, size });
    ahead += size;
    while (ahead >= LIMITS.importDocumentsAhead) yield await settleOldest();
  }
  while (waiting.length > 0) yield await settleOldest();
}
