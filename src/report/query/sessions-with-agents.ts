// The fold joined with the agent directory, by session and by agent, each as one SELECT; and with imported sessions beside it.
import { fillSql, sqlText } from '../../engine/sql-file.ts';
import { type SessionSource, sessionsSql } from '../../sessions/sessions.ts';
import type { RowShape } from '../columns/typed-columns.ts';
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

/** A row per session: the fold's columns, `made`, and who the agent was as of the login. Parameters: `sessionParams`. */
const sessionsWithAgents = (source: SessionSource, made: Readonly<Record<string, string>> = {}) =>
  fillSql(NAMED, {
    sessions: `(${sessionsSql(source, made)})`,
    names: DIRECTORY_FIELDS.map(name => `entry.${name} AS ${name}`).join(', '),
  });

/** The same where all are folded. */
export const SESSIONS_WITH_AGENTS_SQL = sessionsWithAgents('all');

/** What the export says of the agent, else the directory; a report that was printed says all that it knows. */
const named = (exported: string, field: string) =>
  `if(tells_all OR ${exported} != '', toString(${exported}), entry.${field}) AS ${field}`;
/** What the directory says where the session itself does not. */
const fallback = (field: string) => `if(tells_all, '', entry.${field}) AS ${field}`;
/** No report prints the group: it is the export's where that is a table, else the directory's. */
const grouped = (field: string) =>
  `if(exported_group_id != '', toString(exported_${field}), entry.agent_${field}) AS agent_${field}`;

const NAMED_IMPORTED_SQL = fillSql(NAMED, {
  sessions: `(${text('imported')})`,
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
/** Numbers of a session that those of several add up to. */
const SUMMED = [
  'login_time_ms',
  'available_ms',
  'ring_ms',
  'engaged_ms',
  'wrap_ms',
  'monitoring_ms',
  'work_ms',
  'break_ms',
  'away_ms',
  'lunch_ms',
  'training_ms',
  'rna_ms',
  'unaccounted_ms',
  'pending_disposition_ms',
  'talk_ms',
  'hold_ms',
  'off_hook_ms',
  'rounded_off_hook_ms',
  'presented',
  'accepted',
  'ring_no_answers',
  'offers_withdrawn',
  'manual_no_connects',
  'transfers',
  'holds',
  'monitoring_sessions',
];
const NUMBERS = ['login_ms', 'end_ms', 'is_open', 'has_login', ...SUMMED];
/** The sums over rows that are named `session`. */
export const SUMS_SQL = SUMMED.map(name => `sum(session.${name}) AS ${name}`).join(',\n    ');
/** Both kinds of sessions in the same order and types. */
const FIELDS = [
  ...TEXTS.map(name => `toString(${name}) AS ${name}`),
  ...NUMBERS.map(name => `toInt64(${name}) AS ${name}`),
  `CAST(label_ms, 'Map(String, Int64)') AS label_ms`,
].join(',\n    ');

/** Which rows: of sessions from where, or of agents instead; with imported ones beside them. */
export interface RowKind extends RowShape {
  source: SessionSource;
}

/** Whether rows have `PRINTED_CELLS`: they are sessions, and none of them is imported. */
export const hasPrintedCells = ({ rollupAgent, hasImported }: RowShape): boolean => !rollupAgent && !hasImported;

/**
 * A row per session, or per agent with the same columns. With imported ones: the fields that columns read, `origin` (mixed where an
 * agent has both), and for sessions `cells` (what an imported report printed, else empty), `cells_timezone` and `imported_order`
 * (that of the rows in their file). Parameters: `sessionParams` and what `chooseSource` adds.
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
