// Which rows a report has, as the end of its statement: sessions or agents, in order of login, all or the first ones.
import type { Params } from '../engine/engine.ts';
import { FOLD_SETTINGS } from '../sessions/sessions.ts';
import {
  AGENTS_WITH_IMPORTED_SQL,
  NAMED_AGENTS_SQL,
  NAMED_SESSIONS_SQL,
  SESSIONS_WITH_IMPORTED_SQL,
} from './named-sessions.ts';

/** What the statement of a report is made from, and what is bound to it. */
export interface ReportRows {
  params: Params;
  /** One row per agent instead of one per session. */
  rollupAgent: boolean;
  /** At most `max_rows` of them. */
  isLimited: boolean;
  /** Imported sessions stand beside the computed ones. */
  hasImported: boolean;
}

/** The order of every report; no two rows are equal in it. */
const LOGIN_ORDER = 'login_ms, login_session_id, agent_id, account_id';

/** A report prints logins to the minute: within it, imported sessions stay in the order of their file. */
const FILE_ORDER = 'login_ms, imported_order, login_session_id, agent_id, account_id';

/** Whether rows have `cells`: a row per session, some of them imported. */
export function isImportedSessions({ rollupAgent, hasImported }: ReportRows): boolean {
  return hasImported && !rollupAgent;
}

/** What follows the SELECT list of a report, up to its settings: its rows, in order of login. */
export function fromRows(rows: ReportRows): string {
  const { rollupAgent, isLimited, hasImported } = rows;
  const computed = rollupAgent ? NAMED_AGENTS_SQL : NAMED_SESSIONS_SQL;
  const both = rollupAgent ? AGENTS_WITH_IMPORTED_SQL : SESSIONS_WITH_IMPORTED_SQL;
  return `
  FROM (${hasImported ? both : computed})
  ORDER BY ${isImportedSessions(rows) ? FILE_ORDER : LOGIN_ORDER}
  ${isLimited ? 'LIMIT {max_rows:UInt64}' : ''}`;
}

/** What every statement ends with; further settings may follow. */
export const REPORT_SETTINGS = `SETTINGS ${FOLD_SETTINGS}`;
