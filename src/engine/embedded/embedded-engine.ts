// The engine in this process: ClickHouse (chdb), in a thread of its own, on a data directory that no other process uses.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { Block, Engine, Params, StreamOptions } from '../engine.ts';
import { jsonRows } from '../json-rows.ts';
import { timeLimit } from '../time-limit.ts';
import { openToOwner, requireUnlocked } from './data-dir.ts';
import { emptyScratch, inFile } from './scratch-files.ts';
import { startEngineThread } from './thread.ts';

/**
 * Opens the data directory, creating it if it does not exist. Rows to insert go through files, which Node writes in the background,
 * without copying them to the other thread (docs/decisions/002-embedded-engine.md).
 * @throws UserError DATA_DIR_IN_USE, DATA_DIR_NOT_USABLE, ENGINE_STOPPED
 */
export async function openEmbeddedEngine(dataDir: string): Promise<Engine> {
  const path = resolve(dataDir);
  requireUnlocked(path);
  openToOwner(path);
  const thread = await startEngineThread(path);
  const scratch = emptyScratch(path);

  async function* streamRows(sql: string, params: Params, options: StreamOptions) {
    try {
      yield* thread.rows(sql, params, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw engineError(error, sql);
    }
  }

  const command: Engine['command'] = async (sql, params = {}, options = {}) => {
    try {
      await thread.command(sql, params, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw engineError(error, sql);
    }
  };

  const insertBlock = (table: string, { format, columns, bytes }: Block): Promise<void> =>
    inFile(scratch, bytes, async file => {
      try {
        await thread.insertFile(table, columns, format, file);
      } catch (error) {
        throw engineError(error, `INSERT INTO ${table}`);
      }
    });

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
      await rm(file, { force: true });
    }
  }
  const stream: Engine['stream'] = (sql, params, options) =>
    options.format === 'Parquet' ? streamParquet(sql, params, options) : streamRows(sql, params, options);

  return {
    isShared: false,
    failed: thread.failed,
    stream,
    command,
    async query<Row>(sql: string, params: Params = {}) {
      const { signal, done } = timeLimit(LIMITS.lookupMs);
      try {
        const bytes = await thread.lookup(sql, params, { format: 'JSONEachRow', signal });
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').trimEnd();
        return text === '' ? [] : text.split('\n').map(line => JSON.parse(line) as Row);
      } catch (error) {
        signal.throwIfAborted();
        throw engineError(error, sql);
      } finally {
        done();
      }
    },
    async insert(table, rows) {
      if (rows.length > 0) await insertBlock(table, jsonRows(rows));
    },
    insertBlock,
    lines: { directory: scratch, insert: insertLines },
    // No other process uses the data.
    withLock: (_, work) => work(true),
    close: thread.close,
  };
}

function engineError(error: unknown, sql: string): Error {
  if (error instanceof UserError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`${message.split('\n')[0]} in: ${sql.trim().slice(0, 200)}`, { cause: error });
}
