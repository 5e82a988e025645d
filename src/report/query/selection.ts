// Filters and sorting by the report's columns, as SQL over its rows with bound parameters.
import { UserError } from '../../errors.ts';
import type { Params } from '../../engine/engine.ts';
import type { Column, ColumnType } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { instantRange } from './range.ts';
import { hundredthsOf } from '../columns/values.ts';

const RANGES = ['EQUALS', 'AT_LEAST', 'AT_MOST', 'BETWEEN'] as const;
const TEXTS = ['CONTAINS', 'EQUALS', 'IN', 'IS_EMPTY', 'IS_NOT_EMPTY'] as const;
/** Operators of filters. */
export const OPERATORS = [...new Set([...RANGES, ...TEXTS])];
export type Operator = (typeof OPERATORS)[number];

export interface ReportFilter {
  /** Key or header of a column. */
  column: string;
  operator: Operator;
  /** In the unit that the column shows; a list for BETWEEN (two) and IN; undefined for IS_EMPTY and IS_NOT_EMPTY. */
  value: string | number | readonly (string | number)[] | undefined;
}

export interface ReportSort {
  /** Key or header of a column. */
  column: string;
  direction: 'ASC' | 'DESC';
}

/** Checked filters and sort columns. */
export interface Selection {
  filters: readonly { column: Column; operator: Operator }[];
  sort: readonly { column: Column; direction: ReportSort['direction'] }[];
  /** Parameters of the filters. */
  params: Params;
}

/** The zone of wall-clock times in filters, and now. */
interface FilterClock {
  timezone: string;
  nowMs: number;
}

/** @throws UserError INVALID_REQUEST for an unknown column, or an operator or value that does not fit it */
export function selectionOf(
  filters: readonly ReportFilter[],
  sort: readonly ReportSort[],
  clock: FilterClock,
): Selection {
  const named = filters.map(filter => ({ ...filter, column: columnNamed('filters', filter.column) }));
  return {
    filters: named,
    sort: sort.map(({ column, direction }) => ({ column: columnNamed('sort', column), direction })),
    params: Object.assign({}, ...named.map((filter, nth) => filterParams(filter, nth, clock))),
  };
}

/** The rows that meet the conditions, with the sort keys as columns `sort_0`, `sort_1` … */
export function selectedRows(from: string, { filters, sort }: Selection, typed: TypedColumns): string {
  const keys = sort.map(({ column }, nth) => `${sortKey(typed([column])[0]!)} AS sort_${nth}`);
  const conditions = filters.map(({ column, operator }, nth) => condition(typed([column])[0]!, operator, nth));
  return `(
    SELECT ${['*', ...keys].join(', ')}
    FROM (${from})
    ${conditions.length === 0 ? '' : `WHERE ${conditions.join('\n      AND ')}`}
  )`;
}

/** Columns as values of the report's rows. */
type TypedColumns = (columns: readonly Column[]) => readonly Column[];

/** The sort columns of the ORDER BY clause, before the default order. */
export const sortOrder = ({ sort }: Selection): string =>
  sort.map(({ direction }, nth) => `sort_${nth} ${direction} NULLS LAST, `).join('');

function columnNamed(field: string, name: string): Column {
  const column = ALL_COLUMNS.find(({ key, header }) => key === name || header === name);
  if (column !== undefined && column.type !== 'labels') return column;
  throw refused(
    `${field}.column`,
    name,
    `'${name}' is not a column that a report can be filtered or sorted by.`,
    'Use the key or the header of a column.',
  );
}

/** Texts ignore case, and sort numbers in them as numbers. */
function sortKey(column: Column): string {
  return column.type === 'text' ? `(toUInt64OrZero(${value(column)}), lowerUTF8(${value(column)}))` : value(column);
}

