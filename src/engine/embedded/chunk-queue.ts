// The chunks of a result that have arrived and are not read yet, and how the result ends.

export interface ChunkQueue {
  add: (chunk: Uint8Array) => void;
  /** After the last chunk; with an error, the result is incomplete. */
  end: (error?: Error) => void;
  /** The next chunk; undefined at the end. @throws the error of the end */
  next: () => Promise<Uint8Array | undefined>;
  /** Resolved at the end, whatever it is. */
  ended: Promise<void>;
}

export function chunkQueue(): ChunkQueue {
  const chunks: Uint8Array[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let hasEnded = false;
  let failure: Error | undefined;
  let wake = () => {};
  return {
    ended,
    add(chunk) {
      chunks.push(chunk);
      wake();
    },
    end(error) {
      hasEnded = true;
      failure = error;
      wake();
      end();
    },
    async next() {
      while (chunks.length === 0 && !hasEnded) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      const chunk = chunks.shift();
      if (chunk === undefined && failure !== undefined) throw failure;
      return chunk;
    },
  };
}
