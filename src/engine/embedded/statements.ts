// Runs statements on a data directory, each on a connection of its own. Runs in the engine's thread.
import type { CommandOptions, Params, StreamOptions } from '../engine.ts';
import { openConnections, quoted } from './connections.ts';

/** What runs statements: here, or in another thread. */
export interface Statements {
  /** As `Engine.stream`, for formats of rows. */
  rows: (sql: string, params: Params, options: StreamOptions) => AsyncIterable<Uint8Array>;
  /** A small result, whole. */
  lookup: (sql: string, params: Params, options: StreamOptions) => Promise<Uint8Array>;
  command: (sql: string, params: Params, options: CommandOptions) => Promise<void>;
  insertFile: (table: string, columns: readonly string[], format: string, file: string) => Promise<void>;
  /** Stops what runs. */
  close: () => Promise<void>;
}

/**
 * A stream is planned on this thread; all else is planned in the background, and waits for nothing
 * (docs/decisions/020-the-engines-thread.md).
 * @throws UserError DATA_DIR_NOT_USABLE
 */
export function openStatements(path: string): Statements {
  const { acquire, release, stopOnAbort, close } = openConnections(path);

  async function* rows(sql: string, params: Params, { format, signal }: StreamOptions) {
    signal?.throwIfAborted();
    const connection = acquire(params);
    let ended = false;
    try {
      const chunks = connection.session.queryStream(sql, { format })[Symbol.asyncIterator]();
      for (;;) {
        // Between two chunks nothing runs that would have to be stopped.
        const stopWatching = stopOnAbort(connection, signal);
        const { done, value } = await chunks.next().finally(stopWatching);
        // A short query may end before it is stopped; the caller who aborted it gets the abort all the same.
        signal?.throwIfAborted();
        if (done) break;
        yield value.raw();
      }
      ended = true;
    } finally {
      release(connection, ended);
    }
  }

  /** Runs a statement in the background. */
  async function run(sql: string, params: Params, format: string, signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    const connection = acquire(params);
    const stopWatching = stopOnAbort(connection, signal);
    try {
      const result = await connection.session.queryAsync(sql, { format });
      signal?.throwIfAborted();
      return result.bytes();
    } finally {
      stopWatching();
      release(connection, !signal?.aborted);
    }
  }

  /** Rows are not written into the statement, since the engine would also insert whatever comes on standard input. */
  async function insertFile(table: string, columns: readonly string[], format: string, file: string): Promise<void> {
    await run(insertFileSql(table, columns, format, file), {}, 'Null', undefined);
  }

  /** One at a time; one that is aborted while it waits is skipped. */
  let lastCommand: Promise<unknown> = Promise.resolve();
  async function command(sql: string, params: Params, { signal }: CommandOptions): Promise<void> {
    const running = lastCommand.then(() => run(sql, params, 'Null', signal));
    lastCommand = running.catch(() => {});
    await running;
  }

  return {
    rows,
    lookup: (sql, params, { format, signal }) => run(sql, params, format, signal),
    command,
    insertFile,
    close,
  };
}

/**
 * The engine takes the types of the file's columns from the table. Rows that replace each other are left to the first merge; the
 * old analyzer halves the planning of the views on the table, and these are written in parallel
 * (docs/decisions/007-import-by-the-engine.md).
 */
const insertFileSql = (table: string, columns: readonly string[], format: string, file: string) => `
  INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM file(${quoted(file)}, '${format}')
  SETTINGS optimize_on_insert = 0, enable_analyzer = 0, parallel_view_processing = 1`;
