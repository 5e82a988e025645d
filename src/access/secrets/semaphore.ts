// A semaphore with a limited queue: tasks wait in order, and are refused when too many are waiting.
export interface Semaphore {
  run: <T>(work: () => Promise<T>) => Promise<T>;
  isIdle: () => boolean;
}

/** @param full makes the error that is thrown when the queue is full */
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
        // The next task takes over this place.
        const next = waiting.shift();
        if (next === undefined) running--;
        else next();
      }
    },
    isIdle: () => running === 0,
  };
}
