// The main thread's end of the engine's thread: statements in, chunks and errors out.
import type { CommandOptions, Params, StreamOptions } from '../engine.ts';
import { type ChunkQueue, chunkQueue } from './chunk-queue.ts';
import type { Statements } from './statements.ts';
import { startThread } from './thread-life.ts';
import { type FromThread, receivedError, type Statement } from './thread-messages.ts';

export interface EngineThread extends Statements {
  /** Rejected when the thread ends by itself, and all statements with it; never resolved. */
  failed: Promise<never>;
}

type Unnumbered<S> = S extends Statement ? Omit<S, 'id'> : never;

/** Starts the thread and opens the data directory in it. @throws UserError DATA_DIR_NOT_USABLE, ENGINE_STOPPED */
export async function startEngineThread(path: string): Promise<EngineThread> {
  const running = new Map<number, ChunkQueue>();
  const { post, awaited, requireOpen, opened, failed, close } = startThread(path, receive);
  failed.catch((failure: Error) => {
    for (const queue of running.values()) queue.end(failure);
  });
  let lastId = 0;

  function receive(message: FromThread): void {
    if (message.kind === 'chunk') running.get(message.id)?.add(message.bytes);
    if (message.kind !== 'ended' && message.kind !== 'failed') return;
    running.get(message.id)?.end(message.kind === 'failed' ? receivedError(message.error) : undefined);
    running.delete(message.id);
  }

  function begin(statement: Unnumbered<Statement>, signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    requireOpen();
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

  await awaited(opened);
  return {
    rows,
    failed,
    close,
    async lookup(sql, params, { format, signal }) {
      return (await complete({ kind: 'lookup', sql, params, format }, signal)) ?? new Uint8Array();
    },
    async command(sql, params, { signal }: CommandOptions) {
      await complete({ kind: 'command', sql, params }, signal);
    },
    async insertFile(table, columns, format, file) {
      await complete({ kind: 'insertFile', table, columns, format, file });
    },
  };
}
