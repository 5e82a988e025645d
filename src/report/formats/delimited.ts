// Columns into the SQL that writes each session as one delimited line: CSV bytes come straight out of the engine.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { printedColumns } from '../query/printed-columns.ts';
import { hasPrintedCells } from '../query/sessions-with-agents.ts';
import { COLUMNS_AND_TEXTS, PRINTED_DELIMITER } from '../columns/printed-cells.ts';
import { REPORT_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { PRINTED } from '../columns/values.ts';
import { type Format, framed } from './format.ts';

/** First characters that make a spreadsheet run a cell as a formula, phone numbers such as +1 (650) 555 excepted. */
const FORMULA = '^(?:[=@\\\\t]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])';

/** Stands before each text where all of a row are looked through at once; one that holds it itself is only looked at closer. */
const MARK = "'\\x01'";
/** What may have to be quoted or guarded: most rows hold none of it, and to look for that costs less than to treat each text. */
const RARE = `[{delimiter:String}, '"', '\\n', '\\r', ${['=', '@', '\\t', '+', '-']
  .map(first => `'\\x01${first}'`)
  .join(', ')}]`;

/**
 * One statement whose rows, read as TSVRaw, are the report's lines.
 * Parameters: those of the report, `delimiter` (one character) and `keep_formulas` (1: cells stay as they are).
 */
export function delimitedSql(rows: ReportPlan): string {
  const { cells, from } = cellsOf(rows);
  const texts = cells.filter(({ isText }) => isText).map(({ name }) => name);
  const line = (cellOf: (name: string) => string) =>
    `concatWithSeparator({delimiter:String}, ${cells.map(({ isText, name }) => (isText ? cellOf(name) : name)).join(', ')})`;
  return `
  WITH
    (text -> if(
      NOT {keep_formulas:Bool} AND match(text, '${FORMULA}'), concat('''', text), text
    )) AS guarded,
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

/** What a line is put together from: a cell, or several that hold no text and have their delimiters. */
interface Cell {
  name: string;
  sql: string;
  /** It may have to be quoted or guarded. */
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

/** Lines of cells as RFC 4180 quotes them, under a header that is there when no row is. */
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
