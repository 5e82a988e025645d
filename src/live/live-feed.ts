// Live snapshots of one account: queried once for all its watchers, after each change.
import { changesBetween, type LiveChange, type LiveSnapshot } from './live-snapshot.ts';
import { LIMITS } from '../limits.ts';

export interface LiveSources {
  readSnapshot: () => Promise<LiveSnapshot>;
  /** Changes with every write, by any process. */
  readVersion: () => Promise<string>;
  /** Subscribes to events of the account that this process stores; returns the unsubscribe function. */
  onStored: (listener: () => void) => () => void;
  /** Reports a failed query. The watchers have been ended with `error`. */
  failed: (error: unknown) => void;
}

export interface LiveWatcher {
  /** Whether the watcher is still allowed to watch; called each second and before every message. */
  check: () => Promise<boolean>;
  begin: (snapshot: LiveSnapshot) => void;
  change: (changes: readonly LiveChange[]) => void;
  heartbeat: () => void;
  end: (reason: 'error' | 'shutdown') => void;
}

export interface LiveFeed {
  watch: (watcher: LiveWatcher) => void;
  leave: (watcher: LiveWatcher) => void;
  /** Ends all watchers; resolved when no query is running. */
  close: () => Promise<void>;
}

/** Runs until its last watcher leaves; then it calls `onIdle` and cannot be used again. */
export function openLiveFeed(sources: LiveSources, onIdle: () => void): LiveFeed {
  const watchers = new Set<LiveWatcher>();
  const waiting = new Set<LiveWatcher>();
  let snapshot: LiveSnapshot | undefined;
  let version: string | undefined;
  let hadChanged = false;
  let isDue = true;
  let running: Promise<void> | undefined;
  let isClosed = false;
  let heartbeatAt = performance.now() + LIMITS.liveHeartbeatMs;
  let nextQueryAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const unsubscribe = sources.onStored(requestRefresh);
  const polling = setInterval(() => run(poll), LIMITS.liveLookMs);

  function requestRefresh(): void {
    isDue = true;
    run();
  }

  /** Runs `first`, then refreshes if due. Only one run at a time; what becomes due meanwhile is done afterwards. */
  function run(first: () => Promise<void> = async () => {}): void {
    if (isClosed || running !== undefined) return;
    running = first()
      .then(refreshIfDue)
      .catch(error => {
        sources.failed(error);
        endAll('error');
      })
      .finally(() => {
        running = undefined;
        if (isDue && !isClosed) {
          clearTimeout(timer);
          timer = setTimeout(run, Math.max(nextQueryAt - performance.now(), 0));
        }
      });
  }

  /** Looks for writes of other processes, and sends the heartbeat. */
  async function poll(): Promise<void> {
    await dropRefused();
    if (watchers.size === 0) return;
    const latest = await sources.readVersion();
    const hasChanged = version !== undefined && latest !== version;
    // Once more after a change: a session's entry in the directory may be visible a moment before its events.
    if (hasChanged || hadChanged) isDue = true;
    hadChanged = hasChanged;
    version = latest;
    if (performance.now() < heartbeatAt) return;
    heartbeatAt = performance.now() + LIMITS.liveHeartbeatMs;
    isDue = true;
    for (const watcher of watchers) watcher.heartbeat();
  }

  async function refreshIfDue(): Promise<void> {
    if (!isDue || performance.now() < nextQueryAt) return;
    isDue = false;
    const begunAt = performance.now();
    // Read before the first snapshot, so that writes between it and the first poll are not missed.
    version ??= await sources.readVersion();
    const next = await sources.readSnapshot();
    // Slow queries run less often: they take at most half of the time.
    const endedAt = performance.now();
    nextQueryAt = Math.max(begunAt + LIMITS.liveQueryMs, endedAt + (endedAt - begunAt));
    await dropRefused();
    const changes = snapshot === undefined ? [] : changesBetween(snapshot, next);
    snapshot = next;
    for (const watcher of watchers) {
      if (waiting.delete(watcher)) watcher.begin(next);
      else if (changes.length > 0) watcher.change(changes);
    }
  }

  async function dropRefused(): Promise<void> {
    await Promise.all(
      [...watchers].map(async watcher => {
        if (!(await watcher.check())) leave(watcher);
      }),
    );
  }

  function leave(watcher: LiveWatcher): void {
    waiting.delete(watcher);
    if (watchers.delete(watcher) && watchers.size === 0) stop();
  }

  function endAll(reason: 'error' | 'shutdown'): void {
    for (const watcher of [...watchers]) {
      watcher.end(reason);
      leave(watcher);
    }
  }

  function stop(): void {
    if (isClosed) return;
    isClosed = true;
    clearInterval(polling);
    clearTimeout(timer);
    unsubscribe();
    onIdle();
  }

  return {
    leave,
    watch(watcher) {
      watchers.add(watcher);
      if (snapshot !== undefined && !isDue && running === undefined) return watcher.begin(snapshot);
      waiting.add(watcher);
      requestRefresh();
    },
    async close() {
      endAll('shutdown');
      await running;
    },
  };
}
