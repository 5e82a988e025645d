// Neighbouring columns of numbers into one printed text: folded sessions keep these texts, since printing numbers costs a report most.
import { COLUMNS, type Column } from './columns.ts';
import { PRINTED } from './values.ts';

/** First and last column of each text, by the name that the table of folded sessions has for it. */
const RUNS: readonly [name: string, first: string, last: string][] = [
  ['printed_calls', 'presented', 'avgPendingDispTime'],
  ['printed_times', 'callsPlacedOnHold', 'availableTime'],
];

/** Between the cells of a text; no number holds it. */
export const PRINTED_DELIMITER = ',';

const indexOf = (key: string) => COLUMNS.findIndex(column => column.key === key);
const columnsOf = (first: string, last: string) => COLUMNS.slice(indexOf(first), indexOf(last) + 1);
const cells = (columns: readonly Column[]) => columns.map(column => PRINTED[column.type](column)).join(', ');

/** Each text by its name, as an expression over the fold's columns; migration 011 has the same ones for the table. */
export const PRINTED_CELLS: Readonly<Record<string, string>> = Object.fromEntries(
  RUNS.map(([name, first, last]) => [
    name,
    `concatWithSeparator('${PRINTED_DELIMITER}', ${cells(columnsOf(first, last))})`,
  ]),
);

/** The report's columns in their order, those that a text holds replaced by its name. */
export const COLUMNS_AND_TEXTS = COLUMNS.flatMap((column, index): (Column | string)[] => {
  const run = RUNS.find(([, first, last]) => indexOf(first) <= index && index <= indexOf(last));
  if (run === undefined) return [column];
  return run[1] === column.key ? [run[0]] : [];
});
