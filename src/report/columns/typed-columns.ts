// Columns as values of a report's rows: computed ones, and of an imported report the ratios that it printed.
import { COLUMNS, type Column } from './columns.ts';
import { hundredthsOf } from './values.ts';

/** What the rows of a report are. */
export interface RowShape {
  /** One row per agent instead of one per session. */
  rollupAgent: boolean;
  /** Imported sessions stand beside the computed ones. */
  hasImported: boolean;
}

/** Whether rows have `cells`: a row per session, some of them imported. */
export function isImportedSessions({ rollupAgent, hasImported }: RowShape): boolean {
  return hasImported && !rollupAgent;
}

/** The printed cell of an imported report. */
export const cellOf = ({ key }: Column) => `cells[${COLUMNS.findIndex(column => column.key === key) + 1}]`;

/** The cell of an imported report in hundredths, of minutes or of a per cent. */
const cellHundredths = (cell: string) => `toInt64(100 * toDecimal64OrZero(replaceRegexpAll(${cell}, '[%, ]', ''), 2))`;

/** An imported session without logout has an end that no logout tells. */
const LOGOUT = `if(is_open = 1 OR (origin = 'imported' AND end_reason = 'STALE'), NULL, end_ms)`;

/**
 * The columns for values: numbers, instants and texts. A ratio of an imported report is the one it printed, since the
 * minutes it came from are rounded.
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

/** What a report does not print is not known: empty in every format, where sums add nothing for it. */
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
