// What a server does beside answering: sessions that have ended are folded once, and what accounts no longer keep is deleted.
import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { keepFolded } from '../sessions/keep-folded.ts';
import { deleteOld } from '../store/retention.ts';

/**
 * Goes on until the signal is aborted; what fails is said and tried again.
 * @param staleAfterMs silence after which a session without logout has ended
 */
export async function keepHouse(
  offhook: Offhook,
  staleAfterMs: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  let deletedMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const nowMs = Date.now();
    try {
      await keepFolded(offhook.engine, { nowMs, staleAfterMs }, signal);
      if (nowMs - deletedMs >= LIMITS.retentionEveryMs) {
        await deleteOld(offhook.engine, nowMs);
        deletedMs = nowMs;
      }
    } catch (error) {
      if (!signal.aborted) say(`Folding or deleting failed and is tried again: ${(error as Error).message}`);
    }
    await pause(LIMITS.foldPauseMs, undefined, { signal }).catch(() => {});
  }
}
