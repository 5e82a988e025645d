// Columns for print. Imported reports print the cells that they had.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { fromRows, type ReportPlan } from './rows.ts';
import { cellOf, isImportedSessions, typedColumns } from '../columns/typed-columns.ts';
import { PRINTED } from '../columns/values.ts';

/** Columns, and the statement's FROM clause that they read from. */
export interface ReadColumns {
  columns: readonly Column[];
  from: string;
}

/**
 * The 39 columns for print. An imported report prints its own cells again; its times only in their original zone, otherwise they
 * are computed from the instants. An inner SELECT names the cells, because the statement repeats each text that it quotes.
 */
export function printedColumns(rows: ReportPlan): ReadColumns {
  if (!isImportedSessions(rows)) return { columns: COLUMNS, from: fromRows(rows, COLUMNS) };
  const typed = typedColumns(COLUMNS, rows);
  const cells = COLUMNS.map((column, index) => {
    const hasCell = column.type === 'dts' ? 'cells_timezone = {timezone:String}' : 'notEmpty(cells)';
    const computed = PRINTED[column.type](typed[index]!);
    return `if(${hasCell}, ${cellOf(column)}, ifNull(${computed}, '')) AS ${column.key}_cell`;
  });
  return {
    columns: COLUMNS.map(column => ({ ...column, type: 'text', sql: `${column.key}_cell` })),
    from: `FROM (SELECT ${cells.join(', ')} ${fromRows(rows, typed)})`,
  };
}
