// How complete the data of some accounts is: the latest event, and the number of rejected inputs.
import type { Engine } from '../engine/engine.ts';

export interface Watermark {
  /** UTC milliseconds since 1970, including ends of imported sessions; undefined: no data yet. */
  latestEventMs: number | undefined;
  /** Rejected inputs of the accounts, and of no account. */
  rejects: number;
}

export async function readWatermark(engine: Engine, accountIds: readonly string[]): Promise<Watermark> {
  const [row] = await engine.query<{ latestEventMs: number; rejects: number }>(
    `SELECT
       greatest(
         (
           SELECT toUnixTimestamp64Milli(max(last_at)) FROM login_sessions
           WHERE account_id IN ({accounts:Array(String)})
         ),
         (SELECT max(end_ms) FROM imported_sessions WHERE account_id IN ({accounts:Array(String)}))
       ) AS latestEventMs,
       (
         SELECT count() FROM rejects FINAL
         WHERE account_id IN ({accounts:Array(String)}) OR account_id = ''
       ) AS rejects`,
    { accounts: accountIds },
  );
  return { latestEventMs: row?.latestEventMs || undefined, rejects: row?.rejects ?? 0 };
}
