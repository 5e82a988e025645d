// Neighbouring columns of numbers as one printed text, which folded sessions store: printing numbers is most of a report's cost.
import { COLUMNS, type Column } from './columns.ts';
import { PRINTED } from './values.ts';

/** Each text: its name in the table of folded sessions, its first and its last column. */
const RUNS: readonly [name: string, first: string, last: string][] = [
  ['printed_calls', 'presented', 'avgPendingDispTime'],
  ['printed_times', 'callsPlacedOnHold', 'availableTime'],
];

/** Between the cells of a text; no printed number contains it. */
export const PRINTED_DELIMITER = ',';

const indexOf = (key: string) => COLUMNS.findIndex(column => column.key === key);
const columnsOf = (first: string, last: string) => COLUMNS.slice(indexOf(first), indexOf(last) + 1);
const cells = (columns: readonly Column[]) => columns.map(column => PRINTED[column.type](column)).join(', ');

/** Each text by name, as an expression over the fold's columns. Migration 011 has the same expressions. */
export const PRINTED_CELLS: Readonly<Record<string, string>> = Object.fromEntries(
  RUNS.map(([name, first, last]) => [
    name,
    `concatWithSeparator('${PRINTED_DELIMITER}', ${cells(columnsOf(first, last))})`,
  ]),
);

/** The report's columns in order, with the name of a text in place of the columns it contains. */
export const COLUMNS_AND_TEXTS = COLUMNS.flatMap((column, index): (Column | string)[] => {
  const run = RUNS.find(([, first, last]) => indexOf(first) <= index && index <= indexOf(last));
  if (run === undefined) return [column];
  return run[1] === column.key ? [run[0]] : [];
});
