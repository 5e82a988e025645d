// Which rows a report has, as the end of its statement: sessions or agents, all or some, in their order.
import type { Params } from '../../engine/engine.ts';
import { FOLD_SETTINGS } from '../../sessions/sessions.ts';
import { rowsWithAgents, type RowKind } from './sessions-with-agents.ts';
import { type Selection, selectedRows, sortOrder } from './selection.ts';
import { isImportedSessions, typedColumns } from '../columns/typed-columns.ts';

/** What the statement of a report is made from, and what is bound to it. */
export interface ReportPlan extends RowKind {
  params: Params;
  /** At most `max_rows` of them. */
  isLimited: boolean;
  /** Filters and an order by columns; absent: all rows, by login. */
  selection?: Selection;
}

/** The order of every report; no two rows are equal in it. */
const LOGIN_ORDER = 'login_ms, login_session_id, agent_id, account_id';

/** A report prints logins to the minute: within it, imported sessions stay in the order of their file. */
const FILE_ORDER = 'login_ms, imported_order, login_session_id, agent_id, account_id';

/** What follows the SELECT list of a report, up to its settings: its rows, in order. */
export function fromRows(rows: ReportPlan): string {
  const { isLimited, selection } = rows;
  const all = rowsWithAgents(rows);
  const selected = selection && selectedRows(all, selection, columns => typedColumns(columns, rows));
  return `
  FROM ${selected ?? `(${all})`}
  ORDER BY ${selection ? sortOrder(selection) : ''}${isImportedSessions(rows) ? FILE_ORDER : LOGIN_ORDER}
  ${isLimited ? 'LIMIT {max_rows:UInt64}' : ''}`;
}

/** What every statement ends with; further settings may follow. */
export const REPORT_SETTINGS = `SETTINGS ${FOLD_SETTINGS}`;
