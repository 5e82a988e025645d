// Values of a view's columns: as SQL that stores or sums them, and as the typed values that a page shows.
import type { Column } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { hundredthsOf } from '../columns/values.ts';

/** Text; instant as ISO 8601 in UTC, or null; count; minutes or per cent with two places; minutes by label. */
export type Value = string | number | null | Readonly<Record<string, number>>;
/** By column key. */
export type Values = Readonly<Record<string, Value>>;

export const isText = ({ type }: Column) => type === 'text';
export const isNumber = ({ type }: Column) => type !== 'text' && type !== 'labels';
export const isSummed = ({ type }: Column) => type === 'count' || type === 'minutes' || type === 'percent';
export const CELLS = { texts: ALL_COLUMNS.filter(isText), numbers: ALL_COLUMNS.filter(isNumber) };
export const LABELS = ALL_COLUMNS.find(({ type }) => type === 'labels')!;

/** Measures that counts, times and ratios are computed from. */
export const SUMMED = [
  ...new Set(ALL_COLUMNS.filter(isSummed).flatMap(({ sql, per }) => (per === undefined ? [sql] : [sql, per]))),
];

/** SQL of milliseconds, a count or hundredths; NULL if unknown. */
export function number(column: Column): string {
  if (column.type === 'dts') return `CAST(${column.sql}, 'Nullable(Int64)')`;
  return `CAST(${column.type === 'count' ? column.sql : hundredthsOf(column)}, 'Nullable(Int64)')`;
}

export function valuesOf(columns: readonly Column[], stored: readonly (string | number | null)[]): Values {
  return Object.fromEntries(columns.map(({ key, type }, nth) => [key, typedValue(type, stored[nth] ?? null)]));
}

function typedValue(type: Column['type'], stored: string | number | null): Value {
  if (typeof stored !== 'number' || type === 'count') return stored;
  return type === 'dts' ? new Date(stored).toISOString() : stored / 100;
}

/** Rounded half up, like all minutes. */
export const labelMinutes = (labelMs: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(labelMs).map(([label, ms]) => [label, Math.floor((ms + 300) / 600) / 100]));
