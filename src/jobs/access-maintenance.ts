// Daily deletion of expired tokens, old signing keys and old audit entries; records counts of refused sign-ins each minute.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import type { Audit } from '../access/audit/audit.ts';
import { deleteOldEntries } from '../access/audit/audit-retention.ts';
import { removeExpiredTokens } from '../access/tokens/expired-tokens.ts';
import { removeOldKeys } from '../access/tokens/signing-keys.ts';

export interface AccessMaintenanceParts {
  engine: Engine;
  audit: Audit;
  now: () => number;
  /** Months for which the audit log is kept; 0: for ever. */
  auditKeepMonths: number;
  /** Records the refused sign-ins that were only counted so far. */
  flush: () => Promise<void>;
}

/**
 * Starts at once.
 * @param failed called with the error of a failed run
 * @returns a function that stops; resolved when the current run has ended and all counts are recorded
 */
export function runAccessMaintenance(
  { engine, audit, now, auditKeepMonths, flush }: AccessMaintenanceParts,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const daily = () => {
    running = running
      .then(() => removeExpiredTokens(engine, now()))
      .then(() => removeOldKeys(engine, now()))
      .then(() => deleteOldEntries(engine, audit, now(), auditKeepMonths))
      .catch(failed);
  };
  daily();
  const timers = [
    setInterval(daily, LIMITS.expiredTokensRemovedEveryMs).unref(),
    setInterval(() => flush().catch(failed), 60_000).unref(),
  ];
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await running;
    await flush().catch(failed);
  };
}
