// Rows given as objects into a block of JSON text. Its columns are those of the first row.
import type { Block, Row, RowValue } from './engine.ts';

/** The rows as JSONCompactEachRow. @throws Error for a row that lacks a column of the first one */
export function jsonRows(rows: readonly Row[]): Block {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map(row => line(columns.map(name => cellOf(row, name))));
  return { format: 'JSONCompactEachRow', columns, bytes: [Buffer.from(lines.join(''))] };
}

/** A missing value is an error: the engine would silently insert the column's default. */
function cellOf(row: Row, name: string): RowValue {
  const value = row[name];
  if (value === undefined) throw new Error(`a row has no value for the column «${name}»`);
  return value;
}

/** How JSON.stringify writes half of a surrogate pair, which the engine refuses; an escaped backslash before «ud800» does no harm. */
const LONE_SURROGATE = /\\ud[89a-f]/;

function line(values: readonly RowValue[]): string {
  const text = JSON.stringify(values);
  return `${LONE_SURROGATE.test(text) ? JSON.stringify(values, wellFormed) : text}\n`;
}

/** U+FFFD for each half of a surrogate pair, as UTF-8 has it. */
const wellFormed = (_: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
