// A report's criteria, and the plan made from them: the shape of its statement and its parameters.
import type { Engine, Params } from '../../engine/engine.ts';
import { chooseSource, foldParams, type SessionRange } from '../../sessions/sessions.ts';
import { NO_TEAM } from '../columns/columns.ts';
import { instantRange } from './range.ts';
import type { ReportPlan } from './rows.ts';
import type { Restriction } from './sessions-with-agents.ts';
import { type ReportFilter, type ReportSort, selectionOf } from './selection.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';

/** Which sessions, and the zone of printed times. Empty lists mean all. */
export interface ReportCriteria {
  accountIds: readonly string[];
  /** Wall-clock times in the zone; undefined: today. */
  start: string | undefined;
  end: string | undefined;
  /** A name of the tz database. */
  timezone: string;
  agentIds: readonly string[];
  agentGroupIds: readonly string[];
  /** Team names; `[No Team Name]` asks for the agents without one. */
  agentTeams: readonly string[];
  /** Limits the rows, earliest login first; undefined: all. */
  maxRows: number | undefined;
  /** One row per agent instead of one per session. */
  rollupAgent: boolean;
  /** For accounts where the reader is limited to agent groups: those groups, as of the login. */
  visibleGroups: ReadonlyMap<string, readonly string[]>;
  /** Conditions on the rows; all must hold. */
  filters?: readonly ReportFilter[];
  /** Columns to sort by, most significant first; then by login. */
  sort?: readonly ReportSort[];
}

/** Criteria without any restriction. */
export const ALL_SESSIONS = {
  agentIds: [],
  agentGroupIds: [],
  agentTeams: [],
  maxRows: undefined,
  rollupAgent: false,
  visibleGroups: new Map(),
} as const satisfies Partial<ReportCriteria>;

/** The time that counts as now, and when a silent session has ended. */
export interface ReportClock {
  nowMs: number;
  /** A session without a logout has ended after so much silence. */
  staleAfterMs: number;
}

/** @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END */
export function reportRows(criteria: ReportCriteria, clock: ReportClock): ReportPlan {
  const { maxRows, rollupAgent, timezone, filters = [], sort = [] } = criteria;
  const selection =
    filters.length + sort.length > 0 ? selectionOf(filters, sort, { timezone, nowMs: clock.nowMs }) : undefined;
  const params = {
    ...sessionParams({
      ...criteria,
      ...instantRange(criteria.start, criteria.end, timezone, clock.nowMs),
      ...clock,
    }),
    timezone: timeZoneNamed(timezone),
    ...(maxRows === undefined ? {} : { max_rows: maxRows }),
    ...selection?.params,
  };
  return {
    params,
    rollupAgent,
    isLimited: maxRows !== undefined,
    hasImported: false,
    source: 'fold',
    restrictions: restrictionsOf(criteria),
    ...(selection ? { selection } : {}),
  };
}

/** Those that leave anything out. */
function restrictionsOf({ agentIds, agentGroupIds, agentTeams, visibleGroups }: ReportCriteria): Restriction[] {
  const lengths = {
    agents: agentIds.length,
    groups: agentGroupIds.length,
    teams: agentTeams.length,
    visible: visibleGroups.size,
  } as const satisfies Readonly<Record<Restriction, number>>;
  return (Object.keys(lengths) as Restriction[]).filter(name => lengths[name] > 0);
}

/** Completes the plan with the store's state: which sessions of the range are in the cache, and whether any are imported. */
export async function planReport(engine: Engine, rows: ReportPlan): Promise<ReportPlan> {
  const [imported, chosen] = await Promise.all([
    engine.query(IMPORTED_IN_RANGE_SQL, rows.params),
    chooseSource(engine, rows.params),
  ]);
  return { ...rows, ...chosen, hasImported: imported.length > 0 };
}

/** An imported session that began before the range may contain a computed session in the range. */
const IMPORTED_IN_RANGE_SQL = `
  SELECT 1
  FROM imported_sessions
  WHERE account_id IN ({accounts:Array(String)}) AND login_ms <= {to_ms:Int64} AND end_ms >= {from_ms:Int64}
  LIMIT 1`;

/** Parameters of the sessions with agents. */
export function sessionParams(
  asked: SessionRange & Pick<ReportCriteria, 'agentIds' | 'agentGroupIds' | 'agentTeams' | 'visibleGroups'>,
): Params {
  return {
    ...foldParams(asked),
    agent_ids: asked.agentIds,
    agent_group_ids: asked.agentGroupIds,
    agent_teams: asked.agentTeams.map(team => (team === NO_TEAM ? '' : team)),
    ...visibilityParams(asked.visibleGroups),
  };
}

/** Pairs of account and group as two lists; a pair with '' marks the account as restricted, even if to no group. */
function visibilityParams(visibleGroups: ReportCriteria['visibleGroups']) {
  const pairs = [...visibleGroups].flatMap(([account, groups]) =>
    ['', ...groups].map(group => [account, group] as const),
  );
  return {
    visible_accounts: pairs.map(([account]) => account),
    visible_groups: pairs.map(([, group]) => group),
  };
}
