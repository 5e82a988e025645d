// Turns for work that blocks a thread, such as planning a statement: one in each round of the event loop.

export interface Turns {
  /**
   * Resolved when it is the caller's turn; who is urgent comes before all others. Between two turns, messages are received, so that
   * what was stopped meanwhile is not begun.
   */
  next: (isUrgent: boolean) => Promise<void>;
}

export function openTurns(): Turns {
  const urgent: (() => void)[] = [];
  const others: (() => void)[] = [];
  let isRunning = false;
  function run(): void {
    const start = urgent.shift() ?? others.shift();
    isRunning = start !== undefined;
    if (start === undefined) return;
    start();
    setImmediate(run);
  }
  return {
    next: isUrgent =>
      new Promise(resolve => {
        (isUrgent ? urgent : others).push(resolve);
        if (isRunning) return;
        isRunning = true;
        setImmediate(run);
      }),
  };
}
