// A mutex for each key: the calls of a key run one at a time, in order.

/** Settles as `run` does; the failure of an earlier call does not stop it. */
export type KeyedMutex = <T>(key: string, run: () => Promise<T>) => Promise<T>;

export function keyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  return async (key, run) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(() => run());
    const ended = mine.catch(() => {});
    last.set(key, ended);
    try {
      return await mine;
    } finally {
      if (last.get(key) === ended) last.delete(key);
    }
  };
}
