// The engine inside this process: ClickHouse (chdb) on a data directory that no other process holds.
import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from 'chdb';
import { LIMITS } from '../../limits.ts';
import type { CommandOptions, Engine, Params, StreamOptions } from '../engine.ts';
import { timeLimit } from '../time-limit.ts';
import { openError, openToOwner, requireUnlocked } from './data-dir.ts';

// Loaded with the first data directory: the library is half a gigabyte, and `--help` needs none of it.
const chdb = () => createRequire(import.meta.url)('chdb') as typeof import('chdb');

/** A connection of its own for each running statement; `tag` finds its query among the running ones. */
interface Connection {
  session: Session;
  tag: string;
}

/**
 * Opens (creating it when absent) the data directory.
 * Every statement runs as a stream on a connection of its own: chdb's other bound calls go through one queue of the
 * whole process, so that a long report would hold up every lookup (docs/decisions/002-embedded-engine.md).
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
  /** Stops the statement that runs on the victim's connection; past the gate, since closing needs it too. */
  async function kill(victim: Connection): Promise<void> {
    const { session } = openConnection(path);
    try {
      // Nothing is bound: a bound statement would wait in chdb's queue behind the command that it is to stop.
      await session.queryAsync(killSql(victim.tag), { format: 'Null' });
    } catch {
      // The statement ended by itself in the meantime.
    } finally {
      session.close();
    }
  }

  /** Stops the connection's statement when the signal is aborted, until the returned function says that it has ended. */
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
      // A short query may end before it can be stopped: to who asked for the stop it has stopped, too.
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
   * Rows never stand in the statement: beside those, the engine would insert whatever comes on standard input. Without a parameter,
   * which would make it wait behind every command: the file's path, which is ours, is written into it.
   */
  function insertFile(
    table: string,
    columns: readonly string[],
    format: string,
    rows: readonly Uint8Array[],
  ): Promise<void> {
    return inFile(scratch, rows, async file => {
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

  /** One after the other, as chdb runs them anyway: in a queue of our own, one that nobody waits for any more is left out. */
  let lastCommand: Promise<unknown> = Promise.resolve();
  function command(sql: string, params: Params = {}, { signal }: CommandOptions = {}): Promise<void> {
    const turn = lastCommand.then(() => {
      signal?.throwIfAborted();
      return runCommand(sql, params, signal);
    });
    lastCommand = turn.catch(() => {});
    return turn;
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

  /** Its footer comes last, and a stream of chunks would have many: the engine writes Parquet to a file of its own. */
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
    insert: (table, columns, tsv) => insertFile(table, columns, 'TSV', [tsv]),
    insertBlock: (table, { columns, bytes }) => insertFile(table, columns, 'Native', bytes),
    insertLines,
    // No other process has the data.
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
 * The engine takes the types of the file's columns from the table; rows that replace each other are found by the first merge. Its
 * older way of planning takes half the time for the views that read an insert, and their two targets are written at the same time
 * (docs/decisions/007-import-by-the-engine.md).
 */
const insertFileSql = (table: string, columns: readonly string[], format: string, file: string) => `
  INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM file(${quoted(file)}, '${format}')
  SETTINGS optimize_on_insert = 0, enable_analyzer = 0, parallel_view_processing = 1`;

const quoted = (text: string) => `'${text.replace(/[\\']/g, char => `\\${char}`)}'`;

/** For files that live as long as a statement; what a killed process left there is taken away. */
function emptyScratch(path: string): string {
  const scratch = join(path, 'scratch');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch);
  return scratch;
}

/** Bytes in a file of their own: the engine reads one faster than anything else, and nobody waits for this one to reach the disk. */
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
    if (bytesWritten < wanted) throw new Error(`${bytesWritten} of ${wanted} bytes were written to ${file}`);
  } finally {
    await handle.close();
  }
}

/** Connections kept open between statements; one costs about 60 µs to open and little to keep. */
const IDLE_CONNECTIONS = 8;

const killSql = (tag: string) => `
  KILL QUERY WHERE query_id IN (
    SELECT query_id FROM system.processes WHERE Settings['log_comment'] = '${tag}'
  ) ASYNC`;
/** Between two tries to stop a statement: the first may come before the engine has begun it. */
const KILL_AGAIN_MS = 50;
const KILL_TRIES = 100;

function openConnection(path: string): Connection {
  const tag = randomUUID();
  try {
    const session = new (chdb().Session)(path);
    // Without the usual limit of months in one insert: a small centre brings the log of decades.
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