function condition(column: Column, operator: Operator, nth: number): string {
  if (operator === 'IS_EMPTY' || operator === 'IS_NOT_EMPTY') {
    const isEmpty = column.type === 'dts' ? `isNull(${value(column)})` : `(${value(column)} = '')`;
    return operator === 'IS_EMPTY' ? isEmpty : `NOT ${isEmpty}`;
  }
  if (column.type !== 'text') {
    return `ifNull(${value(column)} BETWEEN {filter_${nth}_from:Int64} AND {filter_${nth}_to:Int64}, 0)`;
  }
  return operator === 'CONTAINS'
    ? `positionCaseInsensitiveUTF8(${value(column)}, {filter_${nth}:String}) > 0`
    : `has({filter_${nth}:Array(String)}, ${value(column)})`;
}

/** The value to compare: text, milliseconds or NULL, count, or hundredths, so that 0.22 matches what is shown as 0.22. */
function value(column: Column): string {
  if (column.type === 'text') return `toString(${column.sql})`;
  if (column.type === 'dts') return column.sql;
  return column.type === 'count' ? `toInt64(${column.sql})` : `toInt64(${hundredthsOf(column)})`;
}

type NamedFilter = Omit<ReportFilter, 'column'> & { column: Column };

function filterParams({ column, operator, value: given }: NamedFilter, nth: number, clock: FilterClock): Params {
  requireOperator(column, operator);
  if (operator === 'IS_EMPTY' || operator === 'IS_NOT_EMPTY') return {};
  const values = typeof given === 'object' ? given : given === undefined ? [] : [given];
  const isMany = operator === 'IN';
  const wanted = operator === 'BETWEEN' ? 2 : 1;
  if (isMany ? values.length === 0 : values.length !== wanted) {
    throw refused(
      'filters.value',
      given,
      `${operator} needs ${isMany ? 'a list of values' : wanted === 2 ? 'two values' : 'one value'}.`,
      'Give them in `value`.',
    );
  }
  if (column.type === 'text') {
    const texts = values.map(String);
    return { [`filter_${nth}`]: operator === 'CONTAINS' ? texts[0]! : texts };
  }
  const [from, to] = column.type === 'dts' ? instants(values, clock) : numbers(values, column);
  return {
    [`filter_${nth}_from`]: operator === 'AT_MOST' ? Number.MIN_SAFE_INTEGER : from,
    [`filter_${nth}_to`]: operator === 'AT_LEAST' ? Number.MAX_SAFE_INTEGER : to,
  };
}

/** The operators that fit a column's type; none for labels, which are many values. */
export function operatorsFor(type: ColumnType): Operator[] {
  if (type === 'labels') return [];
  if (type === 'dts') return [...RANGES, 'IS_EMPTY', 'IS_NOT_EMPTY'];
  return type === 'text' ? [...TEXTS] : [...RANGES];
}

function requireOperator({ type, header }: Column, operator: Operator): void {
  const fitting = operatorsFor(type);
  if (fitting.includes(operator)) return;
  const remedy = `Use one of ${fitting.join(', ')}.`;
  throw refused('filters.operator', operator, `The operator ${operator} does not fit the column '${header}'.`, remedy);
}

/** First and last instant in milliseconds; a time includes all of its last unit. */
function instants(values: readonly (string | number)[], { timezone, nowMs }: FilterClock): [number, number] {
  const { fromMs, toMs } = instantRange(String(values[0]), String(values.at(-1)), timezone, nowMs);
  return [fromMs, toMs];
}

function numbers(values: readonly (string | number)[], { type, header }: Column): [number, number] {
  const scaled = values.map(given => {
    const number = typeof given === 'string' && given.trim() === '' ? Number.NaN : Number(given);
    // Larger numbers overflow the engine's integers.
    if (Math.abs(number) < 1e12) return type === 'count' ? number : Math.round(number * 100);
    throw refused('filters.value', given, `'${given}' is not a number for the column '${header}'.`, 'Give a number.');
  });
  return [Math.ceil(scaled[0]!), Math.floor(scaled.at(-1)!)];
}

function refused(attributeName: string, given: unknown, message: string, remedy: string): UserError {
  return new UserError('INVALID_REQUEST', message, remedy, [
    { attributeName: `reportCriteria.${attributeName}`, message, value: given },
  ]);
}
