// Live snapshots of one account: queried once for all its watchers, after each change.
import { LIMITS } from '../limits.ts';
import { changesBetween, type LiveSnapshot } from './live-snapshot.ts';
import { type LiveWatcher, openLiveWatchers } from './live-watchers.ts';
import { openRefreshSchedule } from './refresh-schedule.ts';

export interface LiveSources {
  readSnapshot: () => Promise<LiveSnapshot>;
  /** Changes with every write, by any process. */
  readVersion: () => Promise<string>;
  /** Subscribes to events of the account that this process stores; returns the unsubscribe function. */
  onStored: (listener: () => void) => () => void;
  /** Called with the error of a failed query. Then the watchers are ended with `error`. */
  failed: (error: unknown) => void;
}

export interface LiveFeed {
  watch: (watcher: LiveWatcher) => void;
  leave: (watcher: LiveWatcher) => void;
  /** Ends all watchers; resolved when no query is running. */
  close: () => Promise<void>;
}

/** Runs until its last watcher leaves; then it calls `onIdle` and cannot be used again. */
export function openLiveFeed(sources: LiveSources, onIdle: () => void): LiveFeed {
  let snapshot: LiveSnapshot | undefined;
  let version: string | undefined;
  let hadChanged = false;
  let heartbeatAt = performance.now() + LIMITS.liveHeartbeatMs;

  const watchers = openLiveWatchers(stop);
  const schedule = openRefreshSchedule(refresh, error => {
    sources.failed(error);
    watchers.endAll('error');
  });
  const unsubscribe = sources.onStored(schedule.request);
  const polling = setInterval(() => schedule.run(poll), LIMITS.livePollMs);

  /** Looks for writes of other processes, and sends the heartbeat. */
  async function poll(): Promise<void> {
    await watchers.dropRefused();
    if (watchers.isEmpty()) return;
    const latest = await sources.readVersion();
    const hasChanged = version !== undefined && latest !== version;
    // Once more after a change: a session's entry in the directory may be visible a moment before its events.
    if (hasChanged || hadChanged) schedule.markDue();
    hadChanged = hasChanged;
    version = latest;
    if (performance.now() < heartbeatAt) return;
    heartbeatAt = performance.now() + LIMITS.liveHeartbeatMs;
    schedule.markDue();
    watchers.heartbeat();
  }

  async function refresh(): Promise<void> {
    // Read before the first snapshot, so that writes between it and the first poll are not missed.
    version ??= await sources.readVersion();
    const next = await sources.readSnapshot();
    await watchers.dropRefused();
    const changes = snapshot === undefined ? [] : changesBetween(snapshot, next);
    snapshot = next;
    watchers.publish(next, changes);
  }

  function stop(): void {
    clearInterval(polling);
    schedule.stop();
    unsubscribe();
    onIdle();
  }

  return {
    leave: watchers.leave,
    watch(watcher) {
      const isCurrent = snapshot !== undefined && schedule.isIdle();
      watchers.add(watcher, isCurrent ? snapshot : undefined);
      if (!isCurrent) schedule.request();
    },
    async close() {
      watchers.endAll('shutdown');
      await schedule.ended();
    },
  };
}
