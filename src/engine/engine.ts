// The contract of the engine: SQL and parameters in, rows or bytes out. Nothing outside this folder knows which one runs.
import type { Block } from './native-block.ts';

/** A value bound to a `{name:Type}` placeholder. Dates are bound as numbers or texts that the placeholder's type reads. */
export type Param = string | number | bigint | boolean | readonly (string | number)[];
export type Params = Readonly<Record<string, Param>>;

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
  /** Appends rows given as TabSeparated text; resolved when they are durable. Column names are the project's own. */
  insert: (table: string, columns: readonly string[], tsv: Buffer) => Promise<void>;
  /** The same for many rows of the project's own making: a block costs the engine a third of what their text does. */
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
