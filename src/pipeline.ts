// The whole way of the data on one screen: bytes of a feed → events → store → sessions → report → bytes.
import type { Engine } from './engine/engine.ts';
import { migrate } from './engine/migrate.ts';
import { openEngine } from './engine/open-engine.ts';
import { LIMITS } from './limits.ts';
import type { ReportClock, ReportCriteria } from './report/criteria.ts';
import { type ReportOptions, streamReport } from './report/report.ts';
import type { Feed } from './sources/registry.ts';
import { isFact } from './sources/agent-facts.ts';
import type { DecodeContext, RawDocument } from './sources/source.ts';
import { isJsonLines, linePieces, peeked } from './sources/line-pieces.ts';
import { splitBytes } from './sources/split.ts';
import { type EventWriter, openEventWriter, type Written } from './store/event-writer.ts';
import { finishReplacements } from './store/event-replacement.ts';
import { openEventNews } from './store/event-news.ts';
import { type FeedSettings, openFeedSettings } from './store/feed-settings.ts';
import { hasPlainLines, importLines, readsLines } from './store/line-import.ts';
import { openSessionAssigner } from './store/session-assigner.ts';
import { openToldAgents } from './store/told-agents.ts';

export interface Offhook {
  engine: Engine;
  writer: EventWriter;
  /** What the decoders need to know; the accounts' settings are those of at most some seconds ago. */
  decodeContext: (given: Omit<DecodeContext, keyof FeedSettings>) => Promise<DecodeContext>;
  /** After a change of them: the next events are decoded by the accounts' settings as they are then. */
  forgetSettings: () => void;
  /** Documents of one request: resolved when all of them are durable, as events or rejects. */
  ingest: (feed: Feed, documents: readonly RawDocument[], context: DecodeContext) => Promise<Written>;
  /** A file of any size in constant memory: yields the totals so far, each durable. */
  importFile: (
    feed: Feed,
    bytes: AsyncIterable<Uint8Array>,
    context: DecodeContext,
    /** The number of the first line, where it goes on in a file of lines: the totals tell how far they reach. */
    firstLine?: number,
  ) => AsyncGenerator<Written & { bytes?: number }>;
  /** Calls the listener with the accounts whose events this process has just made durable; returns what ends that. */
  onStored: (listener: (accountIds: ReadonlySet<string>) => void) => () => void;
  report: (criteria: ReportCriteria, clock: ReportClock, options: ReportOptions) => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
}

/**
 * On the ClickHouse server that the environment names, if it names one; then `dataDir` is not used.
 * @throws UserError DATA_DIR_IN_USE, DATA_DIR_NOT_USABLE, SERVER_NOT_REACHABLE, SERVER_REFUSES, SERVER_TOO_OLD, UNKNOWN_CLUSTER
 */
export async function openOffhook(dataDir: string): Promise<Offhook> {
  const engine = await openEngine(dataDir, process.env);
  await migrate(engine);
  await finishReplacements(engine);
  const news = openEventNews();
  const writer = news.toldBy(openEventWriter(engine));

  const toldAgents = openToldAgents(engine);
  const assigner = openSessionAssigner(engine, writer, toldAgents.forget);
  const settings = await openFeedSettings(engine, assigner.forget);

  /** Stores the documents of one file or request: events as they are, facts about agents as events of sessions. */
  function storing(
    feed: Feed,
    context: DecodeContext,
  ): (documents: readonly RawDocument[]) => Promise<Written> {
    if ('decoder' in feed) {
      const decode = feed.decoder(context);
      return documents => writer.write(documents.map(decode));
    }
    const read = feed.reader(context);
    return async documents => {
      const facts = documents.flatMap(read);
      const written = await assigner.write(feed, facts, context);
      await toldAgents.learn(facts.filter(isFact));
      // Late facts replace events past the writer.
      news.tell(facts);
      return written;
    };
  }

  async function* importFile(
    feed: Feed,
    bytes: AsyncIterable<Uint8Array>,
    context: DecodeContext,
    firstLine = 1,
  ): AsyncGenerator<Written & { bytes?: number }> {
    if (!hasPlainLines(feed) || !readsLines(engine)) return yield* importDocuments(feed, bytes, context);
    const pieces = await peeked(linePieces(bytes));
    if (firstLine > 1 || (pieces.first !== undefined && isJsonLines(pieces.first))) {
      yield* importLines(engine, writer, feed, pieces.all(), { context, firstLine });
    } else yield* importDocuments(feed, pieces.all(), context);
  }

  async function* importDocuments(feed: Feed, bytes: AsyncIterable<Uint8Array>, context: DecodeContext) {
    const store = storing(feed, context);
    const total: Written = { stored: 0, rejected: 0 };
    // The engine stores one batch while the next ones are decoded.
    const waiting: { written: Promise<Written>; documents: number }[] = [];
    let documentsAhead = 0;
    const settleOldest = async () => {
      const oldest = waiting.shift()!;
      const { stored, rejected } = await oldest.written;
      documentsAhead -= oldest.documents;
      total.stored += stored;
      total.rejected += rejected;
      return { ...total };
    };
    for await (const documents of gathered(feed, splitBytes(bytes, feed.splitter()))) {
      const written = store(documents);
      written.catch(() => {});
      waiting.push({ written, documents: documents.length });
      documentsAhead += documents.length;
      while (documentsAhead >= LIMITS.importDocumentsAhead) yield await settleOldest();
    }
    while (waiting.length > 0) yield await settleOldest();
  }

  return {
    engine,
    writer,
    decodeContext: given => settings.contextOf(given),
    forgetSettings() {
      settings.forget();
      assigner.forget();
    },
    ingest: (feed, documents, context) => storing(feed, context)(documents),
    importFile,
    onStored: news.listen,
    report: (criteria, clock, options) => streamReport(engine, criteria, clock, options),
    async close() {
      await writer.drain();
      await engine.close();
    },
  };
}

/** Facts about agents in large batches: to find an agent's session costs the same for one fact and for many. */
async function* gathered(feed: Feed, batches: AsyncIterable<RawDocument[]>): AsyncGenerator<RawDocument[]> {
  let gathering: RawDocument[] = [];
  for await (const documents of batches) {
    gathering = gathering.concat(documents);
    if ('decoder' in feed || gathering.length >= LIMITS.importBatchDocuments) {
      yield gathering;
      gathering = [];
    }
  }
  if (gathering.length > 0) yield gathering;
}

/** Opens the data directory for one piece of work and lets go of it whatever happens. */
export async function withOffhook(dataDir: string, run: (offhook: Offhook) => Promise<void>): Promise<void> {
  const offhook = await openOffhook(dataDir);
  try {
    await run(offhook);
  } finally {
    await offhook.close();
  }
}
