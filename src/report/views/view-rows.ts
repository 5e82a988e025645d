// Rows of a report view: stored once in a table, and read as pages and totals of typed values.
import type { Engine } from '../../engine/engine.ts';
import type { Column } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { fromRows, REPORT_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { typedColumns } from '../columns/typed-columns.ts';
import { hundredthsOf } from '../columns/values.ts';

/** Text; instant as ISO 8601 in UTC, or null; count; minutes or per cent with two places; minutes by label. */
export type Value = string | number | null | Readonly<Record<string, number>>;
/** By column key. */
export type Values = Readonly<Record<string, Value>>;

export interface ViewRow {
  accountId: string;
  loginSessionId: string;
  values: Values;
}

export interface ViewTotals {
  rowCount: number;
  /** For the columns of counts, minutes, per cents and labels. */
  totals: Values;
}

const isText = ({ type }: Column) => type === 'text';
const isNumber = ({ type }: Column) => type !== 'text' && type !== 'labels';
const isSummed = ({ type }: Column) => type === 'count' || type === 'minutes' || type === 'percent';
const LABELS = ALL_COLUMNS.find(({ type }) => type === 'labels')!;

/** Measures that counts, times and ratios are computed from. */
const SUMMED = [
  ...new Set(ALL_COLUMNS.filter(isSummed).flatMap(({ sql, per }) => (per === undefined ? [sql] : [sql, per]))),
];

/** Stores the rows in their order. */
export async function writeViewRows(engine: Engine, viewId: string, rows: ReportPlan): Promise<void> {
  const columns = typedColumns(ALL_COLUMNS, rows);
  await engine.command(
    `INSERT INTO report_view_rows
       (view_id, position, account_id, login_session_id, texts, numbers, label_ms, sums)
     SELECT
       {view_id:String},
       rowNumberInAllBlocks(),
       account_id,
       login_session_id,
       [${columns
         .filter(isText)
         .map(({ sql }) => `toString(${sql})`)
         .join(', ')}],
       [${columns.filter(isNumber).map(number).join(', ')}],
       CAST(${LABELS.sql}, 'Map(String, Int64)'),
       [${SUMMED.map(field => `toInt64(${field})`).join(', ')}]
     FROM (SELECT * ${fromRows(rows, columns)})
     ${REPORT_SETTINGS}`,
    { ...rows.params, view_id: viewId },
  );
}

/** SQL of milliseconds, a count or hundredths; NULL if unknown. */
function number(column: Column): string {
  if (column.type === 'dts') return `CAST(${column.sql}, 'Nullable(Int64)')`;
  return `CAST(${column.type === 'count' ? column.sql : hundredthsOf(column)}, 'Nullable(Int64)')`;
}

type StoredRow = Omit<ViewRow, 'values'> & {
  texts: string[];
  numbers: (number | null)[];
  labelMs: Record<string, number>;
};

/** At most `limit` rows, starting at `offset`. */
export async function readViewRows(engine: Engine, viewId: string, offset: number, limit: number): Promise<ViewRow[]> {
  const stored = await engine.query<StoredRow>(
    `SELECT account_id AS accountId, login_session_id AS loginSessionId, texts, numbers, label_ms AS labelMs
     FROM report_view_rows
     WHERE view_id = {view_id:String} AND position >= {from:UInt64} AND position < {to:UInt64}
     ORDER BY position`,
    { view_id: viewId, from: offset, to: offset + limit },
  );
  return stored.map(({ texts, numbers, labelMs, ...row }) => ({
    ...row,
    values: {
      ...valuesOf(ALL_COLUMNS.filter(isText), texts),
      ...valuesOf(ALL_COLUMNS.filter(isNumber), numbers),
      [LABELS.key]: labelMinutes(labelMs),
    },
  }));
}

/** Totals over all rows. Ratios are ratios of sums, as in a report with one row per agent. */
export async function readViewTotals(engine: Engine, viewId: string): Promise<ViewTotals> {
  const columns = ALL_COLUMNS.filter(isSummed);
  const [row] = await engine.query<{ rowCount: number; numbers: number[]; labelMs: Record<string, number> }>(
    `SELECT rowCount, [${columns.map(number).join(', ')}] AS numbers, labelMs
     FROM (
       SELECT ${SUMMED.map((field, nth) => `sums[${nth + 1}] AS ${field}`).join(', ')}, rowCount, labelMs
       FROM (
         SELECT sumForEach(sums) AS sums, count() AS rowCount, sumMap(label_ms) AS labelMs
         FROM report_view_rows
         WHERE view_id = {view_id:String}
       )
     )`,
    { view_id: viewId },
  );
  const { rowCount = 0, numbers = [], labelMs = {} } = row ?? {};
  return { rowCount, totals: { ...valuesOf(columns, numbers), [LABELS.key]: labelMinutes(labelMs) } };
}

export async function dropViewRows(engine: Engine, viewId: string): Promise<void> {
  await engine.command('ALTER TABLE report_view_rows DROP PARTITION {view_id:String}', { view_id: viewId });
}

function valuesOf(columns: readonly Column[], stored: readonly (string | number | null)[]): Values {
  return Object.fromEntries(columns.map(({ key, type }, nth) => [key, typedValue(type, stored[nth] ?? null)]));
}

function typedValue(type: Column['type'], stored: string | number | null): Value {
  if (typeof stored !== 'number' || type === 'count') return stored;
  return type === 'dts' ? new Date(stored).toISOString() : stored / 100;
}

/** Rounded half up, like all minutes. */
const labelMinutes = (labelMs: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(labelMs).map(([label, ms]) => [label, Math.floor((ms + 300) / 600) / 100]));
