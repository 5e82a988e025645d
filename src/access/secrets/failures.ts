// Wrong secrets, counted by whatever names who sent them, and forgotten some time after the last one.
import { LIMITS } from '../../limits.ts';

export interface Failures {
  count: (key: string) => number;
  /** How long the next try has to wait: nothing at first, then twice as long after each failure, up to an end. */
  waitMs: (key: string) => number;
  add: (key: string) => void;
  forget: (key: string) => void;
}

interface Entry {
  failures: number;
  lastMs: number;
}

export function openFailures(now: () => number): Failures {
  const entries = new Map<string, Entry>();

  function live(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry === undefined || now() - entry.lastMs < waitAfter(entry.failures) + LIMITS.signInWindowMs) {
      return entry;
    }
    entries.delete(key);
    return undefined;
  }
  return {
    count: key => live(key)?.failures ?? 0,
    waitMs(key) {
      const entry = live(key);
      return entry === undefined ? 0 : Math.max(0, entry.lastMs + waitAfter(entry.failures) - now());
    },
    add(key) {
      const failures = (live(key)?.failures ?? 0) + 1;
      // The last to fail is the last in the map, so that the first is the one to forget.
      entries.delete(key);
      entries.set(key, { failures, lastMs: now() });
      if (entries.size > LIMITS.countedFailures) entries.delete(entries.keys().next().value as string);
    },
    forget: key => void entries.delete(key),
  };
}

function waitAfter(failures: number): number {
  const counted = failures - LIMITS.signInFreeFailures;
  return counted < 0 ? 0 : Math.min(LIMITS.signInFirstWaitMs * 2 ** counted, LIMITS.signInWindowMs);
}
