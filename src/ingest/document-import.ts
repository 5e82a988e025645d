// Documents of a file into stored events: the engine stores some of them while the next ones are read.
import { LIMITS } from '../limits.ts';
import type { AgentFact } from '../sources/agent-source.ts';
import { type Decode, isReject, type RawDocument, type Reject } from '../sources/source.ts';
import { addWritten, type EventWriter, type FlushPolicy, type Written } from './events/event-writer.ts';

/** How the documents of one feed are stored, those of one file or request, in their order. */
export interface DocumentStore {
  /** Resolved when all that they say is durable. */
  store: (documents: readonly RawDocument[]) => Promise<Written>;
  /** The same for any number of documents, in batches that are stored one by one, in full inserts. */
  batches: (documents: AsyncIterable<RawDocument[]>) => AsyncIterable<Batch>;
  /** Stores what waits for its insert to be full. */
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

type Said = AgentFact | Reject;

/**
 * Facts come in large batches: to find an agent's session costs the same for one fact and for many. Those of one moment come
 * together, since their order is told by what they say: one that came in the next batch might be late.
 */
export function factStore(
  read: (document: RawDocument) => readonly Said[],
  write: (said: readonly Said[], how?: FlushPolicy) => Promise<Written>,
  flush: () => void,
): DocumentStore {
  return {
    flush,
    store: documents => write(documents.flatMap(read)),
    async *batches(batches) {
      const gathered: Said[] = [];
      for await (const documents of batches) {
        for (const document of documents) {
          for (const said of read(document)) gathered.push(said);
        }
        if (gathered.length < LIMITS.importBatchDocuments) continue;
        const batch = gathered.splice(0, beforeLastMoment(gathered));
        yield { size: batch.length, write: () => write(batch, 'full') };
      }
      if (gathered.length > 0) yield { size: gathered.length, write: () => write(gathered, 'full') };
    },
  };
}

/** Where the last moment begins; all of them where there is but one. */
function beforeLastMoment(said: readonly Said[]): number {
  const last = momentOf(said.at(-1)!);
  let end = said.length - 1;
  while (end > 0 && momentOf(said[end - 1]!) === last) end--;
  return end || said.length;
}

const momentOf = (said: Said) => (isReject(said) ? undefined : said.at);

/** Stores the documents; yields the totals so far, each durable. */
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
