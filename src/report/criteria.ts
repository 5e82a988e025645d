// What a caller asks for into the parameters of the report's SQL.
import type { Params } from '../engine/engine.ts';
import { foldParams } from '../sessions/sessions.ts';
import { instantRange } from './range.ts';
import { timeZoneNamed } from './time-zone.ts';

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
}

/** The clock and the rules that a report is made by. */
export interface ReportClock {
  nowMs: number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
}

/** @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END */
export function reportParams(criteria: ReportCriteria, clock: ReportClock): Params {
  const range = instantRange(criteria.start, criteria.end, criteria.timezone, clock.nowMs);
  return {
    ...foldParams({ accountIds: criteria.accountIds, ...range, ...clock }),
    timezone: timeZoneNamed(criteria.timezone),
    agent_ids: criteria.agentIds,
    agent_group_ids: criteria.agentGroupIds,
    agent_teams: criteria.agentTeams.map(team => (team === NO_TEAM ? '' : team)),
  };
}

/** What the report prints for an agent without team. */
export const NO_TEAM = '[No Team Name]';
