// What a server does beside answering: sessions that have ended are folded once, and what accounts no longer keep is deleted.
import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { refreshSessionCache } from '../sessions/session-cache.ts';
import { openRetention } from './retention.ts';

export interface MaintenanceSettings {
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
  /** Between the announcement of a deletion and the deletion. */
  deleteAfterMs: number;
}

/** Goes on until the signal is aborted; what fails is said and tried again. */
export async function runMaintenance(
  offhook: Offhook,
  { staleAfterMs, deleteAfterMs }: MaintenanceSettings,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const retention = openRetention(offhook, deleteAfterMs, say);
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      if (!signal.aborted) await work();
    } catch (error) {
      if (!signal.aborted) say(`${what} failed and is tried again: ${(error as Error).message}`);
    }
  };
  while (!signal.aborted) {
    await attempt('Looking for old months', () => retention.look(signal));
    await attempt('Folding', () => refreshSessionCache(offhook.engine, { nowMs: Date.now(), staleAfterMs }, signal));
    await pause(LIMITS.foldPauseMs, undefined, { signal }).catch(() => {});
  }
}
