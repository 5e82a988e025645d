// The whole path of the data on one screen: bytes of a feed → events → store → sessions → report → bytes.
import type { Engine } from './engine/engine.ts';
import { migrate } from './engine/migrate.ts';
import { openEngine } from './engine/open-engine.ts';
import type { ReportClock, ReportCriteria } from './report/query/criteria.ts';
import { type ReportOptions, streamReport } from './report/report.ts';
import type { AgentFact } from './sources/agent-source.ts';
import type { Feed } from './sources/registry.ts';
import type { DecodeContext, RawDocument, Reject } from './sources/source.ts';
import { type AliasChanges, openAliasChanges } from './ingest/sessionization/alias-changes.ts';
import { openAliasReader } from './directory/aliases/alias-names.ts';
import { type DocumentStore, eventStore, factStore } from './ingest/document-import.ts';
import { importFile } from './ingest/file-import.ts';
import { type EventWriter, type FlushPolicy, openEventWriter, type Written } from './ingest/events/event-writer.ts';
import { finishReplacements } from './ingest/events/event-replacement.ts';
import { openChangeNotifier } from './ingest/events/change-notifier.ts';
import { type FeedSettings, openFeedSettings } from './directory/feed-settings.ts';
import { type RejectTally, rejectTally, tallied } from './ingest/reject-tally.ts';
import { openSessionization } from './ingest/sessionization/sessionization.ts';
import { openWriteGate } from './ingest/write-gate.ts';
import { openProfileUpdates, profileUpdatesOf } from './directory/agents/agent-profile-updates.ts';

export interface ImportOptions {
  /** The number of the first line, for an import that continues in the middle of a file. */
  firstLine?: number | undefined;
  /** Counts the rejects. */
  tally?: RejectTally;
}

export interface Offhook {
  engine: Engine;
  writer: EventWriter;
  /** The context for decoders, with account settings that are at most a few seconds old. */
  decodeContext: (given: Omit<DecodeContext, keyof FeedSettings>) => Promise<DecodeContext>;
  /** Changes of agents' aliases, which also change the stored history. */
  aliases: AliasChanges;
  /** Empties the cache of account settings, after a change of them. */
  forgetSettings: () => void;
  /** For a replay while events arrive. */
  replaying: Replaying;
  /** Stores the documents of one request; resolved when all are durable, as events or rejects. */
  ingest: (
    feed: Feed,
    documents: readonly RawDocument[],
    context: DecodeContext,
    tally?: RejectTally,
  ) => Promise<Written>;
  /** A file of any size in constant memory; yields the totals of what is durable so far. */
  importFile: (
    feed: Feed,
    bytes: AsyncIterable<Uint8Array>,
    context: DecodeContext,
    options?: ImportOptions,
  ) => AsyncGenerator<Written & { bytes?: number }>;
  /** Calls the listener with the accounts whose events this process has just stored; returns a function that removes it. */
  onStored: (listener: (accountIds: ReadonlySet<string>) => void) => () => void;
  report: (criteria: ReportCriteria, clock: ReportClock, options: ReportOptions) => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
}

/** For work that replaces stored events. */
export interface Replaying {
  engine: Engine;
  /** Only for `undisturbed` work, since it bypasses the gate. */
  writer: EventWriter;
  /** Runs the work while all other writes wait, and empties the cache of agents' sessions afterwards. */
  undisturbed: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Opens the ClickHouse server that the environment names, else the data directory.
 * @param mustExist whether a missing data directory is an error; else it is created
 * @throws UserError DATA_DIR_MISSING, DATA_DIR_IN_USE, DATA_DIR_NOT_USABLE, SERVER_NOT_REACHABLE, SERVER_REFUSES, SERVER_TOO_OLD,
 *   UNKNOWN_CLUSTER
 */
export async function openOffhook(dataDir: string, mustExist = false): Promise<Offhook> {
  const engine = await openEngine(dataDir, process.env, mustExist);
  await migrate(engine);
  await finishReplacements(engine);
  const notifier = openChangeNotifier();
  const gate = openWriteGate();
  const silentWriter = openEventWriter(engine);
  const ungated = notifier.notifying(silentWriter);
  const writer: EventWriter = {
    ...ungated,
    write: (decoded, how) => gate.through(() => ungated.write(decoded, how)),
  };

  const aliasReader = openAliasReader(engine);
  const profileUpdates = openProfileUpdates(engine, aliasReader);
  const sessionization = openSessionization(engine, silentWriter, profileUpdates.forget, aliasReader);
  const settings = await openFeedSettings(engine, sessionization.forget);
  const aliases = openAliasChanges(
    engine,
    // Not while a replay runs.
    { ...sessionization, exclusive: (feed, work) => gate.through(() => sessionization.exclusive(feed, work)) },
    settings,
    accountId => notifier.of([{ accountId }])(),
  );
  await aliases.finish();

  /** The store for documents of one file or request: for events, or for facts about agents, which become events of sessions. */
  function storing(feed: Feed, context: DecodeContext, tally: RejectTally): DocumentStore {
    if ('decoder' in feed) return eventStore(feed.decoder(context), tallied(writer, tally));
    const begin = (read: readonly (AgentFact | Reject)[], how?: FlushPolicy) =>
      gate.through(() => sessionization.write(feed, read, context, how));
    const write = (read: readonly (AgentFact | Reject)[], how?: FlushPolicy) => {
      tally.note(read);
      return finishWrite(begin(read, how), profileUpdatesOf(read), notifier.of(read));
    };
    return factStore(feed.reader(context), write, () => sessionization.flush(feed));
  }

  /**
   * Notifies of facts once, here: late facts bypass the writer. A separate function, so that an import's facts are not kept in
   * memory until they are durable.
   */
  async function finishWrite(
    writing: Promise<Written>,
    updates: ReturnType<typeof profileUpdatesOf>,
    notify: () => void,
  ): Promise<Written> {
    const written = await writing;
    await profileUpdates.apply(updates).finally(notify);
    return written;
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
    importFile(feed, bytes, context, { firstLine = 1, tally = rejectTally() } = {}) {
      const store = storing(feed, context, tally);
      return importFile(feed, bytes, { engine, writer: tallied(writer, tally), store, context, firstLine });
    },
    onStored: notifier.listen,
    report: (criteria, clock, options) => streamReport(engine, criteria, clock, options),
    async close() {
      await writer.drain();
      await engine.close();
    },
  };
}

type Work = (offhook: Offhook) => Promise<void>;

/** Opens the data directory, creating it if it does not exist, for one piece of work, and closes it afterwards. */
export const withOffhook = (dataDir: string, run: Work): Promise<void> => working(dataDir, false, run);

/** The same for existing data. @throws UserError DATA_DIR_MISSING */
export const withStored = (dataDir: string, run: Work): Promise<void> => working(dataDir, true, run);

async function working(dataDir: string, mustExist: boolean, run: Work): Promise<void> {
  const offhook = await openOffhook(dataDir, mustExist);
  try {
    await run(offhook);
  } finally {
    await offhook.close();
  }
}
