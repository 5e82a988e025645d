// Columns as they print rows among which imported sessions are: what a report printed is printed again.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { fromRows, type ReportPlan } from './rows.ts';
import { cellOf, isImportedSessions, typedColumns } from '../columns/typed-columns.ts';
import { PRINTED } from '../columns/values.ts';

/** Columns, and what follows the SELECT list that they are read by. */
export interface ReadColumns {
  columns: readonly Column[];
  from: string;
}

/**
 * The 39 columns for print. Of an imported report each is its cell, as it was; times are so in the zone that it printed them
 * in, and in another zone computed from their instants. The cells are named in a SELECT of their own: a text that is quoted
 * is written into the statement many times.
 */
export function printedColumns(rows: ReportPlan): ReadColumns {
  if (!isImportedSessions(rows)) return { columns: COLUMNS, from: fromRows(rows) };
  const typed = typedColumns(COLUMNS, rows);
  const cells = COLUMNS.map((column, index) => {
    const hasCell = column.type === 'dts' ? 'cells_timezone = {timezone:String}' : 'notEmpty(cells)';
    const computed = PRINTED[column.type](typed[index]!);
    return `if(${hasCell}, ${cellOf(column)}, ifNull(${computed}, '')) AS ${column.key}_cell`;
  });
  return {
    columns: COLUMNS.map(column => ({ ...column, type: 'text', sql: `${column.key}_cell` })),
    from: `FROM (SELECT ${cells.join(', ')} ${fromRows(rows)})`,
  };
}
