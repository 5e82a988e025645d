// Connections to the engine in this process: one for each running statement, which another connection can stop.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from 'chdb';
import { openError } from './data-dir.ts';

const require = createRequire(import.meta.url);
// Loaded by what opens a data directory, in its thread: the library has half a gigabyte.
const chdb = () => require('chdb') as typeof import('chdb');

/**
 * Keeps the engine's code in memory until the process ends. Node would unload it together with the thread, while threads of the
 * engine still run it: a segmentation fault.
 */
export function keepEngineLoaded(): void {
  const library = Object.keys(require.cache).find(file => file.endsWith('.node'));
  if (library) process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_LAZY | RTLD_NODELETE);
}

/** A flag of dlopen that Node does not list. */
const RTLD_NODELETE = process.platform === 'darwin' ? 0x80 : 0x1000;

/** Each running statement has its own connection; `tag` identifies its query among the running ones. */
export interface Connection {
  session: Session;
  tag: string;
}

export interface Connections {
  /** A connection that nobody else uses. @throws Error when the engine is closed */
  acquire: () => Connection;
  /** @param reusable false if the statement may still run on it */
  release: (connection: Connection, reusable: boolean) => void;
  stopOnAbort: (connection: Connection, signal: AbortSignal | undefined) => () => void;
  /** Stops what runs and closes all connections. */
  close: () => Promise<void>;
}

/** @throws UserError DATA_DIR_NOT_USABLE */
export function openConnections(path: string): Connections {
  const idle: Connection[] = [openConnection(path)];
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

  return {
    acquire,
    release,
    stopOnAbort,
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...running].map(kill));
      for (const connection of idle.splice(0)) connection.session.close();
      await chdb().drainPending();
    },
  };
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
