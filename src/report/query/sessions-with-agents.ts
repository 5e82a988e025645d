// Sessions joined with the agent directory, by session or by agent, with or without imported sessions, as one SELECT.
import { fillSql, sqlText } from '../../engine/sql-file.ts';
import { type SessionSource, sessionsSql } from '../../sessions/sessions.ts';
import type { RowShape } from '../columns/typed-columns.ts';
import { IMPORTED_COUNTS, MEASURE_NAMES, STATE_TIMES } from '../columns/measures.ts';
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

/** One row per session: the fold's columns, the expressions `made`, and the agent as of the login. Parameters: `sessionParams`. */
export const sessionsWithAgents = (source: SessionSource, made: Readonly<Record<string, string>> = {}) =>
  fillSql(NAMED, {
    sessions: `(${sessionsSql(source, made)})`,
    names: DIRECTORY_FIELDS.map(name => `entry.${name} AS ${name}`).join(', '),
  });

/** The same, with all sessions folded from their events. */
export const SESSIONS_WITH_AGENTS_SQL = sessionsWithAgents('fold');

/** The export's text, else the directory's; a printed report has every text that it knows. */
const named = (exported: string, field: string) =>
  `if(tells_all OR ${exported} != '', toString(${exported}), entry.${field}) AS ${field}`;
/** The directory's text, if the session has none. */
const fallback = (field: string) => `if(tells_all, '', entry.${field}) AS ${field}`;
/** Reports do not print the group, tables do: the export's group if it has one, else the directory's. */
const grouped = (field: string) =>
  `if(exported_group_id != '', toString(exported_${field}), entry.agent_${field}) AS agent_${field}`;

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

const NAMED_IMPORTED_SQL = fillSql(NAMED, {
  sessions: `(${IMPORTED_SQL})`,
  names: [
    named('exported_first_name', 'first_name'),
    named('exported_last_name', 'last_name'),
    named('exported_team', 'team'),
    grouped('group_id'),
    grouped('group_name'),
    ...['username', 'external_agent_id', 'dial_group_name'].map(name => fallback(`directory_${name}`)),
  ].join(', '),
});

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
}

/** Whether rows have `PRINTED_CELLS`: they are sessions, and none is imported. */
export const hasPrintedCells = ({ rollupAgent, hasImported }: RowShape): boolean => !rollupAgent && !hasImported;

/**
 * One row per session, or per agent with the same columns. With imported sessions also: `origin` (mixed if an agent has both), and
 * for sessions `cells` (the printed cells of an imported report, else empty), `cells_timezone` and `imported_order` (the position
 * in the file). Parameters: `sessionParams` and those that `chooseSource` adds.
 */
export function rowsWithAgents(kind: RowKind): string {
  const { source, rollupAgent, hasImported } = kind;
  const computed = sessionsWithAgents(source, hasPrintedCells(kind) ? PRINTED_CELLS : {});
  const sessions = hasImported
    ? fillSql(WITH_IMPORTED, { computed, imported: NAMED_IMPORTED_SQL, fields: FIELDS })
    : computed;
  if (!rollupAgent) return sessions;
  return fillSql(ROLLUP, { sessions, sums: SUMS_SQL, more: hasImported ? ORIGIN_OF_AGENT : '' });
}

const ORIGIN_OF_AGENT = `,
        if(min(session.origin) = max(session.origin), min(session.origin), 'mixed') AS origin`;
