// Runs statements on a data directory, each on a connection of its own. Runs in the engine's thread.
import type { CommandOptions, Params, StreamOptions } from '../engine.ts';
import { openConnections } from './connections.ts';

export interface RowsOptions extends StreamOptions {
  /** A small result for which somebody waits. */
  isLookup: boolean;
}

/** What runs statements: here, or in another thread. */
export interface Statements {
  /** As `Engine.stream`, for formats of rows. */
  rows: (sql: string, params: Params, options: RowsOptions) => AsyncIterable<Uint8Array>;
  command: (sql: string, params: Params, options: CommandOptions) => Promise<void>;
  insertFile: (table: string, columns: readonly string[], format: string, file: string) => Promise<void>;
  /** Stops what runs. */
  close: () => Promise<void>;
}

/**
 * Every query runs as a stream on its own connection: chdb's other calls with parameters share one queue per process, where a long
 * report would block every lookup (docs/decisions/002-embedded-engine.md).
 * @throws UserError DATA_DIR_NOT_USABLE
 */
export function openStatements(path: string): Statements {
  const { acquire, release, stopOnAbort, close } = openConnections(path);

  async function* rows(sql: string, params: Params, { format, signal }: RowsOptions) {
    signal?.throwIfAborted();
    const connection = acquire();
    let ended = false;
    try {
      const chunks = connection.session.queryStreamBind(sql, params, { format })[Symbol.asyncIterator]();
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

  /**
   * Rows are not written into the statement, since the engine would also insert whatever comes on standard input. The file's path,
   * which is ours, is: a statement with parameters would wait behind every command.
   */
  async function insertFile(table: string, columns: readonly string[], format: string, file: string): Promise<void> {
    const connection = acquire();
    try {
      await connection.session.queryAsync(insertFileSql(table, columns, format, file), { format: 'Null' });
    } finally {
      release(connection, true);
    }
  }

  /** One at a time, as chdb runs them anyway; in our own queue, an aborted command is skipped. */
  let lastCommand: Promise<unknown> = Promise.resolve();
  function command(sql: string, params: Params, { signal }: CommandOptions): Promise<void> {
    const running = lastCommand.then(() => {
      signal?.throwIfAborted();
      return runCommand(sql, params, signal);
    });
    lastCommand = running.catch(() => {});
    return running;
  }
  async function runCommand(sql: string, params: Params, signal: AbortSignal | undefined): Promise<void> {
    const connection = acquire();
    const stopWatching = stopOnAbort(connection, signal);
    try {
      await connection.session.queryBindAsync(sql, params, { format: 'Null' });
    } finally {
      stopWatching();
      release(connection, !signal?.aborted);
    }
  }

  return { rows, command, insertFile, close };
}

/**
 * The engine takes the types of the file's columns from the table. Rows that replace each other are left to the first merge; the
 * old analyzer halves the planning of the views on the table, and these are written in parallel
 * (docs/decisions/007-import-by-the-engine.md).
 */
const insertFileSql = (table: string, columns: readonly string[], format: string, file: string) => `
  INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM file(${quoted(file)}, '${format}')
  SETTINGS optimize_on_insert = 0, enable_analyzer = 0, parallel_view_processing = 1`;

const quoted = (text: string) => `'${text.replace(/[\\']/g, char => `\\${char}`)}'`;
