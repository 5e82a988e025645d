// The contract of the engine: SQL and parameters in, rows or bytes out. Nothing outside this folder knows which one runs.

/** A value bound to a `{name:Type}` placeholder. Dates are bound as numbers or texts that the placeholder's type reads. */
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
  /** A ClickHouse output format; of those that are no sequence of rows, Parquet alone. */
  format: string;
  /** Aborting it stops the query. */
  signal?: AbortSignal;
}

export interface CommandOptions {
  /** Aborting it stops the statement; the promise is rejected when it has ended. */
  signal?: AbortSignal;
}

export interface Engine {
  /** Whether other processes may read and write the same data. */
  isShared: boolean;
  /** Runs a statement that returns no rows. */
  command: (sql: string, params?: Params, options?: CommandOptions) => Promise<void>;
  /**
   * All rows of a small result. 64-bit integers come as JavaScript numbers: exact below 2^53.
   * @throws UserError QUERY_TIMEOUT
   */
  query: <Row>(sql: string, params?: Params) => Promise<Row[]>;
  /**
   * The result as bytes, pulled: a consumer that does not read stops the query's progress, one that leaves ends it. Chunks of
   * a format of rows end with a row. A failure, also in the middle, is thrown: the bytes never end early.
   */
  stream: (sql: string, params: Params, options: StreamOptions) => AsyncIterable<Uint8Array>;
  /** Appends rows that all have the same columns; resolved when they are durable. No rows: nothing happens. */
  insert: (table: string, rows: readonly Row[]) => Promise<void>;
  /** The same for rows that are encoded already, as those that many events are gathered in: Native costs a third of text. */
  insertBlock: (table: string, block: Block) => Promise<void>;
  /**
   * Runs an INSERT whose SELECT reads the lines of a text, which it names `LINES`: a table of `line` (without its line feed) and
   * `_row_number` (from 0). Resolved when durable. Absent where the engine cannot: then lines are decoded, and their rows inserted.
   */
  insertLines?: (sql: string, params: Params, text: Buffer) => Promise<void>;
  /**
   * Runs `work` while no other process that shares the data does work of the same name. `wasLast` tells that none has since this
   * process last did: what it remembers of that work is still so.
   * @throws UserError QUERY_TIMEOUT when the others do not end
   */
  withLock: <T>(name: string, work: (wasLast: boolean) => Promise<T>) => Promise<T>;
  /** Waits for what runs, then lets go of the data. */
  close: () => Promise<void>;
}
