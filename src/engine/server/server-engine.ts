// The engine on a ClickHouse server or cluster: SQL over HTTP through ClickHouse's own client.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { LIMITS } from '../../limits.ts';
import type { Block, CommandOptions, Engine, Params, StreamOptions } from '../engine.ts';
import { jsonRows } from '../json-rows.ts';
import { timeLimit } from '../time-limit.ts';
import { clusterStatements, shardedTables } from './cluster-ddl.ts';
import { openProcessLock } from './process-lock.ts';
import { isPassing, serverError } from './server-errors.ts';
import { checkVersion, createDatabase, type ServerAddress } from './server-start.ts';
import { CLUSTER_SETTINGS, COMMAND_SETTINGS, INSERT_SETTINGS, SETTINGS } from './settings.ts';
import { send, type Statement } from './statement.ts';
import { wholeLines } from '../whole-lines.ts';
import { wholeStream } from './whole-stream.ts';

/**
 * Connects to the server, and creates its database where it is absent.
 * @throws UserError SERVER_NOT_REACHABLE, SERVER_REFUSES, SERVER_TOO_OLD, UNKNOWN_CLUSTER
 */
export async function openServerEngine(address: ServerAddress): Promise<Engine> {
  const { database, cluster, shown } = address;
  const open = (own: { database?: string; compressed: boolean }) => connect(address, own);
  const first = open({ compressed: false });
  try {
    await checkVersion(first);
    await createDatabase(first, address);
  } catch (error) {
    throw serverError(error, 'the start', shown);
  } finally {
    await first.close();
  }
  // Only inserts are compressed: statements are short, rows are megabytes.
  const client = open({ database, compressed: false });
  const inserting = open({ database, compressed: true });
  // A client of its own, so that stopping a statement never waits for a connection.
  const stopping = open({ database, compressed: false });
  const sharded = shardedTables();
  const running = new Set<AbortController>();
  let isClosed = false;

  async function kill(queryId: string): Promise<void> {
    const sql = `KILL QUERY ${cluster === '' ? '' : `ON CLUSTER '${cluster}'`} WHERE query_id = {id:String} ASYNC`;
    try {
      const { body } = await send(stopping, { sql, params: { id: queryId }, queryId: randomUUID() });
      body.resume();
    } catch {
      // The statement has ended in the meantime, or the server is gone and the statement with it.
    }
  }

  /** Yields the statement's bytes; whatever ends it early ends it on the server, too. */
  async function* run(statement: Statement, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    if (isClosed) throw new Error('the engine is closed');
    signal?.throwIfAborted();
    const ended = new AbortController();
    const stop = () => ended.abort(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    running.add(ended);
    let isWhole = false;
    try {
      const { body, exceptionTag } = await retried(() => send(client, statement, ended.signal), ended.signal);
      ended.signal.addEventListener('abort', () => body.destroy(ended.signal.reason as Error), {
        once: true,
      });
      ended.signal.throwIfAborted();
      yield* exceptionTag === undefined ? body : wholeStream(body, exceptionTag);
      signal?.throwIfAborted();
      isWhole = true;
    } catch (error) {
      signal?.throwIfAborted();
      throw serverError(error, statement.sql, shown);
    } finally {
      signal?.removeEventListener('abort', stop);
      running.delete(ended);
      if (!isWhole) {
        ended.abort();
        await kill(statement.queryId);
      }
    }
  }

  const statement = (sql: string, params: Params, settings = {}): Statement => ({
    sql,
    params,
    queryId: randomUUID(),
    settings,
  });

  function stream(sql: string, params: Params, { format, signal }: StreamOptions) {
    const bytes = run(statement(`${sql}\nFORMAT ${format}`, params), signal);
    return format === 'Parquet' ? bytes : wholeLines(bytes);
  }

  /** Without retries: a statement may have done its work although its answer was lost. */
  async function runCommand(sql: string, params: Params, signal: AbortSignal | undefined): Promise<void> {
    if (isClosed) throw new Error('the engine is closed');
    signal?.throwIfAborted();
    const own = statement(sql, params, COMMAND_SETTINGS);
    const ended = new AbortController();
    const stop = async () => {
      // The first attempt may come before the server has begun the statement.
      for (let tries = 0; tries < KILL_TRIES && !ended.signal.aborted; tries++) {
        await kill(own.queryId);
        await pause(KILL_AGAIN_MS, undefined, { signal: ended.signal }).catch(() => {});
      }
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const { body } = await send(client, own);
      for await (const _ of body);
      signal?.throwIfAborted();
    } catch (error) {
      signal?.throwIfAborted();
      throw serverError(error, sql, shown);
    } finally {
      signal?.removeEventListener('abort', stop);
      ended.abort();
    }
  }

  async function insertBlock(table: string, { format, columns, bytes }: Block): Promise<void> {
    if (isClosed) throw new Error('the engine is closed');
    const query = `INSERT INTO ${table} (${columns.join(', ')}) FORMAT ${format}`;
    // With this token the server recognizes rows that it has already stored when a retry sends them again.
    const clickhouse_settings = { ...INSERT_SETTINGS, insert_deduplication_token: randomUUID() };
    const send = async () => {
      const values = Readable.from(bytes, { objectMode: false });
      const { stream } = await inserting.exec({ query, clickhouse_settings, values });
      for await (const _ of stream);
    };
    try {
      await retried(send);
    } catch (error) {
      throw serverError(error, `INSERT INTO ${table}`, shown);
    }
  }

  const engine: Omit<Engine, 'withLock'> = {
    isShared: true,
    // A server that is gone is noticed by each statement, and may come back.
    failed: new Promise(() => {}),
    stream,
    async command(sql, params = {}, { signal }: CommandOptions = {}) {
      const statements = cluster === '' ? [sql] : clusterStatements(sql, { cluster, database, sharded });
      for (const one of statements) await runCommand(one, params, signal);
    },
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
      if (rows.length > 0) await insertBlock(table, jsonRows(rows));
    },
    insertBlock,
    async close() {
      if (isClosed) return;
      isClosed = true;
      lock.close();
      for (const statement of running) statement.abort(new Error('the engine is closed'));
      await Promise.all([client.close(), inserting.close(), stopping.close()]);
    },
  };
  const lock = await openProcessLock(engine);
  return { ...engine, withLock: lock.withLock };
}

/** Between two attempts to stop a statement. */
const KILL_AGAIN_MS = 50;
const KILL_TRIES = 100;

function connect(
  { url, cluster }: ServerAddress,
  { database, compressed }: { database?: string; compressed: boolean },
): ClickHouseClient {
  return createClient({
    url,
    ...(database === undefined ? {} : { database }),
    application: 'offhook',
    request_timeout: LIMITS.serverSilenceMs,
    max_open_connections: LIMITS.serverConnections,
    compression: { response: { codec: 'zstd' }, request: compressed && { codec: 'zstd', level: 1 } },
    clickhouse_settings: { ...SETTINGS, ...(cluster === '' ? {} : CLUSTER_SETTINGS) },
    // Failures are thrown, and reported by the caller.
    log: { level: ClickHouseLogLevel.OFF },
  });
}

/** Retries work that may run twice, while the server cannot be reached or reports a passing problem. */
async function retried<T>(run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (const waitMs of LIMITS.serverRetriesMs) {
    try {
      return await run();
    } catch (error) {
      if (signal?.aborted || !isPassing(error)) throw error;
      await pause(waitMs);
    }
  }
  return run();
}
