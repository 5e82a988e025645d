// Every queue, body, batch and wait of the project with its limit and the reason for it.

export const LIMITS = {
  /** One request of events. RingCX sends one event of about 500 bytes; a batch of 10,000 still fits. */
  ingestBodyBytes: 16 * 1024 * 1024,
  /** Any other request: the largest is a report request that names thousands of agents. */
  requestBodyBytes: 1024 * 1024,
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
  /** Bytes of a file read at once. */
  importChunkBytes: 64 * 1024,
  /** Seconds a refused sender should wait before the next try: the queue empties in about one. */
  retryAfterSeconds: 2,
  /** Time for a request's headers and body to arrive. */
  requestTimeoutMs: 60_000,
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
  /** How long good credentials are remembered: a feed of thousands of events a second costs one look-up in this time, and a
   * token deleted by another process lives on for no longer. */
  rememberCredentialsMs: 10_000,
  /** How long an account's settings are remembered by a live feed. */
  rememberSettingsMs: 10_000,
  /** Remembered credentials; the oldest go first. */
  rememberedCredentials: 1_000,
} as const;
