// How far a statement may be ahead of the reader of its result.

export interface ReadAhead {
  /** Resolved when the statement may go on; rejected when the signal is aborted. */
  room: (signal: AbortSignal) => Promise<void>;
  sent: (bytes: number) => void;
  /** By the reader. */
  taken: (bytes: number) => void;
}

/** Chunks are sent while fewer than `limitBytes` wait for the reader: at most one chunk more than that waits. */
export function readAhead(limitBytes: number): ReadAhead {
  let waitingBytes = 0;
  let goOn = () => {};
  return {
    async room(signal) {
      if (waitingBytes < limitBytes) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const stop = () => reject(signal.reason);
      signal.throwIfAborted();
      signal.addEventListener('abort', stop, { once: true });
      goOn = resolve;
      await promise.finally(() => signal.removeEventListener('abort', stop));
    },
    sent(bytes) {
      waitingBytes += bytes;
    },
    taken(bytes) {
      waitingBytes -= bytes;
      if (waitingBytes < limitBytes) goOn();
    },
  };
}
