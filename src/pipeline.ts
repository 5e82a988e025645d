// The whole way of the data on one screen: bytes of a feed → events → store → sessions → report → bytes.
import type { Engine } from './engine/engine.ts';
import { migrate } from './engine/migrate.ts';
import { openEngine } from './engine/open-engine.ts';
import type { ReportClock, ReportCriteria } from './report/query/criteria.ts';
import { type ReportOptions, streamReport } from './report/report.ts';
import type { AgentFact } from './sources/agent-source.ts';
import type { Feed } from './sources/registry.ts';
import type { DecodeContext, RawDocument, Reject } from './sources/source.ts';
import { inChunks, isJsonLines, linePieces, peeked } from './sources/split/line-pieces.ts';
import { splitBytes } from './sources/split/split.ts';
import { type AliasChanges, openAliasChanges } from './ingest/sessionization/alias-changes.ts';
import { openAliasReader } from './directory/aliases/alias-names.ts';
import { type DocumentStore, eventStore, factStore, importDocuments } from './ingest/document-import.ts';
import { type EventWriter, type FlushPolicy, openEventWriter, type Written } from './ingest/events/event-writer.ts';
import { finishReplacements } from './ingest/events/event-replacement.ts';
import { openChangeNotifier } from './ingest/events/change-notifier.ts';
import { type FeedSettings, openFeedSettings } from './directory/feed-settings.ts';
import { hasPlainLines, importLines, readsLines } from './ingest/line-import.ts';
import { type RejectTally, rejectTally, tallied } from './ingest/reject-tally.ts';
import { openSessionization } from './ingest/sessionization/sessionization.ts';
import { openWriteGate } from './ingest/write-gate.ts';
import { openToldAgents, tellingsOf } from './directory/agents/agent-profile-updates.ts';

export interface ImportHow {
  /** The number of the first line, where it goes on in a file of lines: the totals tell how far they reach. */
  firstLine?: number | undefined;
  /** Learns of what is rejected. */
  tally?: RejectTally;
}

export interface Offhook {
  engine: Engine;
  writer: EventWriter;
  /** What the decoders need to know; the accounts' settings are those of at most some seconds ago. */
  decodeContext: (given: Omit<DecodeContext, keyof FeedSettings>) => Promise<DecodeContext>;
  /** The names of agents; a change of them is one of the history, too. */
  aliases: AliasChanges;
  /** After a change of them: the next events are decoded by the accounts' settings as they are then. */
  forgetSettings: () => void;
  /** For a replay while events arrive. */
  replaying: Replaying;
  /** Documents of one request: resolved when all of them are durable, as events or rejects. */
  ingest: (
    feed: Feed,
    documents: readonly RawDocument[],
    context: DecodeContext,
    tally?: RejectTally,
  ) => Promise<Written>;
  /** A file of any size in constant memory: yields the totals so far, each durable. */
  importFile: (
    feed: Feed,
    bytes: AsyncIterable<Uint8Array>,
    context: DecodeContext,
    how?: ImportHow,
  ) => AsyncGenerator<Written & { bytes?: number }>;
  /** Calls the listener with the accounts whose events this process has just made durable; returns what ends that. */
  onStored: (listener: (accountIds: ReadonlySet<string>) => void) => () => void;
  report: (criteria: ReportCriteria, clock: ReportClock, options: ReportOptions) => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
}

