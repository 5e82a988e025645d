// SQL expressions of the columns' values: as the CSV prints them, and typed.
import type { Column, ColumnType } from './columns.ts';

/** The instant, or NULL. */
const instant = (sql: string) => `fromUnixTimestamp64Milli(${sql}, 'UTC')`;

/** `doubled / 2 / divisor`, rounded half up to a whole number; a division by zero gives zero. */
const hundredths = (doubled: string, divisor: string) => `intDivOrZero(${doubled} + ${divisor}, 2 * ${divisor})`;

/** Hundredths of a minute (from milliseconds) or of a per cent (from a ratio's two parts). */
export function hundredthsOf({ type, sql, per = '1', hundredths: given }: Column): string {
  if (given !== undefined) return given;
  return type === 'minutes' ? hundredths(`2 * ${sql}`, `600 * ${per}`) : hundredths(`20000 * ${sql}`, per);
}

const decimal = (column: Column) => `toDecimalString(${hundredthsOf(column)} / 100, 2)`;

/** Each label of the column with an SQL expression of its milliseconds, as an array. */
export const eachLabel = (column: Column, of: (label: string, time: Column) => string) =>
  `arrayMap((label, ms) -> ${of('label', { ...column, type: 'minutes', sql: 'ms' })},
    mapKeys(${column.sql}), mapValues(${column.sql}))`;

/** The text that the CSV prints; texts are raw, and each format escapes them. */
export const PRINTED: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: ({ sql }) => sql,
  dts: ({ sql }) => `ifNull(formatDateTimeInJodaSyntax(${instant(sql)}, 'M/d/yy h:mm a', {timezone:String}), '')`,
  count: ({ sql }) => `toString(${sql})`,
  minutes: decimal,
  percent: column => `concat(${decimal(column)}, '%')`,
  labels: column =>
    `arrayStringConcat(${eachLabel(column, (label, time) => `concat(${label}, '=', ${decimal(time)})`)}, '; ')`,
};

const typedDecimal = (column: Column) => `toDecimal64(${hundredthsOf(column)}, 2) / 100`;

/** The typed value: text, instant in UTC or NULL, whole number, decimal with two places (minutes or per cent), or map of label to minutes. */
export const TYPED: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: ({ sql }) => `toString(${sql})`,
  dts: ({ sql }) => instant(sql),
  count: ({ sql }) => `toUInt64(${sql})`,
  minutes: typedDecimal,
  percent: typedDecimal,
  labels: column => `mapFromArrays(mapKeys(${column.sql}), ${eachLabel(column, (_, time) => typedDecimal(time))})`,
};
