// The 39 columns as SELECT lists of other engines, over a table with the same sessions as numbers and texts.
import { COLUMNS, type Column } from '../../src/report/columns/columns.ts';
import { MEASURE_NAMES } from '../../src/report/columns/measures.ts';

/** Fields of a session that the columns read. */
export const TEXTS = [
  'agent_id',
  'last_name',
  'first_name',
  'username',
  'directory_username',
  'phone',
  'dial_group_name',
  'directory_dial_group_name',
  'external_agent_id',
  'directory_external_agent_id',
  'team',
  'login_session_id',
];
export const NUMBERS = [
  'login_ms',
  'end_ms',
  'is_open',
  ...MEASURE_NAMES.filter(name => COLUMNS.some(({ sql, per }) => sql === name || per === name)),
];

interface Dialect {
  /** An instant of milliseconds as the report prints it; in UTC, which is less work than the report's zone. */
  dts: (ms: string) => string;
  /** Hundredths with two places. */
  decimal: (hundredths: string) => string;
  /** Whole quotient. */
  quotient: (a: string, b: string) => string;
}

export const DUCKDB: Dialect = {
  dts: ms => `coalesce(strftime(epoch_ms(${ms}), '%-m/%-d/%y %-I:%M %p'), '')`,
  decimal: hundredths => `CAST(CAST(${hundredths} AS DOUBLE) / 100 AS DECIMAL(18, 2))`,
  quotient: (a, b) => `(${a}) // (${b})`,
};

export const POSTGRESQL: Dialect = {
  dts: ms => `coalesce(to_char(to_timestamp((${ms}) / 1000.0) AT TIME ZONE 'UTC', 'FMMM/FMDD/YY FMHH12:MI AM'), '')`,
  decimal: hundredths => `CAST((${hundredths}) / 100.0 AS numeric(18, 2))`,
  quotient: (a, b) => `(${a}) / (${b})`,
};

const withCase = (sql: string) => sql.replace(/^if\((.+?), (.+?), (.+)\)$/, '(CASE WHEN $1 THEN $2 ELSE $3 END)');

function printed({ type, sql, per = '1' }: Column, { dts, decimal, quotient }: Dialect): string {
  const value = withCase(sql);
  if (type === 'text' || type === 'count') return value;
  if (type === 'dts') return dts(value);
  const [doubled, divisor] = type === 'minutes' ? [`2 * ${value}`, `600 * ${per}`] : [`20000 * ${value}`, per];
  const safe = `CASE WHEN ${divisor} = 0 THEN 0 ELSE ${quotient(`${doubled} + ${divisor}`, `2 * ${divisor}`)} END`;
  return type === 'minutes' ? decimal(safe) : `concat(${decimal(safe)}, '%')`;
}

/** All columns, for a SELECT. */
export function selectList(dialect: Dialect): string {
  return COLUMNS.map(column => `${printed(column, dialect)} AS "${column.header}"`).join(',\n  ');
}
