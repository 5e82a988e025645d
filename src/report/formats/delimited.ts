// CSV and other delimited text: the engine writes each row as one line.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { guardedSql } from '../columns/formula-guard.ts';
import { printedColumns } from '../query/printed-columns.ts';
import { hasStoredCells } from '../query/sessions-with-agents.ts';
import { COLUMNS_AND_TEXTS, PRINTED_DELIMITER } from '../columns/printed-cells.ts';
import { FILE_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { PRINTED } from '../columns/values.ts';
import { cellSql, type Format, framed } from './format.ts';

/**
 * One statement whose rows, read as TSVRaw, are the report's lines.
 * Parameters: those of the report, `delimiter` (one character) and `keep_formulas` (1: formulas are not guarded).
 */
export function delimitedSql(rows: ReportPlan): string {
  const { cells, from } = cellsOf(rows);
  return `
  WITH
    (text -> if({keep_formulas:Bool}, text, ${guardedSql('text')})) AS guarded,
    (text -> if(
      match(text, concat('["\\n\\r', {delimiter:String}, ']')),
      concat('"', replaceAll(guarded(text), '"', '""'), '"'), guarded(text)
    )) AS quoted,
    ${cellSql(rows, 'quoted')}
  SELECT concatWithSeparator({delimiter:String}, ${cells.join(', ')}) AS line
  ${from}
  ${FILE_SETTINGS}`;
}

/** The parts of a line: single cells, and neighbouring numbers with their delimiters. */
function cellsOf(rows: ReportPlan): { cells: readonly string[]; from: string } {
  const { columns, from } = printedColumns(rows);
  const cell = (column: Column) => (column.type === 'text' ? `cell(${column.sql})` : PRINTED[column.type](column));
  const several = (name: string) =>
    `if({delimiter:String} = '${PRINTED_DELIMITER}', ${name}, replaceAll(${name}, '${PRINTED_DELIMITER}', {delimiter:String}))`;
  const cells = hasStoredCells(rows)
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
