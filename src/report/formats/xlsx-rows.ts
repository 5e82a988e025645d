// Columns into the SQL that writes each row of a report as a row of an Excel sheet.
import type { Column, ColumnType } from '../columns/columns.ts';
import { fromRows, REPORT_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { hundredthsOf, PRINTED } from '../columns/values.ts';
import { ESCAPE_XML_SQL } from './markup.ts';

/** Styles by number, in the order of `cellXfs` in the workbook's styles. */
export const STYLE = { plain: 0, dts: 1, minutes: 2, percent: 3, header: 4 } as const;

/** UTF-16 units of a cell that Excel opens. */
const CELL_UNITS = 32_767;

/** Where characters of two units are in a text of so many bytes, as many are kept as fit if all are such. */
const FITTING_SQL = `
  (text -> substringUTF8(text, 1, if(
    length(text) > ${CELL_UNITS} AND match(text, '[\\\\x{10000}-\\\\x{10FFFF}]'), ${Math.floor(CELL_UNITS / 2)}, ${CELL_UNITS}
  ))) AS fitting`;

/** In a workbook `_x0041_` stands for A, and `_x005F_` for an underscore: so a text that has such a thing keeps it. */
const LITERAL_SQL = String.raw`
  (text -> replaceRegexpAll(text, '_(x[0-9A-Fa-f]{4})', '_x005F_\\1')) AS literal`;

/** Excel counts days from here; 25,569 of them lie before 1970. */
const DAYS_BEFORE_1970 = 25_569;

/** In days, with all digits of the number: a reader cuts off seconds, so that one that is a little less shows the minute before. */
const wallClock = (sql: string) => {
  const at = `toTimeZone(fromUnixTimestamp64Milli(assumeNotNull(${sql}), 'UTC'), {timezone:String})`;
  return `(assumeNotNull(${sql}) / 1000 + timezoneOffset(${at})) / 86400 + ${DAYS_BEFORE_1970}`;
};

/** The text of a cell, which the inner SELECT gives a name. */
const cellText = (column: Column) => `literal(escaped(fitting(${PRINTED[column.type](column)}))) AS ${column.key}_cell`;

/** White space at the ends, which may be a reference, is kept only where the cell says so. */
const textCell = ({ key }: Column) =>
  `if(${key}_cell = '', '/>', concat(
    if(
      ${key}_cell < '!' OR substring(${key}_cell, -1) < '!'
        OR startsWith(${key}_cell, '&#1') OR endsWith(${key}_cell, '0;') OR endsWith(${key}_cell, '3;'),
      ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'
    ), ${key}_cell, '</t></is></c>'
  ))`;

/** Empty where the number is not known. */
const numberCell = (style: string, sql: string) => `ifNull(concat('${style}><v>', toString(${sql}), '</v></c>'), '/>')`;

/** Each value's cell without its beginning `<c r="A1"`, which is the same for all. */
const CELLS: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: textCell,
  labels: textCell,
  dts: ({ sql }) =>
    `if(isNull(${sql}), '/>', concat(' s="${STYLE.dts}"><v>', toString(${wallClock(sql)}), '</v></c>'))`,
  count: ({ sql }) => numberCell('', sql),
  minutes: column => numberCell(` s="${STYLE.minutes}"`, `${hundredthsOf(column)} / 100`),
  percent: column => numberCell(` s="${STYLE.percent}"`, `${hundredthsOf(column)} / 10000`),
};

/** A to Z, then AA and on: the report has fewer than 702 columns. */
export function letters(index: number): string {
  const letter = (nth: number) => String.fromCharCode(65 + nth);
  return index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26);
}

/** One statement whose rows, read as TSVRaw, are those of sheets that hold so many rows, the header of each included. */
export function sheetRowsSql(columns: readonly Column[], sheetRows: number, rows: ReportPlan): string {
  const cells = columns.map(
    (column, index) => `'<c r="${letters(index)}', sheet_row, '"', ${CELLS[column.type](column)}`,
  );
  const texts = columns.filter(({ type }) => type === 'text' || type === 'labels').map(cellText);
  return `
  WITH ${ESCAPE_XML_SQL}, ${FITTING_SQL}, ${LITERAL_SQL}
  SELECT concat('<row r="', sheet_row, '">', ${cells.join(', ')}, '</row>')
  FROM (
    SELECT *, ${texts.join(', ')}, toString(rowNumberInAllBlocks() % ${sheetRows - 1} + 2) AS sheet_row
    FROM (SELECT * ${fromRows(rows)})
  )
  ${REPORT_SETTINGS}`;
}
