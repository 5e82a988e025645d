// The SQL that writes each row of a report as a row of an Excel sheet.
import type { Column, ColumnType } from '../columns/columns.ts';
import { fromRows, FILE_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { hundredthsOf, PRINTED } from '../columns/values.ts';
import { cellSql } from './format.ts';
import { ESCAPE_XML_SQL } from './markup.ts';

/** Indexes of the styles in `cellXfs` of the workbook's styles. */
export const STYLE = { plain: 0, dts: 1, minutes: 2, percent: 3, header: 4 } as const;

/** Most UTF-16 units in a cell that Excel opens. */
const CELL_UNITS = 32_767;

/** A long text with characters of two units is cut to the length that fits even if all have two. */
const FITTING_SQL = `
  (text -> substringUTF8(text, 1, if(
    length(text) > ${CELL_UNITS} AND match(text, '[\\\\x{10000}-\\\\x{10FFFF}]'), ${Math.floor(CELL_UNITS / 2)}, ${CELL_UNITS}
  ))) AS fitting`;

/** In a workbook `_x0041_` means A and `_x005F_` an underscore; texts with such a sequence are escaped. */
const LITERAL_SQL = String.raw`
  (text -> replaceRegexpAll(text, '_(x[0-9A-Fa-f]{4})', '_x005F_\\1')) AS literal`;

const SHOWN_SQL = '(text -> literal(escaped(fitting(text)))) AS shown';

/** Excel's day 0 is 25,569 days before 1970. */
const DAYS_BEFORE_1970 = 25_569;

/** In days, with all digits: readers truncate, and a number slightly too small would show the minute before. */
const wallClock = (sql: string) => {
  const at = `toTimeZone(fromUnixTimestamp64Milli(assumeNotNull(${sql}), 'UTC'), {timezone:String})`;
  return `(assumeNotNull(${sql}) / 1000 + timezoneOffset(${at})) / 86400 + ${DAYS_BEFORE_1970}`;
};

/** The text of a cell; the inner SELECT names it. */
const cellText = (column: Column) =>
  `${column.type === 'text' ? 'cell' : 'shown'}(${PRINTED[column.type](column)}) AS ${column.key}_cell`;

/** Readers keep white space at the ends, plain or as a reference, only if the cell says `preserve`. */
const textCell = ({ key }: Column) =>
  `if(${key}_cell = '', '/>', concat(
    if(
      ${key}_cell < '!' OR substring(${key}_cell, -1) < '!'
        OR startsWith(${key}_cell, '&#1') OR endsWith(${key}_cell, '0;') OR endsWith(${key}_cell, '3;'),
      ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'
    ), ${key}_cell, '</t></is></c>'
  ))`;

/** Empty if the number is unknown. */
const numberCell = (style: string, sql: string) => `ifNull(concat('${style}><v>', toString(${sql}), '</v></c>'), '/>')`;

/** Each type's cell after its beginning `<c r="A1"`. */
const CELLS: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: textCell,
  labels: textCell,
  dts: ({ sql }) =>
    `if(isNull(${sql}), '/>', concat(' s="${STYLE.dts}"><v>', toString(${wallClock(sql)}), '</v></c>'))`,
  count: ({ sql }) => numberCell('', sql),
  minutes: column => numberCell(` s="${STYLE.minutes}"`, `${hundredthsOf(column)} / 100`),
  percent: column => numberCell(` s="${STYLE.percent}"`, `${hundredthsOf(column)} / 10000`),
};

/** Column names A to Z, then AA to ZZ: enough for 702 columns. */
export function letters(index: number): string {
  const letter = (nth: number) => String.fromCharCode(65 + nth);
  return index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26);
}

/**
 * One statement whose rows, read as TSVRaw, are the rows of the sheets.
 * @param sheetRows most rows of a sheet, including its header
 */
export function sheetRowsSql(columns: readonly Column[], sheetRows: number, rows: ReportPlan): string {
  const cells = columns.map(
    (column, index) => `'<c r="${letters(index)}', sheet_row, '"', ${CELLS[column.type](column)}`,
  );
  const texts = columns.filter(({ type }) => type === 'text' || type === 'labels').map(cellText);
  return `
  WITH ${ESCAPE_XML_SQL}, ${FITTING_SQL}, ${LITERAL_SQL}, ${SHOWN_SQL}, ${cellSql(rows, 'shown')}
  SELECT concat('<row r="', sheet_row, '">', ${cells.join(', ')}, '</row>')
  FROM (
    SELECT *, ${texts.join(', ')}, toString(rowNumberInAllBlocks() % ${sheetRows - 1} + 2) AS sheet_row
    FROM (SELECT * ${fromRows(rows, columns)})
  )
  ${FILE_SETTINGS}`;
}
