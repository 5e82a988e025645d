// Counts failed sign-ins by key (a network, or a name and a network) and forgets them some time after the last one.
import { LIMITS } from '../../limits.ts';

export interface Failures {
  count: (key: string) => number;
  /** How long the next attempt has to wait: 0 at first, then doubled by each failure, up to a limit. */
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
      // Keeps the map in order of the last failure: the oldest entry is removed first.
      entries.delete(key);
      entries.set(key, { failures, lastMs: now() });
      if (entries.size > LIMITS.countedFailures) entries.delete(entries.keys().next().value as string);
    },
    forget: key => void entries.delete(key),
  };
}

function waitAfter(failures: number): number {
  const exponent = failures - LIMITS.signInFreeFailures;
  return exponent < 0 ? 0 : Math.min(LIMITS.signInFirstWaitMs * 2 ** exponent, LIMITS.signInWindowMs);
}
