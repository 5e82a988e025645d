// Trends: sums of a report's sessions, and ratios of sums, by day, agent, team and more.
import type { Engine } from '../../engine/engine.ts';
import { fillSql, sqlText } from '../../engine/sql-file.ts';
import { FOLD_SETTINGS } from '../../sessions/sessions.ts';
import { planReport, type ReportClock, type ReportCriteria, reportRows } from '../query/criteria.ts';
import { SUMS_SQL } from '../query/sessions-with-agents.ts';
import { fromRows, type ReportPlan } from '../query/rows.ts';
import { TREND_MEASURES } from './trend-measures.ts';
import { NO_TEAM } from '../columns/columns.ts';
import { TYPED } from '../columns/values.ts';

/** The login in the report's zone. */
const LOGIN = `toTimeZone(fromUnixTimestamp64Milli(session.login_ms, 'UTC'), {timezone:String})`;

/** The columns of each dimension: name, and SQL over a session. */
const DIMENSION_COLUMNS = {
  day: { day: `formatDateTime(${LOGIN}, '%F')` },
  week: { week: `toString(toStartOfWeek(${LOGIN}, 1))` },
  month: { month: `formatDateTime(${LOGIN}, '%Y-%m')` },
  hourOfDay: { hourOfDay: `toHour(${LOGIN})` },
  agent: { accountId: 'toString(account_id)', agentId: 'toString(agent_id)' },
  team: { team: `if(team != '', toString(team), '${NO_TEAM}')` },
  agentGroup: { accountId: 'toString(account_id)', agentGroupId: 'toString(agent_group_id)' },
  account: { accountId: 'toString(account_id)' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type TrendDimension = keyof typeof DIMENSION_COLUMNS;
export const TREND_DIMENSIONS = Object.keys(DIMENSION_COLUMNS) as TrendDimension[];

/** Names for the ids of a dimension, as of the latest login of the row. */
const NAMES: Partial<Record<TrendDimension, readonly string[]>> = {
  agent: ['latest.1 AS firstName', 'latest.2 AS lastName'],
  agentGroup: ['latest.3 AS agentGroupName'],
};

/** The columns of its dimensions, `sessions`, `agents`, and each measure by key. */
export type TrendRow = Readonly<Record<string, string | number>>;

export interface Trends {
  rows: TrendRow[];
  /** Whether there are more rows than `maxRows`. */
  isTruncated: boolean;
}

/**
 * One row for each group that has sessions, ordered by the dimensions; without dimensions, one row for all sessions.
 * @param criteria which sessions; `maxRows` limits the rows returned, `rollupAgent` has no effect
 * @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END, QUERY_TIMEOUT
 */
export async function readTrends(
  engine: Engine,
  criteria: ReportCriteria & { maxRows: number },
  by: readonly TrendDimension[],
  clock: ReportClock,
): Promise<Trends> {
  const { maxRows } = criteria;
  const sessions = reportRows({ ...criteria, maxRows: undefined, rollupAgent: false }, clock);
  const read = await planReport(engine, sessions);
  const rows = await engine.query<TrendRow>(trendsSql(by, read), { ...read.params, max_rows: maxRows + 1 });
  return { rows: rows.slice(0, maxRows), isTruncated: rows.length > maxRows };
}

const TRENDS_SQL = sqlText(new URL('./trends.sql', import.meta.url));

function trendsSql(by: readonly TrendDimension[], sessions: ReportPlan): string {
  const columns = Object.entries(Object.assign({}, ...by.map(dimension => DIMENSION_COLUMNS[dimension])));
  const names = columns.map(([name]) => name);
  const parts: Readonly<Record<string, string>> = {
    // The constant keeps SELECT and GROUP BY from being empty; without sessions there is no row.
    keys: ["'' AS everything", ...columns.map(([name, sql]) => `${sql} AS ${name}`)].join(',\n    '),
    names: ['everything', ...names].join(', '),
    sessions: `SELECT * ${fromRows(sessions, TREND_MEASURES)}`,
    sums: SUMS_SQL,
  };
  const shown = [
    ...names,
    ...by.flatMap(dimension => NAMES[dimension] ?? []),
    'sessions',
    'agents',
    ...TREND_MEASURES.map(measure => `${TYPED[measure.type](measure)} AS ${measure.key}`),
  ];
  return `
  SELECT ${shown.join(', ')}
  FROM (${fillSql(TRENDS_SQL, parts)})
  ORDER BY ${['everything', ...names].join(', ')}
  LIMIT {max_rows:UInt64}
  SETTINGS ${FOLD_SETTINGS}`;
}
