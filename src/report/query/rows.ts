// A report's rows as the FROM clause of its statement: sessions or agents, filtered, in order.
import type { Params } from '../../engine/engine.ts';
import { FOLD_SETTINGS } from '../../sessions/sessions.ts';
import type { Column } from '../columns/columns.ts';
import { rowsWithAgents, type RowKind } from './sessions-with-agents.ts';
import { type Selection, selectedRows, sortOrder } from './selection.ts';
import { isImportedSessions, typedColumns } from '../columns/typed-columns.ts';

/** Everything that a report's statement is built from, and its parameters. */
export interface ReportPlan extends RowKind {
  params: Params;
  /** Whether the parameter `max_rows` limits the rows. */
  isLimited: boolean;
  /** Filters and sort order; absent: all rows, by login. */
  selection?: Selection;
}

/** The default order; it is total. */
const LOGIN_ORDER = 'login_ms, login_session_id, agent_id, account_id';

/** Reports print logins to the minute; within a minute, imported sessions keep the order of their file. */
const FILE_ORDER = 'login_ms, imported_order, login_session_id, agent_id, account_id';

/**
 * The statement between its SELECT list and its settings.
 * @param read the columns that the statement reads
 */
export function fromRows(rows: ReportPlan, read: readonly Column[]): string {
  const { isLimited, selection } = rows;
  const selecting = [...(selection?.filters ?? []), ...(selection?.sort ?? [])].map(({ column }) => column);
  const withEndReason = [...read, ...selecting].some(({ sql }) => sql.includes('end_reason'));
  const all = rowsWithAgents(rows, withEndReason);
  const selected = selection && selectedRows(all, selection, columns => typedColumns(columns, rows));
  return `
  FROM ${selected ?? `(${all})`}
  ORDER BY ${selection ? sortOrder(selection) : ''}${isImportedSessions(rows) ? FILE_ORDER : LOGIN_ORDER}
  ${isLimited ? 'LIMIT {max_rows:UInt64}' : ''}`;
}

/** The end of every statement; more settings may follow. */
export const REPORT_SETTINGS = `SETTINGS ${FOLD_SETTINGS}`;

/** The end of the statement of a file. Its threads give way to those of lookups and inserts, if the process may do that. */
export const FILE_SETTINGS = `${REPORT_SETTINGS}, os_thread_priority = 10`;
