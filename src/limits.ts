// Every queue, body, batch and wait of the project with its limit and the reason for it.

export const LIMITS = {
  /** One request of events. RingCX sends one event of about 500 bytes; a batch of 10,000 still fits. */
  ingestBodyBytes: 16 * 1024 * 1024,
  /** Any other request: the largest is a report request that names thousands of agents. */
  requestBodyBytes: 1024 * 1024,
  /** An agents file: a directory of 100,000 agents is about 10 MiB. */
  agentsFileBytes: 16 * 1024 * 1024,
  /** Rows of a page of a lookup, and its number: beyond any directory, and within the engine's whole numbers. */
  pageRows: 1_000_000,
  /** One document of a feed. Real events stay below 10 KiB; a longer one is a reject, not a memory problem. */
  documentBytes: 1024 * 1024,
  /** Rows in one insert: large enough that the engine's cost per part (some ms) vanishes, about 8 MiB with raw inputs. */
  insertRows: 20_000,
  /** Inserts that run at the same time: an insert uses one core. */
  concurrentInserts: 2,
  /** Events waiting for the engine, over all requests: a few seconds of inserts. Above it the sender is told to wait. */
  queuedEvents: 200_000,
  /** Documents of an import decoded at once. */
  importBatchDocuments: 10_000,
  /** Batches of an import that wait for the engine while the next one is decoded: enough to keep both busy. */
  importBatchesAhead: 512,
  /** Bytes of a followed file read and stored at once, and the time between two looks at it. */
  followBytes: 1024 * 1024,
  followPauseMs: 250,
  /** Pauses before connecting to an event socket again: the first one, and the longest, to which they double. */
  reconnectFirstMs: 1_000,
  reconnectLastMs: 60_000,
  /** Bytes of a file read at once. */
  importChunkBytes: 64 * 1024,
  /** Seconds a refused sender should wait before the next try: the queue empties in about one. */
  retryAfterSeconds: 2,
  /** Time for a request's headers and body to arrive. */
  requestTimeoutMs: 60_000,
  /** Reports that run at once: each holds a thread, and the engine's memory for its sessions; two cores gain nothing from more. */
  reports: { inAll: 8, perUser: 4, waiting: 100, waitMs: 30_000 },
  /** Time for a lookup's whole answer: most take some ms, and a client waits no longer. */
  lookupMs: 60_000,
  /** Time until a report's first byte; the largest that this was tried on, 100 million events, took a tenth. */
  reportFirstByteMs: 5 * 60_000,
  /** A connection on which nothing moves, in either direction, is cut: a client that takes no byte of its report for so long
   * holds a query and its memory. */
  silentConnectionMs: 5 * 60_000,
  /** Time for running requests to end after a signal before their connections are cut. */
  shutdownMs: 10_000,
  /** Rows of a block between the engine's steps: the arrays of 8,192 sessions of 100 events stay in the CPU's cache
   * (measured: 2.3 times the speed of the default 65,409). */
  foldBlockRows: 8_192,
  /** Lifetime of a legacy auth token after its last use, and with `stayLoggedIn` (RingCentral's own values). */
  authTokenMs: 60 * 60 * 1000,
  stayLoggedInMs: 14 * 24 * 60 * 60 * 1000,
  /** A sliding token is extended at most this often, so that using it does not mean writing. */
  tokenExtensionMs: 60_000,
  /** Lifetime of an access token of the current flow (RingCentral's own value; its SDK refreshes by itself). */
  accessTokenMs: 5 * 60_000,
  /** Lifetimes of a platform token and of refresh tokens (RingCentral's own values). */
  platformTokenMs: 60 * 60_000,
  refreshTokenMs: 7 * 24 * 60 * 60_000,
  /** How long a key signs access tokens: a copy of an old one is of no use to anybody. */
  signingKeyMs: 30 * 24 * 60 * 60_000,
  /** Failed sign-ins within the window. A person mistypes some times; an office behind one address is many persons. */
  signInFailuresPerUser: 10,
  signInFailuresPerAddress: 50,
  signInWindowMs: 15 * 60_000,
  /** Refusals of one address that are recorded in a minute: a client that repeats a stale token does not fill the disk. */
  auditedRefusalsPerMinute: 60,
  /** Characters of a user name, a label or a password: their hashing and showing has an end. */
  nameChars: 200,
  passwordChars: 1_000,
  /** How long good credentials are remembered: a feed of thousands of events a second costs one look-up in this time, and a
   * token deleted by another process lives on for no longer. */
  rememberCredentialsMs: 10_000,
  /** How long an account's settings are remembered by a live feed. */
  rememberSettingsMs: 10_000,
  /** Agents of feeds without sessions whose latest session is kept in memory; the longest known are read again. */
  rememberedAgents: 300_000,
  /** Remembered credentials; the oldest go first. */
  rememberedCredentials: 1_000,
  /** Examples of what a check of the data found, and kinds of it that are told apart: what a person reads. */
  qualityExamples: 10,
  qualityKinds: 200,
  /** An event that arrives within this time counts as live: feeds retry for some minutes. */
  liveDelayMs: 10 * 60_000,
  /** Sessions, and agents of feeds without sessions, that a replay holds in memory at once: about 20,000 events. */
  replaySessions: 200,
  replayAgents: 10,
} as const;
