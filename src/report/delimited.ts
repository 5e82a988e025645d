// Columns into the SQL that writes each session as one delimited line: CSV bytes come straight out of the engine.
import { FOLD_SETTINGS } from '../sessions/sessions.ts';
import { COLUMNS, type Column, type ColumnType } from './columns.ts';
import { NAMED_SESSIONS_SQL } from './named-sessions.ts';

/** First characters that make a spreadsheet run a cell as a formula, phone numbers such as +1 (650) 555 excepted. */
const FORMULA = '^(?:[=@\\\\t]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])';

const WRITERS: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: ({ sql }) => `cell(${sql})`,
  dts: ({ sql }) =>
    `ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(${sql}, 'UTC'), 'M/d/yy h:mm a', {timezone:String}), '')`,
  count: ({ sql }) => `toString(${sql})`,
  // Half up, in hundredths, from milliseconds.
  minutes: ({ sql, per }) => hundredths(`2 * ${sql}`, `600 * ${per ?? '1'}`),
  percent: ({ sql, per }) => `concat(${hundredths(`20000 * ${sql}`, per ?? '1')}, '%')`,
};

/** `doubled` / 2 / `divisor`, rounded half up, as hundredths with two decimals; over zero it is zero. */
function hundredths(doubled: string, divisor: string): string {
  return `toDecimalString(intDivOrZero(${doubled} + ${divisor}, 2 * ${divisor}) / 100, 2)`;
}

/** The header line, with its line end. */
export function headerLine(delimiter: string): string {
  return `${COLUMNS.map(column => column.header).join(delimiter)}\n`;
}

/**
 * One statement whose rows, read as TSVRaw, are the report's lines in order of login.
 * Parameters: those of the fold, `timezone`, `delimiter` (one character) and `keep_formulas` (1: cells stay as they are).
 */
export const DELIMITED_SQL = `
  WITH
    (text -> if(
      NOT {keep_formulas:Bool} AND match(text, '${FORMULA}'), concat('''', text), text
    )) AS guarded,
    (text -> if(
      match(guarded(text), concat('["\\\\n\\\\r', {delimiter:String}, ']')),
      concat('"', replaceAll(guarded(text), '"', '""'), '"'), guarded(text)
    )) AS cell
  SELECT concatWithSeparator({delimiter:String}, ${COLUMNS.map(column => WRITERS[column.type](column)).join(', ')})
  FROM (${NAMED_SESSIONS_SQL})
  ORDER BY login_ms, login_session_id, account_id
  SETTINGS ${FOLD_SETTINGS}`;
