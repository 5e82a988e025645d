// CSV and other delimited text: the engine writes each row as one line.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { FORMULA_STARTS, guardedSql } from '../columns/formula-guard.ts';
import { printedColumns } from '../query/printed-columns.ts';
import { hasPrintedCells } from '../query/sessions-with-agents.ts';
import { COLUMNS_AND_TEXTS, PRINTED_DELIMITER } from '../columns/printed-cells.ts';
import { REPORT_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { PRINTED } from '../columns/values.ts';
import { type Format, framed } from './format.ts';

/** Precedes each text of a row when all are searched at once. A text that contains it only makes the row take the slow way. */
const MARK = "'\\x01'";
/** What has to be quoted or guarded. Most rows contain none of it, and one search costs less than checking each text. */
const RARE = `[{delimiter:String}, '"', '\\n', '\\r', ${FORMULA_STARTS.map(first => `'\\x01${first}'`).join(', ')}]`;

/**
 * One statement whose rows, read as TSVRaw, are the report's lines.
 * Parameters: those of the report, `delimiter` (one character) and `keep_formulas` (1: formulas are not guarded).
 */
export function delimitedSql(rows: ReportPlan): string {
  const { cells, from } = cellsOf(rows);
  const texts = cells.filter(({ isText }) => isText).map(({ name }) => name);
  const line = (cellOf: (name: string) => string) =>
    `concatWithSeparator({delimiter:String}, ${cells.map(({ isText, name }) => (isText ? cellOf(name) : name)).join(', ')})`;
  return `
  WITH
    (text -> if({keep_formulas:Bool}, text, ${guardedSql('text')})) AS guarded,
    (text -> if(
      match(guarded(text), concat('["\\n\\r', {delimiter:String}, ']')),
      concat('"', replaceAll(guarded(text), '"', '""'), '"'), guarded(text)
    )) AS cell
  SELECT if(
    multiSearchAny(concat(${MARK}, concatWithSeparator(${MARK}, ${texts.join(', ')})), ${RARE}),
    ${line(name => `cell(${name})`)},
    ${line(name => name)}
  ) AS line
  FROM (
    SELECT ${cells.map(({ sql, name }) => `${sql} AS ${name}`).join(', ')}
    ${from}
  )
  ${REPORT_SETTINGS}`;
}

/** A part of a line: one cell, or several neighbouring numbers with their delimiters. */
interface Cell {
  name: string;
  sql: string;
  /** Whether it may have to be quoted or guarded. */
  isText: boolean;
}

function cellsOf(rows: ReportPlan): { cells: readonly Cell[]; from: string } {
  const { columns, from } = printedColumns(rows);
  const cell = (column: Column) => ({
    name: `${column.key}_printed`,
    sql: PRINTED[column.type](column),
    isText: column.type === 'text',
  });
  const several = (name: string) => ({
    name: `${name}_cells`,
    sql: `if({delimiter:String} = '${PRINTED_DELIMITER}', ${name}, replaceAll(${name}, '${PRINTED_DELIMITER}', {delimiter:String}))`,
    isText: false,
  });
  const cells = hasPrintedCells(rows)
    ? COLUMNS_AND_TEXTS.map(part => (typeof part === 'string' ? several(part) : cell(part)))
    : columns.map(cell);
  return { cells, from };
}

/** Lines of cells, quoted as in RFC 4180. The header is there even if there are no rows. */
export function delimited(delimiter: string, contentType: string, extension: string): Format {
  const header = `${COLUMNS.map(column => column.header).join(delimiter)}\n`;
  return {
    contentType,
    extension,
    write: (engine, rows, { keepFormulas, signal }) =>
      framed(
        header,
        engine.stream(
          delimitedSql(rows),
          { ...rows.params, delimiter, keep_formulas: Number(keepFormulas) },
          { format: 'TSVRaw', ...(signal ? { signal } : {}) },
        ),
        '',
      ),
  };
}
