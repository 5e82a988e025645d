// When to refresh: on request, one refresh at a time, and never so often that refreshes take more than half of the time.
import { LIMITS } from '../limits.ts';

export interface RefreshSchedule {
  /** Requests a refresh, and starts it as soon as it may run. */
  request: () => void;
  /** Requests a refresh, which starts after the work that is running. */
  markDue: () => void;
  /** Does the work, then refreshes if due; does nothing while something else is running. */
  run: (work: () => Promise<void>) => void;
  /** Whether no refresh is requested or running. */
  isIdle: () => boolean;
  /** Starts nothing more. */
  stop: () => void;
  /** Resolved when nothing is running. */
  ended: () => Promise<void>;
}

/** The first refresh is due at once. @param failed called with an error of a refresh or of other work */
export function openRefreshSchedule(refresh: () => Promise<void>, failed: (error: unknown) => void): RefreshSchedule {
  let isDue = true;
  let isStopped = false;
  let running: Promise<void> | undefined;
  let nextAt = 0;
  let timer: NodeJS.Timeout | undefined;

  async function refreshIfDue(): Promise<void> {
    if (!isDue || performance.now() < nextAt) return;
    isDue = false;
    const begunAt = performance.now();
    await refresh();
    const endedAt = performance.now();
    nextAt = Math.max(begunAt + LIMITS.liveQueryMs, endedAt + (endedAt - begunAt));
  }

  function run(work: () => Promise<void> = async () => {}): void {
    if (isStopped || running !== undefined) return;
    running = work()
      .then(refreshIfDue)
      .catch(failed)
      .finally(() => {
        running = undefined;
        if (!isDue || isStopped) return;
        clearTimeout(timer);
        timer = setTimeout(run, Math.max(nextAt - performance.now(), 0));
      });
  }

  return {
    run,
    request() {
      isDue = true;
      run();
    },
    markDue() {
      isDue = true;
    },
    isIdle: () => !isDue && running === undefined,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
    ended: async () => running,
  };
}
