// The engine in this process: ClickHouse (chdb) on a data directory that no other process uses.
import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from 'chdb';
import { LIMITS } from '../../limits.ts';
import type { Block, CommandOptions, Engine, Params, StreamOptions } from '../engine.ts';
import { jsonRows } from '../json-rows.ts';
import { timeLimit } from '../time-limit.ts';
import { openError, openToOwner, requireUnlocked } from './data-dir.ts';

// Loaded when first needed: the library has half a gigabyte, and `--help` needs none of it.
const chdb = () => createRequire(import.meta.url)('chdb') as typeof import('chdb');

/** Each running statement has its own connection; `tag` identifies its query among the running ones. */
interface Connection {
  session: Session;
  tag: string;
}

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
  const idle: Connection[] = [openConnection(path)];
  const scratch = emptyScratch(path);
  const running = new Set<Connection>();
  let closed = false;

  function acquire(): Connection {
    if (closed) throw new Error('the engine is closed');
    const connection = idle.pop() ?? openConnection(path);
    running.add(connection);
    return connection;
  }
  function release(connection: Connection, reusable: boolean): void {
    running.delete(connection);
    if (reusable && !closed && idle.length < IDLE_CONNECTIONS) idle.push(connection);
    else connection.session.close();
  }
  /** Stops the statement on the victim's connection, also while the engine is being closed. */
  async function kill(victim: Connection): Promise<void> {
    const { session } = openConnection(path);
    try {
      // Without parameters: a statement with parameters would wait in chdb's queue behind the command that it should stop.
      await session.queryAsync(killSql(victim.tag), { format: 'Null' });
    } catch {
      // The statement has ended in the meantime.
    } finally {
      session.close();
    }
  }

  /** Stops the connection's statement when the signal is aborted. The returned function is to be called when it has ended. */
  function stopOnAbort(connection: Connection, signal: AbortSignal | undefined): () => void {
    const ended = new AbortController();
    const stop = async () => {
      for (let tries = 0; tries < KILL_TRIES && !ended.signal.aborted; tries++) {
        await kill(connection);
        await pause(KILL_AGAIN_MS, undefined, { signal: ended.signal }).catch(() => {});
      }
    };
    signal?.addEventListener('abort', stop, { once: true });
    return () => {
      signal?.removeEventListener('abort', stop);
      ended.abort();
    };
  }

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

  function insertLines(sql: string, params: Params, text: Buffer): Promise<void> {
    const fromFile = sql.replace('LINES', "file({lines_file:String}, 'LineAsString', 'line String')");
    return inFile(scratch, [text], lines_file => command(fromFile, { ...params, lines_file }));
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
    insertLines,
    // No other process uses the data.
    withLock: (_, work) => work(true),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...running].map(kill));
      for (const connection of idle.splice(0)) connection.session.close();
      await chdb().drainPending();
    },
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

/** A directory for files that live as long as a statement; what a killed process left in it is deleted. */
function emptyScratch(path: string): string {
  const scratch = join(path, 'scratch');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch);
  return scratch;
}

/** Through a temporary file: the engine reads files faster than anything else, and nobody waits for this one to reach the disk. */
async function inFile(
  folder: string,
  bytes: readonly Uint8Array[],
  use: (file: string) => Promise<void>,
): Promise<void> {
  const file = join(folder, randomUUID());
  try {
    await write(file, bytes);
    await use(file);
  } finally {
    rmSync(file, { force: true });
  }
}

async function write(file: string, bytes: readonly Uint8Array[]): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    const { bytesWritten } = await handle.writev(bytes);
    const wanted = bytes.reduce((sum, { length }) => sum + length, 0);
    if (bytesWritten < wanted) throw new Error(`only ${bytesWritten} of ${wanted} bytes were written to ${file}`);
  } finally {
    await handle.close();
  }
}

/** Connections kept open between statements; to open one takes about 60 µs. */
const IDLE_CONNECTIONS = 8;

const killSql = (tag: string) => `
  KILL QUERY WHERE query_id IN (
    SELECT query_id FROM system.processes WHERE Settings['log_comment'] = '${tag}'
  ) ASYNC`;
/** Between two attempts to stop a statement: the first may come before the engine has begun it. */
const KILL_AGAIN_MS = 50;
const KILL_TRIES = 100;

function openConnection(path: string): Connection {
  const tag = randomUUID();
  try {
    const session = new (chdb().Session)(path);
    // No limit on the months in one insert: the log of a small centre may span decades.
    session.query(`SET log_comment = '${tag}', max_partitions_per_insert_block = 0`);
    return { session, tag };
  } catch (error) {
    throw openError(error, path);
  }
}

function engineError(error: unknown, sql: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`${message.split('\n')[0]} in: ${sql.trim().slice(0, 200)}`, { cause: error });
}
