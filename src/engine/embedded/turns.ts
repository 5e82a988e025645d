// Turns for work that blocks a thread, such as planning a statement: one in each round of the event loop.

/** Resolved when it is the caller's turn. In between, messages are received, so that what was stopped meanwhile is not begun. */
export type NextTurn = () => Promise<void>;

export function openTurns(): NextTurn {
  const waiting: (() => void)[] = [];
  let isRunning = false;
  function run(): void {
    const start = waiting.shift();
    isRunning = start !== undefined;
    if (start === undefined) return;
    start();
    setImmediate(run);
  }
  return () =>
    new Promise(resolve => {
      waiting.push(resolve);
      if (isRunning) return;
      isRunning = true;
      setImmediate(run);
    });
}
