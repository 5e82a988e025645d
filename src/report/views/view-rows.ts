// Rows of a report view. The order is stored; the cells of cached sessions are read for each page, those of other rows are stored.
import type { Engine } from '../../engine/engine.ts';
import { FOLD_COLUMNS } from '../../sessions/sessions.ts';
import type { Column } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { typedColumns } from '../columns/typed-columns.ts';
import { fromRows, REPORT_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { hasStoredCells, sessionsOfViewSql } from '../query/sessions-with-agents.ts';
import { CELLS, isNumber, isText, LABELS, labelMinutes, number, SUMMED, type Values, valuesOf } from './view-values.ts';

export interface ViewRow {
  accountId: string;
  loginSessionId: string;
  values: Values;
}

/** The plan with the directory as of now, which is stored for the view. */
export async function freezeDirectory(engine: Engine, viewId: string, rows: ReportPlan): Promise<ReportPlan> {
  const params = { ...rows.params, view_id: viewId };
  await engine.command(
    `INSERT INTO report_view_agents (view_id, ${ENTRY_COLUMNS})
     SELECT {view_id:String}, ${ENTRY_COLUMNS} FROM agents FINAL WHERE account_id IN ({accounts:Array(String)})`,
    params,
  );
  return { ...rows, params, directory: 'ofView' };
}

const ENTRY_COLUMNS =
  'account_id, agent_id, valid_from, first_name, last_name, username, email, agent_type, team, agent_group_id, ' +
  'agent_group_name, external_agent_id, dial_group_name, needs_escaping';

/** Whether the view reads cells from the session cache: of sessions, unless they are folded, imported or counted. */
export const hasCachedRows = (rows: ReportPlan): boolean =>
  hasStoredCells(rows) && rows.source !== 'fold' && !rows.isLimited;

/** Stores the rows in their order. @param rows a plan of `freezeDirectory` */
export async function writeViewRows(engine: Engine, rows: ReportPlan): Promise<void> {
  const columns = typedColumns(ALL_COLUMNS, rows);
  const isCached = hasCachedRows(rows);
  const areAllCached = isCached && rows.source !== 'cacheAndFold';
  /** Not read for cached rows: a report of millions only reads what its order needs. */
  const ownSql = (cells: string, empty = '[]') =>
    areAllCached ? empty : isCached ? `if(folded_at > 0, ${empty}, ${cells})` : cells;
  await engine.command(
    `INSERT INTO report_view_rows (
       view_id, position, account_id, login_session_id, login_ms, agent_id, folded_at, end_reason, texts, numbers, label_ms, sums
     )
     SELECT
       {view_id:String},
       rowNumberInAllBlocks(),
       account_id,
       login_session_id,
       login_ms,
       agent_id,
       ${isCached ? 'folded_at' : '0'},
       end_reason,
       ${ownSql(textCellsSql(columns))},
       ${ownSql(numberCellsSql(columns))},
       ${ownSql(`CAST(${LABELS.sql}, 'Map(String, Int64)')`, 'map()')},
       ${ownSql(`[${SUMMED.map(field => `toInt64(${field})`).join(', ')}]`)}
     FROM (SELECT * ${fromRows(rows, columns)})
     ${REPORT_SETTINGS}`,
    rows.params,
  );
}

const textCellsSql = (columns: readonly Column[]) =>
  `[${columns
    .filter(isText)
    .map(({ sql }) => `toString(${sql})`)
    .join(', ')}]`;
const numberCellsSql = (columns: readonly Column[]) => `[${columns.filter(isNumber).map(number).join(', ')}]`;

/** A row's cells, and its key and version in the session cache. */
interface StoredRow {
  accountId: string;
  loginSessionId: string;
  loginMs: number;
  agentId: string;
  /** UTC microseconds; 0: the row has cells. */
  foldedAt: number;
  endReason: string;
  texts: string[];
  numbers: (number | null)[];
  labelMs: Record<string, number>;
}

const STORED_SQL = `
  SELECT
    account_id AS accountId,
    login_session_id AS loginSessionId,
    login_ms AS loginMs,
    agent_id AS agentId,
    folded_at AS foldedAt,
    end_reason AS endReason,
    texts,
    numbers,
    label_ms AS labelMs
  FROM report_view_rows
  WHERE view_id = {view_id:String} AND position >= {from:UInt64} AND position < {to:UInt64}
  ORDER BY position`;

/** A session of the page in the version that the view has seen. The table is in order of account and login. */
const versionsSql = (table: string) => `
  SELECT ${FOLD_COLUMNS.join(', ')}, 0 AS is_open, folded_at
  FROM ${table}
  WHERE account_id IN ({page_accounts:Array(String)})
    AND login_ms IN ({page_login_ms:Array(Int64)})
    AND login_session_id IN ({page_sessions:Array(String)})
    AND folded_at IN ({page_folded_at:Array(UInt64)})`;

const CACHED_SQL = `
  SELECT
    account_id AS accountId,
    login_session_id AS loginSessionId,
    toInt64(login_ms) AS loginMs,
    agent_id AS agentId,
    folded_at AS foldedAt,
    toString(end_reason) AS endReason,
    ${textCellsSql(ALL_COLUMNS)} AS texts,
    ${numberCellsSql(ALL_COLUMNS)} AS numbers,
    label_ms AS labelMs
  FROM (${sessionsOfViewSql(`${versionsSql('session_cache')} UNION ALL ${versionsSql('replaced_sessions')}`)})
  ${REPORT_SETTINGS}`;

/** At most `limit` rows, starting at `offset`; undefined if a session is no more in the version that the view has seen. */
export async function readViewRows(
  engine: Engine,
  viewId: string,
  offset: number,
  limit: number,
): Promise<ViewRow[] | undefined> {
  const page = { view_id: viewId, from: offset, to: offset + limit };
  const stored = await engine.query<StoredRow>(STORED_SQL, page);
  const cached = await readCached(
    engine,
    viewId,
    stored.filter(({ foldedAt }) => foldedAt > 0),
  );
  const complete = stored.map(row => (row.foldedAt === 0 ? row : withCells(row, cached.get(keyOf(row)))));
  return complete.every(row => row !== undefined) ? complete.map(viewRow) : undefined;
}

async function readCached(engine: Engine, viewId: string, rows: readonly StoredRow[]): Promise<Map<string, StoredRow>> {
  if (rows.length === 0) return new Map();
  const found = await engine.query<StoredRow>(CACHED_SQL, {
    view_id: viewId,
    page_accounts: [...new Set(rows.map(row => row.accountId))],
    page_login_ms: rows.map(row => row.loginMs),
    page_sessions: rows.map(row => row.loginSessionId),
    page_folded_at: [...new Set(rows.map(row => row.foldedAt))],
  });
  return new Map(found.map(row => [keyOf(row), row]));
}

const keyOf = ({ accountId, loginSessionId, loginMs, agentId, foldedAt }: StoredRow) =>
  JSON.stringify([accountId, loginSessionId, loginMs, agentId, foldedAt]);

/** Why a session without logout has ended is known to the view, not to the cache. */
function withCells(row: StoredRow, cells: StoredRow | undefined): StoredRow | undefined {
  if (cells === undefined) return undefined;
  return { ...cells, texts: cells.texts.with(END_REASON, row.endReason) };
}

const END_REASON = ALL_COLUMNS.filter(isText).findIndex(({ key }) => key === 'endReason');

function viewRow({ accountId, loginSessionId, texts, numbers, labelMs }: StoredRow): ViewRow {
  return {
    accountId,
    loginSessionId,
    values: {
      ...valuesOf(CELLS.texts, texts),
      ...valuesOf(CELLS.numbers, numbers),
      [LABELS.key]: labelMinutes(labelMs),
    },
  };
}

export async function dropViewRows(engine: Engine, viewId: string): Promise<void> {
  for (const table of ['report_view_rows', 'report_view_agents']) {
    await engine.command(`ALTER TABLE ${table} DROP PARTITION {view_id:String}`, { view_id: viewId });
  }
}
