// The whole way of the data on one screen: bytes of a feed → events → store → sessions → report → bytes.
import type { Engine } from './engine/engine.ts';
import { openEmbeddedEngine } from './engine/embedded/embedded-engine.ts';
import { migrate } from './engine/migrate.ts';
import { LIMITS } from './limits.ts';
import type { ReportClock, ReportCriteria } from './report/criteria.ts';
import { type ReportOptions, streamReport } from './report/report.ts';
import type { Feed } from './sources/registry.ts';
import { isFact } from './sources/agent-facts.ts';
import type { DecodeContext, RawDocument } from './sources/source.ts';
import { splitBytes } from './sources/split.ts';
import { type EventWriter, openEventWriter, type Written } from './store/event-writer.ts';
import { finishReplacements } from './store/event-replacement.ts';
import { type FeedSettings, openFeedSettings } from './store/feed-settings.ts';
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
  ) => AsyncGenerator<Written>;
  report: (criteria: ReportCriteria, clock: ReportClock, options: ReportOptions) => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
}

/** @throws UserError DATA_DIR_IN_USE, DATA_DIR_NOT_USABLE */
export async function openOffhook(dataDir: string): Promise<Offhook> {
  const engine = openEmbeddedEngine(dataDir);
  await migrate(engine);
  await finishReplacements(engine);
  const writer = openEventWriter(engine);

  const settings = await openFeedSettings(engine);
  const assigner = openSessionAssigner(engine, writer);
  const toldAgents = openToldAgents(engine);

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
      return written;
    };
  }

  async function* importFile(feed: Feed, bytes: AsyncIterable<Uint8Array>, context: DecodeContext) {
    const store = storing(feed, context);
    const total: Written = { stored: 0, rejected: 0 };
    // The engine stores one batch while the next ones are decoded.
    const waiting: Promise<Written>[] = [];
    const settleOldest = async () => {
      const { stored, rejected } = await (waiting.shift() as Promise<Written>);
      total.stored += stored;
      total.rejected += rejected;
      return { ...total };
    };
    for await (const documents of gathered(feed, splitBytes(bytes, feed.splitter()))) {
      const written = store(documents);
      written.catch(() => {});
      waiting.push(written);
      if (waiting.length >= LIMITS.importBatchesAhead) yield await settleOldest();
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
