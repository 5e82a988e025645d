// Statistics of accounts: the number of agents, and the first and latest events.
import type { Engine } from '../engine/engine.ts';

export interface AccountStatistics {
  /** Agents of the directory, without deleted ones. */
  agents: number;
  /** UTC milliseconds of the first and latest event of login sessions, including imported ones; undefined if there is none. */
  firstEventMs: number | undefined;
  latestEventMs: number | undefined;
}

const STATISTICS_SQL = `
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

/** By account id, without empty accounts. */
export async function readAccountStatistics(engine: Engine): Promise<ReadonlyMap<string, AccountStatistics>> {
  const rows = await engine.query<{ accountId: string; agents: number; firstMs: number; latestMs: number }>(
    STATISTICS_SQL,
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
