// Work during which nothing else is stored: writes go through a gate, which such work closes for as long as it takes.

export interface WriteGate {
  /** Begins at once while the gate is open, else after the work that was asked for before it. */
  through: <T>(write: () => Promise<T>) => Promise<T>;
  /** Waits for the writes that were asked for before it; those that come meanwhile wait. */
  closed: <T>(work: () => Promise<T>) => Promise<T>;
}

export function openWriteGate(): WriteGate {
  const begun = new Set<Promise<unknown>>();
  let closings: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  /** Only what was asked for before: of closings that come later there may be no end. */
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
