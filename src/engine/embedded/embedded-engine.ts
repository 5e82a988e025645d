// The engine in this process: ClickHouse (chdb) on a data directory that no other process uses.
import { randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LIMITS } from '../../limits.ts';
import type { Block, CommandOptions, Engine, Params, StreamOptions } from '../engine.ts';
import { jsonRows } from '../json-rows.ts';
import { timeLimit } from '../time-limit.ts';
import { openConnections } from './connections.ts';
import { openToOwner, requireUnlocked } from './data-dir.ts';
import { emptyScratch, inFile } from './scratch-files.ts';

/**
 * Opens the data directory, creating it if it does not exist. Every query runs as a stream on its own connection: chdb's other
 * calls with parameters share one queue per process, where a long report would block every lookup
 * (docs/decisions/002-embedded-engine.md).
 * @throws UserError DATA_DIR_IN_USE, DATA_DIR_NOT_USABLE
 */
export function openEmbeddedEngine(dataDir: string): Engine {
  const path = resolve(dataDir);
  requireUnlocked(path);
  openToOwner(path);
  const { acquire, release, stopOnAbort, close } = openConnections(path);
  const scratch = emptyScratch(path);

  async function* streamRows(sql: string, params: Params, { format, signal }: StreamOptions) {
    signal?.throwIfAborted();
    const connection = acquire();
    const stopWatching = stopOnAbort(connection, signal);
    let ended = false;
    try {
      for await (const chunk of connection.session.queryStreamBind(sql, params, { format })) {
        signal?.throwIfAborted();
        yield chunk.raw();
      }
      // A short query may end before it is stopped; the caller who aborted it gets the abort all the same.
      signal?.throwIfAborted();
      ended = true;
    } catch (error) {
      signal?.throwIfAborted();
      throw engineError(error, sql);
    } finally {
      stopWatching();
      release(connection, ended);
    }
  }

  /**
   * Rows are not written into the statement, since the engine would also insert whatever comes on standard input. The file's path,
   * which is ours, is: a statement with parameters would wait behind every command.
   */
  function insertFile(table: string, { format, columns, bytes }: Block): Promise<void> {
    return inFile(scratch, bytes, async file => {
      const connection = acquire();
      try {
        await connection.session.queryAsync(insertFileSql(table, columns, format, file), { format: 'Null' });
      } catch (error) {
        throw engineError(error, `INSERT INTO ${table}`);
      } finally {
        release(connection, true);
      }
    });
  }

  /** One at a time, as chdb runs them anyway; in our own queue, an aborted command is skipped. */
  let lastCommand: Promise<unknown> = Promise.resolve();
  function command(sql: string, params: Params = {}, { signal }: CommandOptions = {}): Promise<void> {
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
    } catch (error) {
      signal?.throwIfAborted();
      throw engineError(error, sql);
    } finally {
      stopWatching();
      release(connection, !signal?.aborted);
    }
  }

  function insertLines(sql: string, params: Params, lines_file: string): Promise<void> {
    const fromFile = sql.replace('LINES', "file({lines_file:String}, 'LineAsString', 'line String')");
    return command(fromFile, { ...params, lines_file });
  }

  /** Written to a file first: Parquet ends with one footer, and a stream of chunks would have many. */
  async function* streamParquet(sql: string, params: Params, { signal }: StreamOptions) {
    const file = join(scratch, `${randomUUID()}.parquet`);
    const stopped = signal ? { signal } : {};
    try {
      await command(`INSERT INTO FUNCTION file({file:String}, 'Parquet') ${sql}`, { ...params, file }, stopped);
      yield* createReadStream(file, stopped);
    } finally {
      rmSync(file, { force: true });
    }
  }
  const stream: Engine['stream'] = (sql, params, options) =>
    options.format === 'Parquet' ? streamParquet(sql, params, options) : streamRows(sql, params, options);

  return {
    isShared: false,
    stream,
    command,
    async query<Row>(sql: string, params: Params = {}) {
      const chunks: Uint8Array[] = [];
      const { signal, done } = timeLimit(LIMITS.lookupMs);
      try {
        for await (const chunk of stream(sql, params, { format: 'JSONEachRow', signal })) chunks.push(chunk);
      } finally {
        done();
      }
      const text = Buffer.concat(chunks).toString('utf8').trimEnd();
      return text === '' ? [] : text.split('\n').map(line => JSON.parse(line) as Row);
    },
    async insert(table, rows) {
      if (rows.length > 0) await insertFile(table, jsonRows(rows));
    },
    insertBlock: insertFile,
    lines: { directory: scratch, insert: insertLines },
    // No other process uses the data.
    withLock: (_, work) => work(true),
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

const quoted = (text: string) => `'${text.replace(/[\\']/g, char => `\\${char}`)}'`;

function engineError(error: unknown, sql: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`${message.split('\n')[0]} in: ${sql.trim().slice(0, 200)}`, { cause: error });
}
