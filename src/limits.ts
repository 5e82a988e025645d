// The limits of all queues, bodies, batches and waiting times, with the reason for each.

export const LIMITS = {
  /** One request with events. RingCX sends one event of about 500 bytes; a batch of 10,000 still fits. */
  ingestBodyBytes: 16 * 1024 * 1024,
  /** Any other request. The largest is a report request that lists thousands of agents. */
  requestBodyBytes: 1024 * 1024,
  /** Compressions applied to one body. Real senders use one, and each costs the server the same work again. */
  bodyEncodings: 3,
  /** An agents file. 100,000 agents take about 10 MiB. */
  agentsFileBytes: 16 * 1024 * 1024,
  /** Lines at the top of a table file in which its header is searched, after titles, report criteria and empty lines. */
  headerLines: 20,
  /** Mistakes of a file, or column names, that a message lists: as many as a person reads before fixing them. */
  listedMistakes: 20,
  /** Invalid fields of a request that an error lists, out of possibly thousands. */
  validationErrors: 20,
  /** Rows per page of a list, and the page number: more than any directory has. */
  pageRows: 1_000_000,
  /** One document of a feed. Real events stay below 10 KiB; a longer one is rejected, so that it cannot fill the memory. */
  documentBytes: 1024 * 1024,
  /** Rows of one insert and bytes of their raw inputs. Large enough that the cost per part (about 10 ms, and merging it)
   * hardly counts, small enough that three inserts take 100 MB. */
  insertRows: 100_000,
  insertBytes: 24 * 1024 * 1024,
  /** Inserts that run at the same time. A small one uses one core, and the file of a large one is written while another runs. */
  concurrentInserts: 2,
  /** With this many writes in one insert, there are many senders; the next insert then waits up to `gatherMs` for more
   * writes. */
  manyWrites: 16,
  gatherMs: 40,
  /** Events of all requests that wait for the engine: a few seconds of inserts. Above it, senders are told to wait. */
  queuedEvents: 400_000,
  /** Facts of an import that sessionization gets at once. */
  importBatchDocuments: 2_000,
  /** Documents or facts of an import that wait for the engine while the next ones are decoded: two full inserts. Each is one
   * or two events. */
  importDocumentsAhead: 200_000,
  /** Bytes of lines that the engine reads at once (about 160,000 events), rows between its steps and of its inserts, and bytes of
   * each piece that are checked before. Pieces lie on the disk, two at a time, and planning the statement for one takes 0.1 s. Blocks
   * of 65,000 and inserts of 100,000 rows took the statement twice the memory. */
  importPieceBytes: 64 * 1024 * 1024,
  importBlockRows: 8_192,
  importPartRows: 50_000,
  importSampleBytes: 8 * 1024,
  /** Bytes of a line that are kept of one that is too long for a document, whose characters take up to four bytes. */
  importLineBytes: 8 * 1024 * 1024,
  /** Accounts of a file that the engine reads directly: as many as a large company has. */
  importAccounts: 1_000,
  /** Bytes of a followed file that are read and stored at once, and the time between two reads. */
  followBytes: 1024 * 1024,
  followPauseMs: 250,
  /** Time before reconnecting to an event socket: it doubles from the first value to the last. */
  reconnectFirstMs: 1_000,
  reconnectLastMs: 60_000,
  /** Bytes of a file that are read at once. Large enough that the cost per chunk is small compared to its documents. */
  importChunkBytes: 1024 * 1024,
  /** Seconds that a refused sender should wait before the next attempt. The queue empties in about one. */
  retryAfterSeconds: 2,
  /** Time for the headers and body of a request to arrive. */
  requestTimeoutMs: 60_000,
  /** Bytes of a result that wait for its reader before the engine pauses; one more chunk may come, which has 2 MB in a report. A
   * reader that stalls holds no more than that, one that reads waits for no chunk. */
  readAheadBytes: 4 * 1024 * 1024,
  /** Time for the engine to stop its statements when the process ends; stopping one takes 0.1 s. */
  engineExitMs: 2_000,
  /** Reports that run at once. Each holds a thread and the engine’s memory for its sessions; two cores gain nothing from
   * more. */
  reports: { inAll: 8, perUser: 4, waiting: 100, waitMs: 30_000 },
  /** Reports that are kept for paging, about 15 bytes per row on disk. A person has a few tabs open and leaves them for a
   * while. If cached sessions change while one is made, it is made again; after
   * three times, all of its sessions are folded. */
  reportViews: { inAll: 100, perUser: 6, keptMs: 15 * 60_000, tries: 3 },
  /** Rows of a page of such a report: a few screens, 0.3 MB. */
  reportPageRows: 500,
  /** Filters and sort columns of a report. There are 44 columns, and a column may have two filters. */
  reportFilters: 100,
  /** Values of one filter. */
  reportFilterValues: 1_000,
  /** Characters of the query string in a saved view: as many as browsers and proxies accept. */
  viewQueryChars: 8_000,
  /** Saved views per user and account: more than a menu can show. */
  savedViews: 200,
  /** Time for the whole answer of a lookup. Most take a few ms, and a client does not wait longer. */
  lookupMs: 60_000,
  /** Time until the first byte of a report. The largest report tested, over 100 million events, took a tenth of it. */
  reportFirstByteMs: 5 * 60_000,
  /** Live streams that are open at once, for wallboards and supervisors. Each costs a socket and a part of each change. */
  liveStreams: { inAll: 500, perUser: 20 },
  /** Shortest time between two runs of an account’s live query, however many clients watch. A slower query (0.65 s of one
   * core for 2,000 open sessions) is followed by a pause as long as itself. */
  liveQueryMs: 250,
  /** Time between two checks for events stored by other processes, and for whether the credentials of a stream are still
   * valid. */
  livePollMs: 1_000,
  /** Time after which an idle stream sends a heartbeat, and after which values that change only with time are read again. */
  liveHeartbeatMs: 15_000,
  /** Bytes that may wait for a slow client of a live stream before it is disconnected: several snapshots of 2,000 agents. */
  liveWaitingBytes: 8 * 1024 * 1024,
  /** Rows of a trend. A chart shows a few hundred; a table of 300 agents over a month has 9,000. */
  trendRows: 10_000,
  /** Time after which an idle connection is closed: a client that reads nothing of its report holds a query and its memory. */
  silentConnectionMs: 5 * 60_000,
  /** Time for running requests to end after a signal; then their connections are closed. */
  shutdownMs: 10_000,
  /** Rows per block between the engine’s steps. The arrays of 8,192 sessions with 100 events each fit into the CPU cache
   * (measured: 2.3 times the speed of the default, 65,409). */
  foldBlockRows: 8_192,
  /** Sessions that a report folds in addition to the cached ones. Their ids are sent with the query (about 1 MB). If there
   * are more, as after a large import, it folds all sessions. */
  sessionsFoldedInReport: 50_000,
  /** Events of sessions that are folded into the cache at once: half a second of two cores, and a few hundred MB. If each
   * session is named, `keptByName` sessions: naming one costs as much as folding a hundred of its events. */
  foldedEvents: 2_000_000,
  keptByName: 1_000,
  /** Dirty sessions listed at once. Listing them costs the same for one as for many. */
  dirtySessions: 100_000,
  /** Time between two updates of the session cache. A report folds the sessions of this time itself. */
  foldPauseMs: 5_000,
  /** Time between two checks for data that accounts no longer keep. Accounts keep whole months. */
  retentionEveryMs: 6 * 60 * 60_000,
  /** Difference between the wall clock and the monotonic clock above which the wall clock counts as changed. Small
   * corrections are normal. */
  clockJumpMs: 60 * 60_000,
  /** Longer than a server is usually down or receives nothing. If the clock is further ahead at the start, it may be wrong. */
  clockGapMs: 40 * 24 * 60 * 60_000,
  /** Nothing is deleted for this long after a jump of the clock, so that an administrator can notice and correct it. */
  waitAfterClockJumpMs: 24 * 60 * 60_000,
  /** The newest events of a live feed are within this time: two months, so that only their parts are read. */
  recentDataMs: 62 * 24 * 60 * 60_000,
  /** Lifetime of a legacy auth token after its last use, and the same with `stayLoggedIn` (RingCentral’s values). */
  authTokenMs: 60 * 60 * 1000,
  stayLoggedInMs: 14 * 24 * 60 * 60 * 1000,
  /** An auth token is extended at most this often, so that not every use is a write. */
  tokenExtensionMs: 60_000,
  /** Lifetime of an access token of the current flow (RingCentral’s value; its SDK refreshes by itself). */
  accessTokenMs: 5 * 60_000,
  /** Expired tokens are kept this long, in case a clock was wrong, and deleted this often: each sign-in leaves some. */
  expiredTokensKeptMs: 24 * 60 * 60_000,
  expiredTokensRemovedEveryMs: 24 * 60 * 60_000,
  /** Lifetimes of platform tokens and refresh tokens (RingCentral’s values). */
  platformTokenMs: 60 * 60_000,
  refreshTokenMs: 7 * 24 * 60 * 60_000,
  /** How long a process signs access tokens with the same key. New keys cost nothing, and old ones need not be kept. */
  signingKeyMs: 24 * 60 * 60_000,
  /** Wrong passwords for a name from one address that have no effect: people mistype. Then the next attempt has to wait one
   * second, doubled after each failure up to the window, after which failures are forgotten: about a hundred guesses a day. */
  signInFreeFailures: 5,
  signInFirstWaitMs: 1_000,
  signInWindowMs: 15 * 60_000,
  /** Wrong passwords from one address, for any name, after which each further one takes at least `slowCheckMs`: four guesses
   * a second, a tenth of a core. An office behind one address has many users. */
  signInFailuresPerAddress: 50,
  slowCheckMs: 250,
  /** Passwords that are checked at once, and that wait: in total, and from one address. A check takes about 20 ms of a core
   * and 19 MiB, on threads that the engine needs, too. */
  passwordChecks: 2,
  waitingPasswordChecks: 100,
  waitingPasswordChecksPerAddress: 10,
  /** How long credentials that were valid at an address do not have to wait there, and how many are remembered: enough for a
   * feed that is silent over the holidays, and for all users of a large company. */
  validCredentialsMs: 14 * 24 * 60 * 60_000,
  validCredentials: 10_000,
  /** Names and addresses with counted failures, about 15 MB. One address needs hours to add this many. */
  countedFailures: 100_000,
  /** Refused sign-ins that are recorded one by one per minute, from one address and in total; the rest of the minute is
   * counted, with separate counts for `countedAddresses`. A client that repeats an old token does not fill the disk, nor do
   * a million of them. */
  refusedSignInsPerAddress: 20,
  refusedSignInsPerMinute: 200,
  countedAddresses: 50,
  /** Characters that are recorded of an address, and of a text that an unknown client sent. */
  addressChars: 64,
  recordedChars: 200,
  /** Characters of a token or an assertion. Valid ones have a few hundred, including the longest user name. */
  tokenChars: 4_096,
  /** Months for which the audit log is kept by default: an audit of the previous year needs as much. */
  auditKeepMonths: 24,
  /** The last use of an API token is recorded at most this often. */
  tokenUseMs: 10 * 60_000,
  /** Characters of a user name, a label or a password, so that hashing and showing them takes limited time. */
  nameChars: 200,
  passwordChars: 1_000,
  /** How long valid credentials are cached. A feed of thousands of events a second costs one lookup in this time, and a token
   * revoked by another process works no longer than this. */
  rememberCredentialsMs: 10_000,
  /** How long a live feed caches the settings of an account. */
  rememberSettingsMs: 10_000,
  /** The longest duration that a line or event of a feed may state. Asterisk wrote the time since 1970 as the login time of
   * an agent who was not logged in; real logins that nobody ends last a weekend or a holiday. */
  statedTimeMs: 14 * 24 * 60 * 60 * 1000,
  /** Agents of feeds without sessions whose latest session is kept in memory. For others it is read again. */
  rememberedAgents: 300_000,
  /** Sets of accounts whose latest event is cached. A reader asks for one or a few. */
  rememberedWatermarks: 1_000,
  /** Cached credentials; the oldest are removed first. */
  rememberedCredentials: 1_000,
  /** Examples per finding of a data check, and kinds that are counted separately: as many as a person reads. */
  qualityExamples: 10,
  /** Unaccounted time of a session that a check ignores by default: the seconds between the login and the first state, which
   * every feed has. */
  unaccountedMs: 60_000,
  /** State labels that a check examines. A feed with more sends free text, not states. */
  guessedLabels: 1_000,
  /** Largest threshold for unaccounted time: a year, longer than any session. */
  unaccountedAboveSeconds: 366 * 86_400,
  qualityKinds: 200,
  /** Rejects of a request or an import that its answer describes: as many as a person reads. */
  listedRejects: 5,
  /** Bytes at the start of a file that are checked to see whether it fits the feed: a few hundred inputs. */
  fileBeginningBytes: 256 * 1024,
  /** Rows that are counted before and after an import, which takes about a second each time. */
  countedRows: 20_000_000,
  /** Accounts that the message about an unknown account lists. */
  listedAccounts: 20,
  /** Rejects per page, and characters that a page shows of each: one screen to read, 30 KiB. */
  rejectRows: 100,
  rejectPreviewChars: 300,
  /** Entries per page of the audit log. */
  auditRows: 200,
  /** Events in the range of a replay over HTTP, or of its preview. Decoding them takes about ten seconds of the server’s only
   * thread. */
  replayEvents: 500_000,
  /** Events of a session that are shown and explained. A long day has a few thousand; about 6 MiB of JSON. */
  sessionEvents: 20_000,
  /** Pairs of names that may be one agent: a hundred of each kind that all fit each other. */
  aliasPairs: 10_000,
  /** An event that arrives within this time counts as live: feeds retry for a few minutes. */
  liveDelayMs: 10 * 60_000,
  /** Sessions, agents of feeds without sessions, and events that a replay or a change of aliases recomputes at once. Live
   * events wait for it, one or two seconds on an idle core. */
  replaySessions: 200,
  replayAgents: 10,
  replayPieceEvents: 20_000,
  /** Connections to a ClickHouse server: reports, lookups and inserts of one process at their limits, and as many again. */
  serverConnections: 200,
  /** Time without any data from or to a ClickHouse server after which it counts as gone. A report over years, or a deletion
   * among billions of rows, is silent for minutes. */
  serverSilenceMs: 10 * 60_000,
  /** Times to wait before a request that may be repeated is sent to a ClickHouse server again. Restarting a replica takes a
   * few seconds. */
  serverRetriesMs: [100, 500, 2_000, 5_000],
  /** Characters of parameters in the URL of a statement. Longer ones go into the body: proxies accept about 8 KiB. */
  serverAddressChars: 2_048,
  /** Characters of a statement's parameters above which its connection to the embedded engine is not used again: they stay with it. */
  connectionParamChars: 10_000,
  /** How long a lock of a process is valid without renewal, how often another process checks it, and how long it waits at
   * most. */
  lockMs: 30_000,
  lockPollMs: 20,
  lockWaitMs: 120_000,
} as const;
