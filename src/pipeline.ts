// The whole way of the data on one screen: bytes of a feed → events → store → sessions → report → bytes.
import type { Engine } from './engine/engine.ts';
import { openEmbeddedEngine } from './engine/embedded/embedded-engine.ts';
import { migrate } from './engine/migrate.ts';
import { LIMITS } from './limits.ts';
import type { ReportClock, ReportCriteria } from './report/criteria.ts';
import { type ReportOptions, streamReport } from './report/report.ts';
import type { DecodeContext, RawDocument, Source } from './sources/source.ts';
import { splitJson } from './sources/split-json.ts';
import { type EventWriter, openEventWriter, type Written } from './store/event-writer.ts';
import { type FeedSettings, readFeedSettings } from './store/feed-settings.ts';

export interface Offhook {
  engine: Engine;
  writer: EventWriter;
  /** What the decoders need to know; the accounts' settings are those of at most some seconds ago. */
  decodeContext: (given: Omit<DecodeContext, keyof FeedSettings>) => Promise<DecodeContext>;
  /** After a change of them: the next events are decoded by the accounts' settings as they are then. */
  forgetSettings: () => void;
  /** Documents of one request: resolved when all of them are durable, as events or rejects. */
  ingest: (source: Source, documents: readonly RawDocument[], context: DecodeContext) => Promise<Written>;
  /** A file of any size in constant memory: yields the totals so far, each durable. */
  importFile: (
    source: Source,
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
  const writer = openEventWriter(engine);

  let settings = await readFeedSettings(engine);
  let settingsReadMs = Number.NEGATIVE_INFINITY;
  let settingsChanges = 0;
  function forgetSettings(): void {
    settingsChanges++;
    settingsReadMs = Number.NEGATIVE_INFINITY;
  }
  async function decodeContext(given: Omit<DecodeContext, keyof FeedSettings>): Promise<DecodeContext> {
    if (given.receivedAt - settingsReadMs > LIMITS.rememberSettingsMs) {
      const changes = settingsChanges;
      settings = await readFeedSettings(engine);
      // What was read while they changed may be what they were before.
      if (changes === settingsChanges) settingsReadMs = given.receivedAt;
    }
    return { ...given, ...settings };
  }

  async function* importFile(source: Source, bytes: AsyncIterable<Uint8Array>, context: DecodeContext) {
    const decode = source.decoder(context);
    const total: Written = { stored: 0, rejected: 0 };
    // The engine stores one batch while the next ones are decoded.
    const waiting: Promise<Written>[] = [];
    const settleOldest = async () => {
      const { stored, rejected } = await (waiting.shift() as Promise<Written>);
      total.stored += stored;
      total.rejected += rejected;
      return { ...total };
    };
    for await (const documents of splitJson(bytes)) {
      const written = writer.write(documents.map(decode));
      written.catch(() => {});
      waiting.push(written);
      if (waiting.length >= LIMITS.importBatchesAhead) yield await settleOldest();
    }
    while (waiting.length > 0) yield await settleOldest();
  }

  return {
    engine,
    writer,
    decodeContext,
    forgetSettings,
    ingest: (source, documents, context) => writer.write(documents.map(source.decoder(context))),
    importFile,
    report: (criteria, clock, options) => streamReport(engine, criteria, clock, options),
    async close() {
      await writer.drain();
      await engine.close();
    },
  };
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
