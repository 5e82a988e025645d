// What a caller asks for into the rows of a report: the shape of its statement and what is bound to it.
import type { Engine, Params } from '../../engine/engine.ts';
import { chooseSource, foldParams, type SessionRange } from '../../sessions/sessions.ts';
import { NO_TEAM } from '../columns/columns.ts';
import { instantRange } from './range.ts';
import type { ReportPlan } from './rows.ts';
import { type ReportFilter, type ReportSort, selectionOf } from './selection.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';

/** Which sessions, and how their times print. Empty lists mean all. */
export interface ReportCriteria {
  accountIds: readonly string[];
  /** Wall-clock times of the zone; absent: today. */
  start: string | undefined;
  end: string | undefined;
  /** A name of the tz database. */
  timezone: string;
  agentIds: readonly string[];
  agentGroupIds: readonly string[];
  /** Team names; `[No Team Name]` asks for the agents without one. */
  agentTeams: readonly string[];
  /** At most so many rows, the first by login; undefined: all. */
  maxRows: number | undefined;
  /** One row per agent instead of one per session. */
  rollupAgent: boolean;
  /** Accounts in which only the agents of these groups (as of the login) may be seen, whatever is asked for. */
  visibleGroups: ReadonlyMap<string, readonly string[]>;
  /** Rows that are shown, out of all of the above; each must hold. */
  filters?: readonly ReportFilter[];
  /** The first column decides before the next, and all before the time of login. */
  sort?: readonly ReportSort[];
}

/** Criteria that leave nothing out. */
export const ALL_SESSIONS = {
  agentIds: [],
  agentGroupIds: [],
  agentTeams: [],
  maxRows: undefined,
  rollupAgent: false,
  visibleGroups: new Map(),
} as const satisfies Partial<ReportCriteria>;

/** The clock and the rules that a report is made by. */
export interface ReportClock {
  nowMs: number;
  /** Silence after which a session without logout has ended. */
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
    source: 'all',
    ...(selection ? { selection } : {}),
  };
}

/** The same rows with what the store holds for the range: sessions that are folded already, and imported ones. */
export async function planReport(engine: Engine, rows: ReportPlan): Promise<ReportPlan> {
  const [imported, chosen] = await Promise.all([
    engine.query(IMPORTED_IN_RANGE_SQL, rows.params),
    chooseSource(engine, rows.params),
  ]);
  return { ...rows, ...chosen, hasImported: imported.length > 0 };
}

/** One that began before the range may be the whole of which a computed session in the range is a part. */
const IMPORTED_IN_RANGE_SQL = `
  SELECT 1
  FROM imported_sessions
  WHERE account_id IN ({accounts:Array(String)}) AND login_ms <= {to_ms:Int64} AND end_ms >= {from_ms:Int64}
  LIMIT 1`;

/** Parameters of the named sessions. */
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

/** Pairs of account and group as two lists; a pair with '' says that the account is restricted, even to no group. */
function visibilityParams(visibleGroups: ReportCriteria['visibleGroups']) {
  const pairs = [...visibleGroups].flatMap(([account, groups]) =>
    ['', ...groups].map(group => [account, group] as const),
  );
  return {
    visible_accounts: pairs.map(([account]) => account),
    visible_groups: pairs.map(([, group]) => group),
  };
}
