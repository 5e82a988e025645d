// The life of the engine's thread, as the main thread sees it: start, errors, close, and the end of the process.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { type FromThread, receivedError, type ThreadData, type ToThread } from './thread-messages.ts';

export interface ThreadLife {
  post: (message: ToThread) => void;
  /** Rejected when the data directory cannot be opened. */
  opened: Promise<void>;
  /** Rejected when the thread ends by itself; never resolved. */
  failed: Promise<never>;
  /** @throws Error if the thread takes no more statements */
  requireOpen: () => void;
  /** Waits for something from the thread. Only what somebody waits for keeps the process alive. */
  awaited: <T>(promise: Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

/** Starts the thread. @param listener gets the answers to statements */
export function startThread(path: string, listener: (message: FromThread) => void): ThreadLife {
  const closed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { path, closed };
  // The package has the same file as JavaScript.
  const file = new URL(`./engine-thread${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { workerData, execArgv: [] });
  const opened = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const exited = Promise.withResolvers<void>();
  let failure: UserError | undefined;
  let hasExited = false;
  let closing: Promise<void> | undefined;
  let waiting = 0;

  const post = (message: ToThread) => worker.postMessage(message);
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'opened') opened.resolve();
    else if (message.kind === 'notOpened') opened.reject(receivedError(message.error));
    else if (message.kind === 'stopped') fail(message.reason);
    else listener(message);
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
  }

  /** A process that ends waits for its threads, and these for the statements that run: for hours, if nobody stops them. */
  function endWithProcess(): void {
    if (hasExited) return;
    post({ kind: 'close' });
    Atomics.wait(closed, 0, 0, LIMITS.engineExitMs);
    if (Atomics.load(closed, 0) === 0) process.kill(process.pid, 'SIGKILL');
  }

  async function awaited<T>(promise: Promise<T>): Promise<T> {
    if (waiting++ === 0) worker.ref();
    try {
      return await promise;
    } finally {
      if (--waiting === 0) worker.unref();
    }
  }

  async function end(): Promise<void> {
    if (!hasExited) post({ kind: 'close' });
    await awaited(exited.promise);
    process.off('exit', endWithProcess);
  }

  return {
    post,
    opened: opened.promise,
    failed: failed.promise,
    awaited,
    requireOpen() {
      if (failure !== undefined) throw failure;
      if (closing !== undefined) throw new Error('the engine is closed');
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
}

function engineStopped(reason: string): UserError {
  return new UserError(
    'ENGINE_STOPPED',
    `The engine stopped unexpectedly: ${reason}.`,
    'Start Offhook again: everything that it acknowledged is stored. If this happens again, please report it with this message.',
  );
}
