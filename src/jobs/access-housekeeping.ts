// What a server does for sign-in by itself: expired tokens, old keys and old audit entries go daily, counted refusals are written.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import type { Audit } from '../access/audit/audit.ts';
import { deleteOldEntries } from '../access/audit/audit-retention.ts';
import { removeExpiredTokens } from '../access/tokens/expired-tokens.ts';
import { removeOldKeys } from '../access/tokens/signing-keys.ts';

export interface HousekeepingParts {
  engine: Engine;
  audit: Audit;
  now: () => number;
  /** Months of the audit log that are kept; 0: all. */
  auditKeepMonths: number;
  /** Writes down the refusals that are only counted. */
  flush: () => Promise<void>;
}

/** Begins now. Returns how to stop; resolved when what is under way has ended and all refusals are written down. */
export function keepAccess(
  { engine, audit, now, auditKeepMonths, flush }: HousekeepingParts,
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
