// Work that only some may do at once: the others wait in order, and where too many wait, the next one is refused.
export interface Semaphore {
  run: <T>(work: () => Promise<T>) => Promise<T>;
  isIdle: () => boolean;
}

/** @param full what is thrown where as many wait as may */
export function semaphore(atOnce: number, mayWait: number, full: () => Error): Semaphore {
  let running = 0;
  const waiting: (() => void)[] = [];

  return {
    async run(work) {
      if (running < atOnce) running++;
      else if (waiting.length >= mayWait) throw full();
      else await new Promise<void>(resolve => waiting.push(resolve));
      try {
        return await work();
      } finally {
        // The place passes on.
        const next = waiting.shift();
        if (next === undefined) running--;
        else next();
      }
    },
    isIdle: () => running === 0,
  };
}
