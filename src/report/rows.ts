// Which rows a report has, as the end of its statement: sessions or agents, in order of login, all or the first ones.
import type { Params } from '../engine/engine.ts';
import { FOLD_SETTINGS } from '../sessions/sessions.ts';
import { NAMED_AGENTS_SQL, NAMED_SESSIONS_SQL } from './named-sessions.ts';

/** What the statement of a report is made from, and what is bound to it. */
export interface ReportRows {
  params: Params;
  /** One row per agent instead of one per session. */
  rollupAgent: boolean;
  /** At most `max_rows` of them. */
  isLimited: boolean;
}

/** The order of every report; no two rows are equal in it. */
const LOGIN_ORDER = 'login_ms, login_session_id, agent_id, account_id';

/** What follows the SELECT list of a report, up to its settings: its rows, in order of login. */
export function fromRows({ rollupAgent, isLimited }: ReportRows): string {
  return `
  FROM (${rollupAgent ? NAMED_AGENTS_SQL : NAMED_SESSIONS_SQL})
  ORDER BY ${LOGIN_ORDER}
  ${isLimited ? 'LIMIT {max_rows:UInt64}' : ''}`;
}

/** What every statement ends with; further settings may follow. */
export const REPORT_SETTINGS = `SETTINGS ${FOLD_SETTINGS}`;
