// The watchers of a live feed: each gets a whole snapshot first, then changes.
import type { LiveChange, LiveSnapshot } from './live-snapshot.ts';

export interface LiveWatcher {
  /** Whether the watcher is still allowed to watch; called each second and before every message. */
  check: () => Promise<boolean>;
  begin: (snapshot: LiveSnapshot) => void;
  change: (changes: readonly LiveChange[]) => void;
  heartbeat: () => void;
  end: (reason: 'error' | 'shutdown') => void;
}

export interface LiveWatchers {
  /** Without a snapshot, the watcher begins with the next one that is published. */
  add: (watcher: LiveWatcher, snapshot: LiveSnapshot | undefined) => void;
  leave: (watcher: LiveWatcher) => void;
  isEmpty: () => boolean;
  /** Drops the watchers that are no longer allowed to watch. */
  dropRefused: () => Promise<void>;
  publish: (snapshot: LiveSnapshot, changes: readonly LiveChange[]) => void;
  heartbeat: () => void;
  endAll: (reason: 'error' | 'shutdown') => void;
}

/** @param onEmpty called when the last watcher has left */
export function openLiveWatchers(onEmpty: () => void): LiveWatchers {
  const watchers = new Set<LiveWatcher>();
  const waiting = new Set<LiveWatcher>();

  function leave(watcher: LiveWatcher): void {
    waiting.delete(watcher);
    if (watchers.delete(watcher) && watchers.size === 0) onEmpty();
  }

  return {
    leave,
    add(watcher, snapshot) {
      watchers.add(watcher);
      if (snapshot === undefined) waiting.add(watcher);
      else watcher.begin(snapshot);
    },
    isEmpty: () => watchers.size === 0,
    async dropRefused() {
      await Promise.all(
        [...watchers].map(async watcher => {
          if (!(await watcher.check())) leave(watcher);
        }),
      );
    },
    publish(snapshot, changes) {
      for (const watcher of watchers) {
        if (waiting.delete(watcher)) watcher.begin(snapshot);
        else if (changes.length > 0) watcher.change(changes);
      }
    },
    heartbeat() {
      for (const watcher of watchers) watcher.heartbeat();
    },
    endAll(reason) {
      for (const watcher of [...watchers]) {
        watcher.end(reason);
        leave(watcher);
      }
    },
  };
}
