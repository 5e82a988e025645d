// Totals of a report view: sums over the cached sessions it has seen, and over the rows that have their cells.
import type { Engine } from '../../engine/engine.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { fromRows, REPORT_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { hasCachedRows } from './view-rows.ts';
import { isSummed, LABELS, labelMinutes, number, SUMMED, type Values, valuesOf } from './view-values.ts';

export interface ViewTotals {
  rowCount: number;
  /** For the columns of counts, minutes, per cents and labels. */
  totals: Values;
}

interface Row {
  rowCount: number;
  numbers: number[];
  labelMs: Record<string, number>;
  isSame: number;
}

/**
 * Totals over all rows. Ratios are ratios of sums, as in a report with one row per agent.
 * @returns undefined if the session cache has changed since the rows were written
 */
export async function readViewTotals(engine: Engine, rows: ReportPlan): Promise<ViewTotals | undefined> {
  const [row] = await engine.query<Row>(totalsSql(rows), rows.params);
  if (!row?.isSame) return undefined;
  const { rowCount, numbers, labelMs } = row;
  const totals = { ...valuesOf(ALL_COLUMNS.filter(isSummed), numbers), [LABELS.key]: labelMinutes(labelMs) };
  return { rowCount, totals };
}

/** Rows that have their cells. */
const OWN_SQL = `
  SELECT ${SUMMED.map((field, nth) => `sums[${nth + 1}] AS ${field}`).join(', ')}, row_count, versions, labels
  FROM (
    SELECT sumForEach(sums) AS sums, count() AS row_count, toUInt64(0) AS versions, sumMap(label_ms) AS labels
    FROM report_view_rows
    WHERE view_id = {view_id:String} AND folded_at = 0
  )`;

/** The cached sessions of the report, by the same criteria; their order does not matter. */
const cachedSql = (rows: ReportPlan) => `
  SELECT
    ${SUMMED.map(field => `sum(toInt64(${field})) AS ${field}`).join(', ')},
    count() AS row_count,
    sum(folded_at) AS versions,
    sumMap(CAST(label_ms, 'Map(String, Int64)')) AS labels
  FROM (SELECT ${[...SUMMED, 'folded_at', 'label_ms'].join(', ')} ${fromRows(fromCache(rows), [])})`;

const fromCache = (rows: ReportPlan): ReportPlan =>
  rows.source === 'cacheAndFold' ? { ...rows, source: 'cache' } : rows;

const partsSql = (rows: ReportPlan) => (hasCachedRows(rows) ? `${OWN_SQL} UNION ALL ${cachedSql(rows)}` : OWN_SQL);

/** Each change of a cached session has a later version, so equal sums of them mean that both statements have seen the same. */
const totalsSql = (rows: ReportPlan) => `
  WITH (
    SELECT (count(), sum(folded_at)) FROM report_view_rows WHERE view_id = {view_id:String}
  ) AS stored
  SELECT
    row_count AS rowCount,
    [${ALL_COLUMNS.filter(isSummed).map(number).join(', ')}] AS numbers,
    labels AS labelMs,
    (row_count, versions) = stored AS isSame
  FROM (
    SELECT
      ${SUMMED.map(field => `sum(part.${field}) AS ${field}`).join(', ')},
      sum(part.row_count) AS row_count,
      sum(part.versions) AS versions,
      sumMap(part.labels) AS labels
    FROM (${partsSql(rows)}) AS part
  )
  ${REPORT_SETTINGS}`;
