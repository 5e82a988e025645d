// Connections to the engine in this process: one for each running statement, which another connection can stop.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from 'chdb';
import type { Params } from '../engine.ts';
import { LIMITS } from '../../limits.ts';
import { paramText } from '../param-text.ts';
import { openError } from './data-dir.ts';

const require = createRequire(import.meta.url);
// Loaded by what opens a data directory, in its thread: the library has half a gigabyte.
const chdb = () => require('chdb') as typeof import('chdb');

/**
 * Loads the engine's code and keeps it in memory until the process ends. Node would unload it together with the thread, while threads of the
 * engine still run it: a segmentation fault.
 */
function keepEngineLoaded(): void {
  chdb();
  const library = Object.keys(require.cache).find(file => file.endsWith('.node'));
  if (library) process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_LAZY | RTLD_NODELETE);
}

/** A flag of dlopen that Node does not list. */
const RTLD_NODELETE = process.platform === 'darwin' ? 0x80 : 0x1000;

/** Each running statement has its own connection; `tag` identifies its query among the running ones. */
export interface Connection {
  session: Session;
  tag: string;
  /** Whether it has long parameters, which every later statement on it would carry along. */
  isWorn?: boolean;
}

export interface Connections {
  /** A connection that nobody else uses, with the parameters of a statement. @throws Error when the engine is closed */
  acquire: (params: Params) => Connection;
  /** @param reusable false if the statement may still run on it */
  release: (connection: Connection, reusable: boolean) => void;
  stopOnAbort: (connection: Connection, signal: AbortSignal | undefined) => () => void;
  /** Stops what runs and closes all connections. */
  close: () => Promise<void>;
}

/** @throws UserError DATA_DIR_NOT_USABLE */
export function openConnections(path: string): Connections {
  keepEngineLoaded();
  // Always open: with the last connection, the engine would close the directory and forget its tables in memory.
  const keeper = openConnection(path);
  const idle: Connection[] = [];
  const running = new Set<Connection>();
  let closed = false;

  function acquire(params: Params): Connection {
    if (closed) throw new Error('the engine is closed');
    const connection = idle.pop() ?? openConnection(path);
    try {
      bind(connection, params);
    } catch (error) {
      connection.session.close();
      throw error;
    }
    running.add(connection);
    return connection;
  }
  function release(connection: Connection, reusable: boolean): void {
    running.delete(connection);
    if (reusable && !connection.isWorn && !closed && idle.length < IDLE_CONNECTIONS) idle.push(connection);
    else connection.session.close();
  }
  /** Stops the statement on the victim's connection, also while the engine is being closed. */
  async function kill(victim: Connection): Promise<void> {
    const { session } = openConnection(path);
    try {
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

  return {
    acquire,
    release,
    stopOnAbort,
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...running].map(kill));
      for (const connection of [...idle.splice(0), keeper]) connection.session.close();
      await chdb().drainPending();
    },
  };
}

/**
 * Sets a statement's parameters on its connection. chdb's own calls with parameters set them for the whole process while they begin:
 * they would have to wait for each other.
 */
function bind(connection: Connection, params: Params): void {
  const set = Object.entries(params).map(([name, value]) => `param_${name} = ${quoted(paramText(value))}`);
  if (set.length === 0) return;
  const sql = `SET ${set.join(', ')}`;
  connection.isWorn = sql.length > LIMITS.connectionParamChars;
  connection.session.query(sql);
}

/**
 * No limit on the months in one insert: the log of a small centre may span decades. Thousands of ids may be in one parameter. The
 * engine itself keeps little ready for a reader: eight that stall hold half the memory, and a report is as fast.
 */
const SETTINGS =
  'max_partitions_per_insert_block = 0, max_query_size = 100000000, read_in_order_use_buffering = 0, output_format_parallel_formatting = 0';

/** A text literal. The library reads a statement up to its first NUL, which is therefore written as an escape sequence. */
export const quoted = (text: string) => `'${text.replace(/[\\']/g, char => `\\${char}`).replaceAll('\0', '\\0')}'`;

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
    session.query(`SET log_comment = '${tag}', ${SETTINGS}`);
    return { session, tag };
  } catch (error) {
    throw openError(error, path);
  }
}
