// Work that must not run twice at once: each key's calls run one after the other, in order of asking.

/** Resolved or rejected as `run` is; another call's failure does not stop it. */
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
