// Work during which nothing else is stored: writes go through a gate, which such work closes for as long as it takes.

export interface WriteGate {
  /** Begins at once while the gate is open, else when it opens; in order of asking. */
  through: <T>(write: () => Promise<T>) => Promise<T>;
  /** Waits for the writes that have begun; those that come meanwhile wait. */
  closed: <T>(work: () => Promise<T>) => Promise<T>;
}

export function openWriteGate(): WriteGate {
  const begun = new Set<Promise<unknown>>();
  let closings: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function afterClosings<T>(write: () => Promise<T>): Promise<T> {
    while (waiting > 0) await closings;
    return begin(write);
  }

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
