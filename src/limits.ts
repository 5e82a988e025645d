// Every queue, body, batch and wait of the project with its limit and the reason for it.

export const LIMITS = {
  /** One request of events. RingCX sends one event of about 500 bytes; a batch of 10,000 still fits. */
  ingestBodyBytes: 16 * 1024 * 1024,
  /** Any other request: the largest is a report request that names thousands of agents. */
  requestBodyBytes: 1024 * 1024,
  /** Compressions of one body on top of each other: real senders use one, and each costs as much again. */
  bodyEncodings: 3,
  /** An agents file: a directory of 100,000 agents is about 10 MiB. */
  agentsFileBytes: 16 * 1024 * 1024,
  /** Lines at the top of a table's file among which its header is looked for: titles, the criteria of a report, empty lines. */
  headerLines: 20,
  /** Mistakes of a file, and names of columns, that are listed: what a person reads before fixing them. */
  listedMistakes: 20,
  /** Fields of a request that are named as wrong: what a person fixes at once, out of a list that may have thousands. */
  validationErrors: 20,
  /** Rows of a page of a lookup, and its number: beyond any directory, and within the engine's whole numbers. */
  pageRows: 1_000_000,
  /** One document of a feed. Real events stay below 10 KiB; a longer one is a reject, not a memory problem. */
  documentBytes: 1024 * 1024,
  /** Rows in one insert, and bytes of their raw inputs: large enough that the engine's cost per part (some 10 ms, and merging it)
   * vanishes, small enough that the rows of three take 100 MB. */
  insertRows: 100_000,
  insertBytes: 24 * 1024 * 1024,
  /** Inserts that run at the same time: a small one uses one core, and the file of a large one is written while another runs. */
  concurrentInserts: 2,
  /** Writes of one insert that show many senders at once, and for how long at most the next insert then waits for more of them. */
  manyWrites: 16,
  gatherMs: 40,
  /** Events waiting for the engine, over all requests: a few seconds of inserts. Above it the sender is told to wait. */
  queuedEvents: 400_000,
  /** Facts of an import given to the sessions at once. */
  importBatchDocuments: 2_000,
  /** Documents, or facts, of an import that wait for the engine while the next ones are decoded: two full inserts. Each is
   * an event or two. */
  importDocumentsAhead: 200_000,
  /** Bytes of lines that the engine reads at once (some 160,000 events), rows of its inserts, and how much of a piece is looked at
   * before. To plan its statement takes the engine 0.1 s; twice as large a piece would save a tenth and cost 300 MB of memory. */
  importPieceBytes: 64 * 1024 * 1024,
  importPartRows: 100_000,
  importSampleBytes: 8 * 1024,
  /** Accounts of a file that the engine reads by itself: those of a large company. */
  importAccounts: 1_000,
  /** Bytes of a followed file read and stored at once, and the time between two looks at it. */
  followBytes: 1024 * 1024,
  followPauseMs: 250,
  /** Pauses before connecting to an event socket again: the first one, and the longest, to which they double. */
  reconnectFirstMs: 1_000,
  reconnectLastMs: 60_000,
  /** Bytes of a file read at once: large enough that reading and what is done once for each costs little beside their documents. */
  importChunkBytes: 1024 * 1024,
  /** Seconds a refused sender should wait before the next try: the queue empties in about one. */
  retryAfterSeconds: 2,
  /** Time for a request's headers and body to arrive. */
  requestTimeoutMs: 60_000,
  /** Reports that run at once: each holds a thread, and the engine's memory for its sessions; two cores gain nothing from more. */
  reports: { inAll: 8, perUser: 4, waiting: 100, waitMs: 30_000 },
  /** Reports that are kept for paging: about 70 bytes a row on disk. A person has some tabs open and leaves them for a while. */
  reportViews: { inAll: 100, perUser: 6, keptMs: 15 * 60_000 },
  /** Rows of such a page: some screens full, 0.3 MB. */
  reportPageRows: 500,
  /** Filters and sort columns of a report: there are 44 columns, and a filter may have two ends. */
  reportFilters: 100,
  /** Values of one filter. */
  reportFilterValues: 1_000,
  /** Characters of the query string that a saved view keeps: what browsers and proxies pass on. */
  viewQueryChars: 8_000,
  /** Saved views of a user in an account: more than a menu can show. */
  savedViews: 200,
  /** Time for a lookup's whole answer: most take some ms, and a client waits no longer. */
  lookupMs: 60_000,
  /** Time until a report's first byte; the largest that this was tried on, 100 million events, took a tenth. */
  reportFirstByteMs: 5 * 60_000,
  /** Live streams that are open at once: wallboards and supervisors; each costs a socket and a share of each change. */
  liveStreams: { inAll: 500, perUser: 20 },
  /** The live query of an account runs at most this often, however many watch it; one that takes longer (0.65 s of one core for
   * 2,000 open sessions) is followed by a pause as long as itself. */
  liveQueryMs: 250,
  /** Between two looks at what other processes stored, and at whether the stream's credentials still hold. */
  liveLookMs: 1_000,
  /** A silent stream says that it lives, and what only time changes is asked for again. */
  liveHeartbeatMs: 15_000,
  /** Bytes that wait for a live stream's client before it is cut: several whole pictures of 2,000 agents. */
  liveWaitingBytes: 8 * 1024 * 1024,
  /** Rows of a trend: a chart shows some hundred, a table of 300 agents over a month has 9,000. */
  trendRows: 10_000,
  /** A connection on which nothing moves, in either direction, is cut: a client that takes no byte of its report for so long
   * holds a query and its memory. */
  silentConnectionMs: 5 * 60_000,
  /** Time for running requests to end after a signal before their connections are cut. */
  shutdownMs: 10_000,
  /** Rows of a block between the engine's steps: the arrays of 8,192 sessions of 100 events stay in the CPU's cache
   * (measured: 2.3 times the speed of the default 65,409). */
  foldBlockRows: 8_192,
  /** Sessions that a report folds beside those it reads: their ids are part of its request to the engine (about 1 MB). With more, as
   * after a large import, it folds all. */
  sessionsFoldedBeside: 50_000,
  /** Sessions folded at once to be kept: about two million events, so that reports and inserts do not wait for long; and as many
   * where each is named, since naming one costs as much as folding a hundred of its events. */
  keptSessions: 20_000,
  keptByName: 1_000,
  /** Marked sessions listed at once: to list them costs the same for one and for many. */
  markedSessions: 100_000,
  /** Between two looks for sessions that have ended: a report folds those of this time by itself. */
  foldPauseMs: 5_000,
  /** Between two looks for what accounts no longer keep: it goes by months. */
  retentionEveryMs: 6 * 60 * 60_000,
  /** A wall clock that differs so much from the machine's other one between two looks has been set: small corrections are usual. */
  clockJumpMs: 60 * 60_000,
  /** Longer than a server usually stands still or receives nothing: a clock so far ahead at the start may be wrong. */
  clockGapMs: 40 * 24 * 60 * 60_000,
  /** Nothing is deleted for so long after a jump of the clock, whatever is set: time to see it and to set it right. */
  waitAfterClockJumpMs: 24 * 60 * 60_000,
  /** A live feed's newest events lie in it: two months, of which the parts are read. */
  recentDataMs: 62 * 24 * 60 * 60_000,
  /** Lifetime of a legacy auth token after its last use, and with `stayLoggedIn` (RingCentral's own values). */
  authTokenMs: 60 * 60 * 1000,
  stayLoggedInMs: 14 * 24 * 60 * 60 * 1000,
  /** A sliding token is extended at most this often, so that using it does not mean writing. */
  tokenExtensionMs: 60_000,
  /** Lifetime of an access token of the current flow (RingCentral's own value; its SDK refreshes by itself). */
  accessTokenMs: 5 * 60_000,
  /** Expired tokens are kept so long, in case a clock was wrong, and looked for so often: each sign-in leaves some. */
  expiredTokensKeptMs: 24 * 60 * 60_000,
  expiredTokensRemovedEveryMs: 24 * 60 * 60_000,
  /** Lifetimes of a platform token and of refresh tokens (RingCentral's own values). */
  platformTokenMs: 60 * 60_000,
  refreshTokenMs: 7 * 24 * 60 * 60_000,
  /** How long a process signs access tokens with one key: new ones cost nothing, and old ones need not be kept. */
  signingKeyMs: 24 * 60 * 60_000,
  /** Wrong passwords of a name from an address that cost nothing: a person mistypes some times. Then the next try waits for a
   * second, and twice as long after each more, up to the window, after which they are forgotten: about a hundred guesses a day. */
  signInFreeFailures: 5,
  signInFirstWaitMs: 1_000,
  signInWindowMs: 15 * 60_000,
  /** Wrong passwords of an address, whatever the name, after which each more takes at least so long: four guesses a second, a
   * tenth of a core. An office behind one address is many persons. */
  signInFailuresPerAddress: 50,
  slowCheckMs: 250,
  /** Passwords that are checked at once, and that wait for it: in all, and of one address. A check takes some 20 ms of a core
   * and 19 MiB, on threads that the engine's answers need, too. */
  passwordChecks: 2,
  waitingPasswordChecks: 100,
  waitingPasswordChecksPerAddress: 10,
  /** How long credentials that were right from an address do not wait there, and how many are remembered: a feed that is
   * silent over the holidays, and all users of a large company. */
  rightLatelyMs: 14 * 24 * 60 * 60_000,
  rightLately: 10_000,
  /** Names at addresses whose failures are counted, some 15 MB: an address takes hours for as many. */
  countedFailures: 100_000,
  /** Refusals that are recorded one by one in a minute, of an address and in all; the others of the minute are counted, of so
   * many addresses each by itself. A client that repeats a stale token does not fill the disk, nor do a million of them. */
  refusalsPerAddress: 20,
  refusalsPerMinute: 200,
  countedAddresses: 50,
  /** Characters of an address, and of a text that a stranger chose, which are recorded. */
  addressChars: 64,
  recordedChars: 200,
  /** Characters of a token or an assertion: ours have some hundred, the longest user name included. */
  tokenChars: 4_096,
  /** Months of the audit log that are kept, unless the server is told otherwise: what an audit of the year before asks for. */
  auditKeepMonths: 24,
  /** An API token's last use is written down at most this often. */
  tokenUseMs: 10 * 60_000,
  /** Characters of a user name, a label or a password: their hashing and showing has an end. */
  nameChars: 200,
  passwordChars: 1_000,
  /** How long good credentials are remembered: a feed of thousands of events a second costs one look-up in this time, and a
   * token deleted by another process lives on for no longer. */
  rememberCredentialsMs: 10_000,
  /** How long an account's settings are remembered by a live feed. */
  rememberSettingsMs: 10_000,
  /** Longest time that a line or event of a feed may tell to have gone by before it. Asterisk wrote the whole epoch as the login
   * time of an agent who was not logged in; real logins that nobody ends last for a weekend or a holiday. */
  statedTimeMs: 14 * 24 * 60 * 60 * 1000,
  /** Agents of feeds without sessions whose latest session is kept in memory; the longest known are read again. */
  rememberedAgents: 300_000,
  /** Remembered credentials; the oldest go first. */
  rememberedCredentials: 1_000,
  /** Examples of what a check of the data found, and kinds of it that are told apart: what a person reads. */
  qualityExamples: 10,
  /** Unaccounted time of a session up to which a check says nothing, unless it is asked otherwise: the seconds between a login and
   * the first state, which every feed has. */
  unaccountedMs: 60_000,
  /** Labels that a check looks at: a feed with more sends no states by them but texts. */
  guessedLabels: 1_000,
  /** The most that may be asked for: a year, longer than any session. */
  unaccountedAboveSeconds: 366 * 86_400,
  qualityKinds: 200,
  /** Rejects of one request or import that its answer tells with their details: what a person reads. */
  rejectsTold: 5,
  /** Bytes of a file by which it is told whether it is of the feed: some hundred inputs. */
  fileBeginningBytes: 256 * 1024,
  /** Rows that are counted before and after an import: about a second each time. */
  countedRows: 20_000_000,
  /** Accounts that the error about an unknown one lists. */
  listedAccounts: 20,
  /** Rejects of a page, and characters of each that are shown there: one screen's worth of reading, 30 KiB. */
  rejectRows: 100,
  rejectPreviewChars: 300,
  /** Entries of a page of the audit log. */
  auditRows: 200,
  /** Events in the range of a replay over HTTP, or of its preview: decoding them takes some ten seconds of the server's one thread. */
  replayEvents: 500_000,
  /** Events of a session that are shown and explained: one of a long day has some thousands; about 6 MiB of JSON. */
  sessionEvents: 20_000,
  /** Pairs of names that may be one agent: a hundred of each kind, all of which fit all others. */
  aliasPairs: 10_000,
  /** An event that arrives within this time counts as live: feeds retry for some minutes. */
  liveDelayMs: 10 * 60_000,
  /** Sessions, and agents of feeds without sessions, that a replay or a change of aliases makes anew at once, and their events
   * where it is more than one: live events wait for that, a second or two on an idle core. */
  replaySessions: 200,
  replayAgents: 10,
  replayPieceEvents: 20_000,
  /** Connections to a ClickHouse server: reports, lookups and inserts of one process at their limits, and as many again. */
  serverConnections: 200,
  /** Time in which nothing comes from a ClickHouse server, or goes to it, until it counts as gone: a report of years, or a
   * deletion among billions of rows, is silent for minutes. */
  serverSilenceMs: 10 * 60_000,
  /** Pauses before what may be sent twice is sent to a ClickHouse server again: a restart of a replica takes some seconds. */
  serverRetriesMs: [100, 500, 2_000, 5_000],
  /** Parameters of a statement that stand in the address; longer ones go into the body, since proxies take about 8 KiB. */
  serverAddressChars: 2_048,
  /** How long a claim of a process on work that only one may do holds without being renewed, how often another one looks
   * whether it is its turn, and how long it waits at most. */
  lockMs: 30_000,
  lockLookMs: 20,
  lockWaitMs: 120_000,
} as const;
