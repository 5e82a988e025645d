// Columns as they read rows among which imported sessions are: what a report printed is printed again.
import { COLUMNS, type Column } from './columns.ts';
import { fromRows, isImportedSessions, type ReportRows } from './rows.ts';
import { hundredthsOf, PRINTED } from './values.ts';

/** The cell of an imported report in hundredths, of minutes or of a per cent. */
const cellHundredths = (cell: string) =>
  `toInt64(100 * toDecimal64OrZero(replaceRegexpAll(${cell}, '[%, ]', ''), 2))`;

/** An imported session without logout has an end that no logout tells. */
const LOGOUT = `if(end_reason = 'OPEN' OR (origin = 'imported' AND end_reason = 'STALE'), NULL, end_ms)`;

const cellOf = (column: Column) => `cells[${COLUMNS.indexOf(column) + 1}]`;

/**
 * The columns for values: numbers, instants and texts. A ratio of an imported report is the one it printed, since the
 * minutes it came from are rounded.
 */
export function typedColumns(columns: readonly Column[], rows: ReportRows): readonly Column[] {
  if (!rows.hasImported) return columns;
  return columns.map(column => {
    if (column.key === 'origin') return { ...column, sql: 'origin' };
    if (!isImportedSessions(rows)) return column;
    if (column.key === 'logoutDts') return { ...column, sql: LOGOUT };
    return column.per === undefined ? column : withPrintedRatio(column);
  });
}

function withPrintedRatio(column: Column): Column {
  const computed = hundredthsOf(column);
  return {
    ...column,
    hundredths: `if(notEmpty(cells), ${cellHundredths(cellOf(column))}, toInt64(${computed}))`,
  };
}

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
export function printedColumns(rows: ReportRows): ReadColumns {
  if (!isImportedSessions(rows)) return { columns: COLUMNS, from: fromRows(rows) };
  const typed = typedColumns(COLUMNS, rows);
  const cells = COLUMNS.map((column, index) => {
    const hasCell = column.type === 'dts' ? 'cells_timezone = {timezone:String}' : 'notEmpty(cells)';
    const computed = PRINTED[column.type](typed[index]!);
    return `if(${hasCell}, ${cellOf(column)}, ${computed}) AS ${column.key}_cell`;
  });
  return {
    columns: COLUMNS.map(column => ({ ...column, type: 'text', sql: `${column.key}_cell` })),
    from: `FROM (SELECT ${cells.join(', ')} ${fromRows(rows)})`,
  };
}
