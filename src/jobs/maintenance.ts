// Keeps the session cache up to date and deletes the months that accounts no longer keep.
import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { refreshSessionCache } from '../sessions/session-cache.ts';
import { openRetention } from './retention.ts';

export interface MaintenanceSettings {
  /** Time without events after which a session without a logout counts as ended. */
  staleAfterMs: number;
  /** Time between the announcement of a deletion and the deletion. */
  deleteAfterMs: number;
}

/** Runs until the signal is aborted. Failures are logged and retried. */
export async function runMaintenance(
  offhook: Offhook,
  { staleAfterMs, deleteAfterMs }: MaintenanceSettings,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const retention = openRetention(offhook, deleteAfterMs, log);
  const attempt = async (task: string, work: () => Promise<unknown>) => {
    try {
      if (!signal.aborted) await work();
    } catch (error) {
      if (!signal.aborted) log(`${task} failed and will be retried: ${(error as Error).message}`);
    }
  };
  while (!signal.aborted) {
    await attempt('Checking for old months', () => retention.check(signal));
    await attempt('Updating the session cache', () =>
      refreshSessionCache(offhook.engine, { nowMs: Date.now(), staleAfterMs }, signal),
    );
    await pause(LIMITS.foldPauseMs, undefined, { signal }).catch(() => {});
  }
}
