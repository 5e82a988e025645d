// Sessions joined with the agent directory, by session or by agent, with or without imported sessions, as one SELECT.
import { fillSql, sqlText } from '../../engine/sql-file.ts';
import { type SessionColumns, type SessionSource, sessionsSql } from '../../sessions/sessions.ts';
import type { RowShape } from '../columns/typed-columns.ts';
import { IMPORTED_COUNTS, MEASURE_NAMES, STATE_TIMES } from '../columns/measures.ts';
import { SESSION_NEEDS_ESCAPING } from '../columns/plain-texts.ts';
import { PRINTED_CELLS } from '../columns/printed-cells.ts';

const text = (name: string) => sqlText(new URL(`./${name}.sql`, import.meta.url));
const [NAMED, WITH_IMPORTED, ROLLUP] = [text('sessions-with-agents'), text('with-imported'), text('rollup')];

const DIRECTORY_FIELDS = [
  'first_name',
  'last_name',
  'email',
  'agent_type',
  'directory_username',
  'team',
  'agent_group_id',
  'agent_group_name',
  'directory_external_agent_id',
  'directory_dial_group_name',
];

/** Which sessions and columns: from where, of which agents, and whether the statement needs `end_reason`. */
export interface AgentSessions extends SessionColumns {
  source: SessionSource;
  restrictions: readonly Restriction[];
  /** The directory as it is (the default), or as the view `view_id` has seen it. */
  directory?: Directory;
}

const DIRECTORIES = {
  current: 'agents FINAL WHERE account_id IN ({accounts:Array(String)})',
  ofView: 'report_view_agents WHERE view_id = {view_id:String}',
} as const;
type Directory = keyof typeof DIRECTORIES;

/** Restrictions of the agents, each by parameters of `sessionParams`. */
const RESTRICTIONS = {
  agents: 'sessions.agent_id IN ({agent_ids:Array(String)})',
  groups: 'agent_group_id IN ({agent_group_ids:Array(String)})',
  teams: 'team IN ({agent_teams:Array(String)})',
  // Each restricted account is listed with the group '', and then with the visible ones.
  visible: `(
    sessions.account_id NOT IN ({visible_accounts:Array(String)})
    OR (agent_group_id != '' AND (sessions.account_id, agent_group_id) IN (
        arrayZip({visible_accounts:Array(String)}, {visible_groups:Array(String)})
    ))
)`,
} as const;
export type Restriction = keyof typeof RESTRICTIONS;

/** Later than any time that a feed can state. */
const NEVER_MS = 9_000_000_000_000_000;

/** The sessions as one SELECT, with these columns of the agent. */
const joined = (sessions: string, columns: readonly string[], asked: AgentSessions) => {
  const { source, restrictions, directory = 'current' } = asked;
  return fillSql(NAMED, {
    sessions,
    columns: columns.join(', '),
    directory: DIRECTORIES[directory],
    never_ms: String(NEVER_MS),
    // Without it, the join has one key, which is faster.
    same_account: source === 'cacheOfOne' ? '' : ' AND sessions.account_id = entries.account_id',
    restrictions:
      restrictions.length === 0 ? '' : `WHERE ${restrictions.map(name => RESTRICTIONS[name]).join('\n    AND ')}`,
  });
};

/** Sessions that are read by another statement, with the directory as a view has seen it. */
export const sessionsOfViewSql = (sessions: string) =>
  joined(sessions, DIRECTORY_FIELDS, { source: 'cache', restrictions: [], directory: 'ofView' });

/** One row per session: the fold's columns, the computed ones, and the agent as of the login. Parameters: `sessionParams`. */
export const sessionsWithAgents = (asked: AgentSessions, more: readonly string[] = []) =>
  joined(sessionsSql(asked.source, asked), [...DIRECTORY_FIELDS, ...more], asked);

/** The same with all sessions folded from their events, as far as they are visible. */
export const SESSIONS_WITH_AGENTS_SQL = sessionsWithAgents({ source: 'fold', restrictions: ['visible'] });

/** The export's text, else the directory's; a printed report has every text that it knows. */
const named = (exported: string, field: string) =>
  `if(tells_all OR ${exported} != '', toString(${exported}), entries.${field}) AS ${field}`;
/** The directory's text, if the session has none. */
const fallback = (field: string) => `if(tells_all, '', entries.${field}) AS ${field}`;
/** Reports do not print the group, tables do: the export's group if it has one, else the directory's. */
const grouped = (field: string) =>
  `if(exported_group_id != '', toString(exported_${field}), entries.agent_${field}) AS agent_${field}`;

