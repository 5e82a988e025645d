// The main thread's end of the engine's thread: statements in, chunks and errors out.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { CommandOptions, Params, StreamOptions } from '../engine.ts';
import { type ChunkQueue, chunkQueue } from './chunk-queue.ts';
import type { Statements } from './statements.ts';
import { type FromThread, receivedError, type Statement, type ThreadData, type ToThread } from './thread-messages.ts';

export interface EngineThread extends Statements {
  /** Rejected when the thread ends by itself, and all statements with it; never resolved. */
  failed: Promise<never>;
}

type Unnumbered<S> = S extends Statement ? Omit<S, 'id'> : never;

/** Starts the thread and opens the data directory in it. @throws UserError DATA_DIR_NOT_USABLE, ENGINE_STOPPED */
export async function startEngineThread(path: string): Promise<EngineThread> {
  const closed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { path, closed };
  // The package has the same file as JavaScript.
  const file = new URL(`./engine-thread${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { workerData, execArgv: [] });
  const running = new Map<number, ChunkQueue>();
  const opened = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<never>();
  const exited = Promise.withResolvers<void>();
  failed.promise.catch(() => {});
  let lastId = 0;
  let closing: Promise<void> | undefined;
  let failure: UserError | undefined;
  let hasExited = false;

  const post = (message: ToThread) => worker.postMessage(message);

  worker.on('message', (message: FromThread) => {
    if (message.kind === 'opened') opened.resolve();
    else if (message.kind === 'notOpened') opened.reject(receivedError(message.error));
    else if (message.kind === 'stopped') fail(message.reason);
    else if (message.kind === 'chunk') running.get(message.id)?.add(message.bytes);
    else {
      running.get(message.id)?.end(message.kind === 'failed' ? receivedError(message.error) : undefined);
      running.delete(message.id);
    }
  });
  worker.on('error', error => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', code => {
    if (closing === undefined) fail(`its thread ended with code ${code}`);
    hasExited = true;
    exited.resolve();
  });
  process.once('exit', endWithProcess);

  function fail(reason: string): void {
    failure ??= engineStopped(reason);
    opened.reject(failure);
    failed.reject(failure);
    for (const queue of running.values()) queue.end(failure);
  }

  /** A process that ends waits for its threads, and these for the statements that run: for hours, if nobody stops them. */
  function endWithProcess(): void {
    if (hasExited) return;
    post({ kind: 'close' });
    Atomics.wait(closed, 0, 0, LIMITS.engineExitMs);
    if (Atomics.load(closed, 0) === 0) process.kill(process.pid, 'SIGKILL');
  }

  /** Only what somebody waits for keeps the process alive. */
  let waiting = 0;
  async function awaited<T>(promise: Promise<T>): Promise<T> {
    if (waiting++ === 0) worker.ref();
    try {
      return await promise;
    } finally {
      if (--waiting === 0) worker.unref();
    }
  }

  function begin(statement: Unnumbered<Statement>, signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    if (failure !== undefined) throw failure;
    if (closing !== undefined) throw new Error('the engine is closed');
    const id = ++lastId;
    const queue = chunkQueue();
    const stop = () => post({ kind: 'stop', id });
    running.set(id, queue);
    post({ ...statement, id });
    signal?.addEventListener('abort', stop, { once: true });
    return {
      next: () => awaited(queue.next()),
      taken: (bytes: number) => post({ kind: 'taken', id, bytes }),
      async end() {
        signal?.removeEventListener('abort', stop);
        if (!running.has(id)) return;
        stop();
        await awaited(queue.ended);
      },
    };
  }

  async function* rows(sql: string, params: Params, { format, signal }: StreamOptions) {
    const statement = begin({ kind: 'rows', sql, params, format }, signal);
    try {
      for (let bytes = await statement.next(); bytes !== undefined; bytes = await statement.next()) {
        statement.taken(bytes.length);
        signal?.throwIfAborted();
        yield bytes;
      }
      signal?.throwIfAborted();
    } finally {
      await statement.end();
    }
  }

  /** The only chunk of a result that has at most one, when the statement has ended. */
  async function complete(statement: Unnumbered<Statement>, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const begun = begin(statement, signal);
    try {
      const result = await begun.next();
      if (result !== undefined) await begun.next();
      return result;
    } finally {
      await begun.end();
    }
  }

  await awaited(opened.promise);
  return {
    rows,
    failed: failed.promise,
    async lookup(sql, params, { format, signal }) {
      return (await complete({ kind: 'lookup', sql, params, format }, signal)) ?? new Uint8Array();
    },
    async command(sql, params, { signal }: CommandOptions) {
      await complete({ kind: 'command', sql, params }, signal);
    },
    async insertFile(table, columns, format, file) {
      await complete({ kind: 'insertFile', table, columns, format, file });
    },
    async close() {
      closing ??= end();
      await closing;
    },
  };

  async function end(): Promise<void> {
    if (!hasExited) {
      post({ kind: 'close' });
      await awaited(exited.promise);
    }
    process.off('exit', endWithProcess);
  }
}

function engineStopped(reason: string): UserError {
  return new UserError(
    'ENGINE_STOPPED',
    `The engine stopped unexpectedly: ${reason}.`,
    'Start Offhook again: everything that it acknowledged is stored. If this happens again, please report it with this message.',
  );
}
