// Columns as typed values of a report's rows; imported reports keep the ratios they printed.
import { COLUMNS, type Column } from './columns.ts';
import { hundredthsOf } from './values.ts';

/** What a report's rows stand for. */
export interface RowShape {
  /** One row per agent instead of one per session. */
  rollupAgent: boolean;
  /** Some sessions are imported. */
  hasImported: boolean;
}

/** Whether rows have `cells`: one row per session, and some are imported. */
export function isImportedSessions({ rollupAgent, hasImported }: RowShape): boolean {
  return hasImported && !rollupAgent;
}

/** SQL of the cell that an imported report printed. */
export const cellOf = ({ key }: Column) => `cells[${COLUMNS.findIndex(column => column.key === key) + 1}]`;

/** SQL of such a cell as hundredths of a minute or of a per cent. */
const cellHundredths = (cell: string) => `toInt64(100 * toDecimal64OrZero(replaceRegexpAll(${cell}, '[%, ]', ''), 2))`;

/** An imported session without a logout has an end, but no logout time. */
const LOGOUT = `if(is_open = 1 OR (origin = 'imported' AND end_reason = 'STALE'), NULL, end_ms)`;

/**
 * The columns for typed values: numbers, instants and texts. A ratio of an imported report is the printed one, because the
 * minutes it was computed from are rounded.
 */
export function typedColumns(columns: readonly Column[], rows: RowShape): readonly Column[] {
  if (!rows.hasImported) return columns;
  return columns.map(column => {
    if (column.key === 'origin') return { ...column, sql: 'origin' };
    if (!isImportedSessions(rows) || !COLUMNS.includes(column)) return column;
    if (column.key === 'logoutDts') return { ...column, sql: LOGOUT };
    return emptyAsPrinted(column.per === undefined ? column : withPrintedRatio(column));
  });
}

/** A cell that an imported report leaves empty is unknown: empty in every format, and nothing in sums. */
function emptyAsPrinted(column: Column): Column {
  const known = (sql: string) => `if(notEmpty(cells) AND ${cellOf(column)} = '', NULL, ${sql})`;
  if (column.type === 'count') return { ...column, sql: known(column.sql) };
  if (column.type === 'minutes' || column.type === 'percent')
    return { ...column, hundredths: known(`toInt64(${hundredthsOf(column)})`) };
  return column;
}

function withPrintedRatio(column: Column): Column {
  const computed = hundredthsOf(column);
  return {
    ...column,
    hundredths: `if(notEmpty(cells), ${cellHundredths(cellOf(column))}, toInt64(${computed}))`,
  };
}