/** What makes stored events anew. */
export interface Replaying {
  engine: Engine;
  /** For `undisturbed` work alone. */
  writer: EventWriter;
  /** Runs work while nothing else is stored: what arrives waits. Then agents' sessions are read again. */
  undisturbed: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * On the ClickHouse server that the environment names, if it names one; then `dataDir` is not used.
 * @param mustExist a data directory that is not there is an error and is not made
 * @throws UserError DATA_DIR_MISSING, DATA_DIR_IN_USE, DATA_DIR_NOT_USABLE, SERVER_NOT_REACHABLE, SERVER_REFUSES, SERVER_TOO_OLD,
 *   UNKNOWN_CLUSTER
 */
export async function openOffhook(dataDir: string, mustExist = false): Promise<Offhook> {
  const engine = await openEngine(dataDir, process.env, mustExist);
  await migrate(engine);
  await finishReplacements(engine);
  const notifier = openChangeNotifier();
  const gate = openWriteGate();
  const ungated = notifier.notifying(openEventWriter(engine));
  const writer: EventWriter = {
    ...ungated,
    write: (decoded, how) => gate.through(() => ungated.write(decoded, how)),
  };

  const aliasReader = openAliasReader(engine);
  const toldAgents = openToldAgents(engine, aliasReader);
  const sessionization = openSessionization(engine, ungated, toldAgents.forget, aliasReader);
  const settings = await openFeedSettings(engine, sessionization.forget);
  const aliases = openAliasChanges(
    engine,
    // A replay that runs at the same time is not disturbed by it.
    { ...sessionization, exclusive: (feed, work) => gate.through(() => sessionization.exclusive(feed, work)) },
    settings,
    accountId => notifier.of([{ accountId }])(),
  );
  await aliases.finish();

  /** Documents of one file or request: events as they are, facts about agents as events of sessions. */
  function storing(feed: Feed, context: DecodeContext, tally: RejectTally): DocumentStore {
    if ('decoder' in feed) return eventStore(feed.decoder(context), tallied(writer, tally));
    const begin = (said: readonly (AgentFact | Reject)[], how?: FlushPolicy) =>
      gate.through(() => sessionization.write(feed, said, context, how));
    const write = (said: readonly (AgentFact | Reject)[], how?: FlushPolicy) => {
      tally.note(said);
      // Late facts replace events past the writer.
      return toldOf(begin(said, how), tellingsOf(said), notifier.of(said));
    };
    return factStore(feed.reader(context), write, () => sessionization.flush(feed));
  }

  /** In a function of its own, which does not hold the facts until they are durable: those of an import would be garbage that lives long. */
  async function toldOf(
    writing: Promise<Written>,
    tellings: ReturnType<typeof tellingsOf>,
    tell: () => void,
  ): Promise<Written> {
    const written = await writing;
    await toldAgents.learn(tellings);
    tell();
    return written;
  }

  async function* importFile(
    feed: Feed,
    bytes: AsyncIterable<Uint8Array>,
    context: DecodeContext,
    { firstLine = 1, tally = rejectTally() }: ImportHow = {},
  ): AsyncGenerator<Written & { bytes?: number }> {
    const decoded = (chunks: AsyncIterable<Uint8Array>) =>
      importDocuments(storing(feed, context, tally), splitBytes(chunks, feed.splitter()));
    if (!hasPlainLines(feed) || !readsLines(engine)) return yield* decoded(bytes);
    const pieces = await peeked(linePieces(bytes));
    if (firstLine > 1 || (pieces.first !== undefined && isJsonLines(pieces.first))) {
      yield* importLines(engine, tallied(writer, tally), feed, pieces.all(), { context, firstLine });
    } else yield* decoded(inChunks(pieces.all()));
  }

  return {
    engine,
    writer,
    aliases,
    decodeContext: given => settings.contextOf(given),
    forgetSettings() {
      settings.forget();
      sessionization.forget();
    },
    replaying: {
      engine,
      writer: ungated,
      undisturbed: work =>
        gate.closed(async () => {
          await ungated.drain();
          return work().finally(sessionization.forget);
        }),
    },
    ingest: (feed, documents, context, tally = rejectTally()) => storing(feed, context, tally).store(documents),
    importFile,
    onStored: notifier.listen,
    report: (criteria, clock, options) => streamReport(engine, criteria, clock, options),
    async close() {
      await writer.drain();
      await engine.close();
    },
  };
}

type Work = (offhook: Offhook) => Promise<void>;

/** Opens the data directory, made where there is none, for one piece of work and lets go of it whatever happens. */
export const withOffhook = (dataDir: string, run: Work): Promise<void> => working(dataDir, false, run);

/** The same for work on data that is there. @throws UserError DATA_DIR_MISSING */
export const withStored = (dataDir: string, run: Work): Promise<void> => working(dataDir, true, run);

async function working(dataDir: string, mustExist: boolean, run: Work): Promise<void> {
  const offhook = await openOffhook(dataDir, mustExist);
  try {
    await run(offhook);
  } finally {
    await offhook.close();
  }
}
