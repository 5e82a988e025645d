// The contract of the engine: SQL and parameters in, rows or bytes out. Nothing outside this folder knows which one runs.

/** A value bound to a `{name:Type}` placeholder. Dates are numbers or texts, as the placeholder's type reads them. */
export type Param = string | number | bigint | boolean | readonly (string | number)[];
export type Params = Readonly<Record<string, Param>>;

/**
 * A value of a row to insert. Instants (DateTime64(3)) are UTC milliseconds since 1970, 64-bit integers beyond 2^53 decimal
 * texts, flags (UInt8) booleans or numbers, named tuples objects.
 */
export type RowValue = string | number | boolean | null | readonly RowValue[] | { readonly [name: string]: RowValue };
/** By column name. */
export type Row = Readonly<Record<string, RowValue>>;

/** Encoded rows of a table; columns that are not named have their defaults. */
export interface Block {
  format: 'JSONCompactEachRow' | 'Native' | 'TSV';
  columns: readonly string[];
  /** One after the other. */
  bytes: readonly Uint8Array[];
}

export interface StreamOptions {
  /** A ClickHouse output format: one that is a sequence of rows, or Parquet. */
  format: string;
  /** Aborting it stops the query. */
  signal?: AbortSignal;
}

export interface CommandOptions {
  /** Aborting it stops the statement; the promise is rejected once it has ended. */
  signal?: AbortSignal;
}

/** The engine's own reading of files with one document per line. */
export interface LineReader {
  /** Where the files are written. What a crash leaves there is deleted at the next start. */
  directory: string;
  /**
   * Runs an INSERT whose SELECT reads the file from `LINES`, a table with the columns `line` (without its line feed) and
   * `_row_number` (from 0). Resolved when durable.
   */
  insert: (sql: string, params: Params, file: string) => Promise<void>;
}

export interface Engine {
  /** Whether other processes may read and write the same data. */
  isShared: boolean;
  /** Rejected when the engine has stopped by itself, and every statement with it; never resolved. */
  failed: Promise<never>;
  /** Runs a statement that returns no rows. */
  command: (sql: string, params?: Params, options?: CommandOptions) => Promise<void>;
  /**
   * All rows of a small result. 64-bit integers come as JavaScript numbers: exact below 2^53.
   * @throws UserError QUERY_TIMEOUT
   */
  query: <Row>(sql: string, params?: Params) => Promise<Row[]>;
  /**
   * The result as bytes, pulled: a consumer that does not read pauses the query, one that leaves ends it. In formats of rows, each
   * chunk ends with a row. Failures are thrown, also in mid-stream: a shorter result never looks complete.
   */
  stream: (sql: string, params: Params, options: StreamOptions) => AsyncIterable<Uint8Array>;
  /** Appends rows, which all have the columns of the first; resolved when they are durable. Without rows, nothing happens. */
  insert: (table: string, rows: readonly Row[]) => Promise<void>;
  /** The same for rows that are already encoded: as Native, many events cost a third of what they cost as text. */
  insertBlock: (table: string, block: Block) => Promise<void>;
  /** Absent if the engine cannot read lines; then the decoder reads them. */
  lines?: LineReader;
  /**
   * Runs `work` under a lock that all processes with the same data respect. `wasLast`: no other process has held the lock since
   * this one last did, so what this one has cached under it is current.
   * @throws UserError QUERY_TIMEOUT when the lock is not released in time
   */
  withLock: <T>(name: string, work: (wasLast: boolean) => Promise<T>) => Promise<T>;
  /** Ends the running statements and releases the data. */
  close: () => Promise<void>;
}
