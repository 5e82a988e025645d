// Runs a check's SELECT and returns counts and examples from one statement.
import type { Engine, Params } from '../../engine/engine.ts';
import { fillSql } from '../../engine/sql-file.ts';
import { LIMITS } from '../../limits.ts';
import { sessionParams } from '../../report/query/criteria.ts';
import { sessionsWithAgents } from '../../report/query/sessions-with-agents.ts';
import { chooseSource, FOLD_SETTINGS, type SessionSource } from '../../sessions/sessions.ts';
import type { Example, Found, QualityQuestion } from './check.ts';

type Row = Example & {
  isTolerated: number;
  found: number;
  foundMs: number;
  toleratedMs: number;
  foundOfKind: number;
  foundOfKindMs: number;
};

export interface FoundSql {
  hasSessions: boolean;
  /** The statement, with its sessions from the cache, the fold, or both. */
  from: (source: SessionSource) => string;
}

/**
 * The statement around a SELECT of the columns kind, account_id, source, agent_id, login_session_id, at_ms, until_ms,
 * duration_ms, amount and detail. `{{sessions}}` are the sessions with agents. The first rows have one of each kind. Tolerated
 * rows only add their time.
 */
export const foundSql = (rows: string, isTolerated = 'false'): FoundSql => ({
  hasSessions: rows.includes('{{sessions}}'),
  from: source =>
    statement(
      fillSql(rows, { sessions: `(${sessionsWithAgents({ source, restrictions: ['visible'] })})` }),
      isTolerated,
    ),
});

const statement = (rows: string, isTolerated: string): string => `
  SELECT
    toString(kind) AS kind,
    toString(account_id) AS accountId,
    toString(source) AS source,
    agent_id AS agentId,
    login_session_id AS loginSessionId,
    toInt64(at_ms) AS fromMs,
    toInt64(until_ms) AS toMs,
    toInt64(duration_ms) AS durationMs,
    toInt64(amount) AS amount,
    detail,
    toUInt8(${isTolerated}) AS isTolerated,
    countIf(isTolerated = 0) OVER () AS found,
    sumIf(toInt64(duration_ms), isTolerated = 0) OVER () AS foundMs,
    sumIf(toInt64(duration_ms), isTolerated = 1) OVER () AS toleratedMs,
    count() OVER (PARTITION BY isTolerated, kind) AS foundOfKind,
    sum(toInt64(duration_ms)) OVER (PARTITION BY isTolerated, kind) AS foundOfKindMs,
    row_number() OVER (
      PARTITION BY isTolerated, kind ORDER BY duration_ms DESC, at_ms DESC, account_id, agent_id, login_session_id, detail
    ) AS nth
  FROM (${rows}) AS rows
  ORDER BY isTolerated, nth, foundOfKind DESC, kind
  LIMIT ${LIMITS.qualityKinds}
  SETTINGS ${FOLD_SETTINGS}`;

/** Runs a statement of `foundSql`. Its sessions are those that begin in the range, unless `params` override that. */
export async function findRows(
  engine: Engine,
  sql: FoundSql,
  asked: QualityQuestion,
  params: Params = {},
): Promise<Found> {
  const all = { ...rangeParams(asked), ...params };
  // Sessions by their latest event, and not by their login, cannot be read from the cache.
  const isFromCache = sql.hasSessions && !('seen_from_ms' in params);
  const chosen = isFromCache ? await chooseSource(engine, all) : { source: 'fold' as const, params: all };
  const rows = await engine.query<Row>(sql.from(chosen.source), chosen.params);
  const found = rows.filter(({ isTolerated }) => !isTolerated);
  const kinds = new Map(
    found.map(({ kind, foundOfKind: count, foundOfKindMs: durationMs }) => [kind, { kind, count, durationMs }]),
  );
  return {
    count: rows[0]?.found ?? 0,
    durationMs: rows[0]?.foundMs ?? 0,
    toleratedMs: rows[0]?.toleratedMs ?? 0,
    kinds: [...kinds.values()].sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    examples: found.slice(0, LIMITS.qualityExamples).map(exampleOf),
  };
}

function exampleOf(row: Row): Example {
  const { kind, accountId, source, agentId, loginSessionId, fromMs, toMs, durationMs, amount, detail } = row;
  return { kind, accountId, source, agentId, loginSessionId, fromMs, toMs, durationMs, amount, detail };
}

/** Parameters of the sessions with agents, and the range as `range_from_ms` and `range_to_ms`. */
export function rangeParams({ accountIds, fromMs, toMs, clock, visibleGroups }: QualityQuestion): Params {
  const everybody = { agentIds: [], agentGroupIds: [], agentTeams: [] };
  return {
    ...sessionParams({ accountIds, fromMs, toMs, visibleGroups, ...everybody, ...clock }),
    range_from_ms: fromMs,
    range_to_ms: toMs,
  };
}

/** Parameters for all sessions that are open in the range, whenever they began. */
export function sessionsOpenIn({ fromMs, clock }: QualityQuestion): Params {
  return { from_ms: 0, seen_from_ms: Math.min(fromMs, clock.nowMs) - clock.staleAfterMs };
}