const IMPORTED_STATE_TIMES = STATE_TIMES.filter(({ isImported }) => isImported);
const inStates = (states: readonly string[]) =>
  states.length === 1 ? `base_state = '${states[0]}'` : `base_state IN (${states.map(name => `'${name}'`).join(', ')})`;
const IMPORTED_SQL = fillSql(text('imported'), {
  sums: IMPORTED_STATE_TIMES.map(({ name, states }) => `sumIf(duration_ms, ${inStates(states)}) AS ${name}`).join(
    ',\n            ',
  ),
  times: IMPORTED_STATE_TIMES.map(({ name }) => `ifNull(whole.${name}, states.${name}) AS ${name}`).join(
    ',\n            ',
  ),
  counts: IMPORTED_COUNTS.join(',\n            '),
});

/** The agent's columns of an imported session. */
const IMPORTED_FIELDS = [
  named('exported_first_name', 'first_name'),
  named('exported_last_name', 'last_name'),
  named('exported_team', 'team'),
  grouped('group_id'),
  grouped('group_name'),
  ...['username', 'external_agent_id', 'dial_group_name'].map(name => fallback(`directory_${name}`)),
];

const TEXTS = [
  'account_id',
  'agent_id',
  'login_session_id',
  'end_reason',
  'username',
  'directory_username',
  'phone',
  'first_name',
  'last_name',
  'team',
  'agent_group_id',
  'agent_group_name',
  'external_agent_id',
  'directory_external_agent_id',
  'dial_group_name',
  'directory_dial_group_name',
];
const NUMBERS = ['login_ms', 'end_ms', 'is_open', 'has_login', ...MEASURE_NAMES];
/** Sums of all measures over rows named `session`. */
export const SUMS_SQL = MEASURE_NAMES.map(name => `sum(session.${name}) AS ${name}`).join(',\n    ');
/** Columns of both kinds of sessions, in one order and of one type. */
const FIELDS = [
  ...TEXTS.map(name => `toString(${name}) AS ${name}`),
  ...NUMBERS.map(name => `toInt64(${name}) AS ${name}`),
  `CAST(label_ms, 'Map(String, Int64)') AS label_ms`,
].join(',\n    ');

/** Which rows: of sessions or agents, from which source, with or without imported sessions. */
export interface RowKind extends RowShape {
  source: SessionSource;
  restrictions: readonly Restriction[];
  directory?: Directory;
}

/** What follows from a session's numbers and texts, and is stored with a cached one. */
export const STORED_CELLS = { ...PRINTED_CELLS, needs_escaping: SESSION_NEEDS_ESCAPING };

/** The version of a cached session; a session that is folded now has none. */
const VERSION = { folded_at: 'toUInt64(0)' };

/** Whether rows have `STORED_CELLS`, `folded_at` and `row_needs_escaping`: they are sessions, and none is imported. */
export const hasStoredCells = ({ rollupAgent, hasImported }: RowShape): boolean => !rollupAgent && !hasImported;

/** Whether one of the row's texts, of the session or of the agent, has to be quoted, guarded or escaped in some format. */
const NEEDS_ESCAPING = 'sessions.needs_escaping OR entries.needs_escaping AS row_needs_escaping';

/**
 * One row per session, or per agent with the same columns. With imported sessions also: `origin` (mixed if an agent has both), and
 * for sessions `cells` (the printed cells of an imported report, else empty), `cells_timezone` and `imported_order` (the position
 * in the file). Parameters: `sessionParams` and those that `chooseSource` adds.
 * @param withEndReason false if no column that is read needs `end_reason`
 */
export function rowsWithAgents(kind: RowKind, withEndReason = true): string {
  if (hasStoredCells(kind)) {
    return sessionsWithAgents({ ...kind, computed: { ...STORED_CELLS, ...VERSION }, withEndReason }, [NEEDS_ESCAPING]);
  }
  const computed = sessionsWithAgents(kind);
  const sessions = kind.hasImported
    ? fillSql(WITH_IMPORTED, { computed, imported: joined(IMPORTED_SQL, IMPORTED_FIELDS, kind), fields: FIELDS })
    : computed;
  if (!kind.rollupAgent) return sessions;
  return fillSql(ROLLUP, { sessions, sums: SUMS_SQL, more: kind.hasImported ? ORIGIN_OF_AGENT : '' });
}

const ORIGIN_OF_AGENT = `,
        if(min(session.origin) = max(session.origin), min(session.origin), 'mixed') AS origin`;
