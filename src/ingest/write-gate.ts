// A gate that all writes pass, and that exclusive work closes: a lock with many shared and one exclusive holder.

export interface WriteGate {
  /** Runs the write at once while the gate is open, else after the exclusive work that was requested before it. */
  through: <T>(write: () => Promise<T>) => Promise<T>;
  /** Runs the work after the writes that were requested before it; later writes wait. */
  closed: <T>(work: () => Promise<T>) => Promise<T>;
}

export function openWriteGate(): WriteGate {
  const begun = new Set<Promise<unknown>>();
  let closings: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  /** Waits only for work that was requested before, so that later work cannot delay the write for ever. */
  const afterClosings = <T>(write: () => Promise<T>): Promise<T> => closings.then(() => begin(write));

  function begin<T>(write: () => Promise<T>): Promise<T> {
    const running = write();
    const ended = running.catch(() => {}).finally(() => begun.delete(ended));
    begun.add(ended);
    return running;
  }

  return {
    through: write => (waiting > 0 ? afterClosings(write) : begin(write)),
    closed(work) {
      waiting++;
      const done = closings.then(async () => {
        try {
          await Promise.all(begun);
          return await work();
        } finally {
          waiting--;
        }
      });
      closings = done.catch(() => {});
      return done;
    },
  };
}
