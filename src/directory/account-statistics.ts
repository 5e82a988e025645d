// How much each account holds: its agents, and its first and latest events.
import type { Engine } from '../engine/engine.ts';

export interface AccountStatistics {
  /** Of the directory, deleted ones not counted. */
  agents: number;
  /** UTC milliseconds of the first and the latest event of login sessions, imported ones included; undefined: there is none. */
  firstEventMs: number | undefined;
  latestEventMs: number | undefined;
}

const HOLDINGS_SQL = `
  SELECT
    account_id AS accountId,
    sum(agent_count) AS agents,
    minIf(first_ms, latest_ms > 0) AS firstMs,
    max(latest_ms) AS latestMs
  FROM (
    SELECT
      toString(account_id) AS account_id,
      0 AS agent_count,
      min(toUnixTimestamp64Milli(first_at)) AS first_ms,
      max(toUnixTimestamp64Milli(last_at)) AS latest_ms
    FROM login_sessions GROUP BY account_id
    UNION ALL
    SELECT
      toString(account_id) AS account_id, 0 AS agent_count, min(login_ms) AS first_ms, max(end_ms) AS latest_ms
    FROM imported_sessions GROUP BY account_id
    UNION ALL
    SELECT account_id, count() AS agent_count, 0 AS first_ms, 0 AS latest_ms
    FROM (
      SELECT toString(account_id) AS account_id, agent_id
      FROM agents FINAL GROUP BY account_id, agent_id
      HAVING argMax(is_deleted, valid_from) = 0
    )
    GROUP BY account_id
  )
  GROUP BY account_id`;

/** By account id; accounts that hold nothing are not in it. */
export async function readAccountStatistics(engine: Engine): Promise<ReadonlyMap<string, AccountStatistics>> {
  const rows = await engine.query<{ accountId: string; agents: number; firstMs: number; latestMs: number }>(
    HOLDINGS_SQL,
  );
  return new Map(
    rows.map(({ accountId, agents, firstMs, latestMs }) => {
      const hasEvents = latestMs > 0;
      return [
        accountId,
        {
          agents,
          firstEventMs: hasEvents ? firstMs : undefined,
          latestEventMs: hasEvents ? latestMs : undefined,
        },
      ];
    }),
  );
}
