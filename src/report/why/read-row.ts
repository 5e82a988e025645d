// One session's row of the report: printed values, and the exact numbers behind them.
import type { Engine } from '../../engine/engine.ts';
import type { Column } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { MEASURE_NAMES } from '../columns/measures.ts';
import { planReport, type ReportClock, sessionParams } from '../query/criteria.ts';
import { printedColumns } from '../query/printed-columns.ts';
import { typedColumns } from '../columns/typed-columns.ts';
import { fromRows, REPORT_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { hundredthsOf, PRINTED } from '../columns/values.ts';

/** Text; instant or duration in milliseconds; count; null: none (yet); milliseconds by label. */
export type Exact = string | number | null | Record<string, number>;

export interface SessionRow {
  agentId: string;
  agentGroupId: string;
  agentGroupName: string;
  loginMs: number;
  endMs: number;
  endReason: string;
  isImported: boolean;
  /** By column key, as in the CSV. */
  printed: Readonly<Record<string, string>>;
  /** By column key; for ratios and averages hundredths of a per cent or of a minute. */
  exact: Readonly<Record<string, Exact>>;
  /** Measures without a column, by the fold's names. */
  fields: Readonly<Record<string, number>>;
}

/** Columns of the fold that a formula may name and no column of the report shows. */
const FIELDS = [...MEASURE_NAMES.filter(name => !ALL_COLUMNS.some(({ sql }) => sql === name)), 'login_ms', 'end_ms'];

interface SessionAsked {
  accountId: string;
  loginSessionId: string;
  /** Zone of printed times, a name of the tz database. */
  timezone: string;
  visibleGroups: ReadonlyMap<string, readonly string[]>;
}

const WHERE_SQL = `
  SELECT agentId, loginMs
  FROM (
    SELECT agent_id AS agentId, login_ms AS loginMs, has_login AS isRecorded, 0 AS isImported
    FROM login_sessions FINAL
    WHERE account_id = {account:String} AND login_session_id = {session:String}
    UNION ALL
    SELECT agent_id AS agentId, login_ms AS loginMs, 0 AS isRecorded, 1 AS isImported
    FROM imported_sessions FINAL
    WHERE account_id = {account:String} AND login_session_id = {session:String}
  )
  ORDER BY isRecorded DESC, isImported DESC
  LIMIT 1`;

/**
 * The row's values in some columns: each column costs planning time.
 * @returns undefined if the session does not exist, or the caller may not see its agent's group
 */
export async function readRow(
  engine: Engine,
  { accountId, loginSessionId, timezone, visibleGroups }: SessionAsked,
  clock: ReportClock,
  columns: readonly Column[],
): Promise<SessionRow | undefined> {
  const ids = { account: accountId, session: loginSessionId };
  const [place] = await engine.query<{ agentId: string; loginMs: number }>(WHERE_SQL, ids);
  if (place === undefined) return undefined;
  const params = {
    ...sessionParams({
      accountIds: [accountId],
      agentIds: [place.agentId],
      agentGroupIds: [],
      agentTeams: [],
      fromMs: place.loginMs,
      toMs: place.loginMs,
      visibleGroups,
      ...clock,
    }),
    timezone,
  };
  const found = await planReport(engine, {
    params,
    rollupAgent: false,
    isLimited: false,
    hasImported: false,
    source: 'fold',
    restrictions: ['agents', 'visible'],
  });
  // For one session, folding costs less than planning a statement that both reads and folds.
  const rows: ReportPlan = { ...found, source: found.source === 'cacheAndFold' ? 'fold' : found.source };
  const cells = await engine.query<Cells>(rowSql(rows, columns), rows.params);
  // Other sessions of the agent may begin at the same instant.
  const nth = cells.findIndex(row => row.session_id === loginSessionId);
  if (nth < 0) return undefined;
  return sessionRow({ ...cells[nth]!, ...(await readCells(engine, rows, nth)) }, columns);
}

/** Names have prefixes: p_ printed, e_ exact, f_ field. */
type Cells = Record<string, Exact>;

function rowSql(rows: ReportPlan, columns: readonly Column[]): string {
  const values = typedColumns(columns, rows).flatMap(column => [
    `${exactOf(column)} AS e_${column.key}`,
    `${PRINTED[column.type](column)} AS p_${column.key}`,
  ]);
  const fields = FIELDS.map(name => `toInt64(${name}) AS f_${name}`);
  const texts = ['agent_id', 'agent_group_id', 'agent_group_name', 'end_reason'].map(
    name => `toString(${name}) AS f_${name}`,
  );
  const origin = `${rows.hasImported ? 'origin' : "'computed'"} AS f_origin`;
  return `SELECT login_session_id AS session_id, ${[...values, ...fields, ...texts, origin].join(', ')}
    ${fromRows(rows, ALL_COLUMNS)} ${REPORT_SETTINGS}`;
}

/** The printed cells of an imported report; both statements have the same order. */
async function readCells(engine: Engine, rows: ReportPlan, nth: number): Promise<Cells> {
  if (!rows.hasImported) return {};
  const { columns, from } = printedColumns(rows);
  const cells = columns.map(column => `${PRINTED[column.type](column)} AS p_${column.key}`);
  const printed = await engine.query<Cells>(`SELECT ${cells.join(', ')} ${from} ${REPORT_SETTINGS}`, rows.params);
  return printed[nth] ?? {};
}

function exactOf(column: Column): string {
  if (column.type === 'text') return `toString(${column.sql})`;
  if (column.type === 'labels') return `CAST(${column.sql}, 'Map(String, Int64)')`;
  const isRounded = column.per !== undefined;
  return isRounded ? `toInt64(${hundredthsOf(column)})` : `CAST(${column.sql}, 'Nullable(Int64)')`;
}

function sessionRow(row: Cells, columns: readonly Column[]): SessionRow {
  const pick = (prefix: string, keys: readonly string[]) =>
    Object.fromEntries(keys.map(key => [key, row[`${prefix}_${key}`] ?? null]));
  const keys = columns.map(({ key }) => key);
  const fields = pick('f', FIELDS) as Record<string, number>;
  return {
    agentId: String(row.f_agent_id),
    agentGroupId: String(row.f_agent_group_id),
    agentGroupName: String(row.f_agent_group_name),
    loginMs: fields.login_ms!,
    endMs: fields.end_ms!,
    endReason: String(row.f_end_reason),
    isImported: row.f_origin === 'imported',
    printed: pick('p', keys) as Record<string, string>,
    exact: pick('e', keys),
    fields,
  };
}
