// Columns into SQL expressions of their values: as the CSV prints them, and typed.
import { FOLD_SETTINGS } from '../sessions/sessions.ts';
import type { Column, ColumnType } from './columns.ts';
import { NAMED_SESSIONS_SQL } from './named-sessions.ts';

/** The order of every report. */
export const LOGIN_ORDER = 'login_ms, login_session_id, account_id';

/** What follows the SELECT list of every report: its sessions, in order of login. */
export const FROM_SESSIONS = `
  FROM (${NAMED_SESSIONS_SQL})
  ORDER BY ${LOGIN_ORDER}
  SETTINGS ${FOLD_SETTINGS}`;

/** An instant of the column, or NULL. */
const instant = (sql: string) => `fromUnixTimestamp64Milli(${sql}, 'UTC')`;

/** `2 * sql / divisor` in hundredths, rounded half up, a whole number; over zero it is zero. */
const hundredths = (doubled: string, divisor: string) =>
  `intDivOrZero(${doubled} + ${divisor}, 2 * ${divisor})`;

/** Hundredths of a minute (from milliseconds) or of a per cent (from a ratio's two parts). */
export function hundredthsOf({ type, sql, per = '1' }: Column): string {
  return type === 'minutes' ? hundredths(`2 * ${sql}`, `600 * ${per}`) : hundredths(`20000 * ${sql}`, per);
}

const decimal = (column: Column) => `toDecimalString(${hundredthsOf(column)} / 100, 2)`;

/** The text that the CSV prints; a text column is given raw, for each format to escape. */
export const PRINTED: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: ({ sql }) => sql,
  dts: ({ sql }) =>
    `ifNull(formatDateTimeInJodaSyntax(${instant(sql)}, 'M/d/yy h:mm a', {timezone:String}), '')`,
  count: ({ sql }) => `toString(${sql})`,
  minutes: decimal,
  percent: column => `concat(${decimal(column)}, '%')`,
};

/** The typed value: text, instant in UTC or NULL, whole number, decimal with two places (minutes; per cent). */
export const TYPED: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: ({ sql }) => `toString(${sql})`,
  dts: ({ sql }) => instant(sql),
  count: ({ sql }) => `toUInt64(${sql})`,
  minutes: column => `toDecimal64(${hundredthsOf(column)}, 2) / 100`,
  percent: column => `toDecimal64(${hundredthsOf(column)}, 2) / 100`,
};
