// The fold joined with the agent directory, by session and by agent, each as one SELECT; and with imported sessions beside it.
import { readFileSync } from 'node:fs';
import { FOLD_SQL } from '../sessions/sessions.ts';

/** The file's statement with its double braces filled. */
function filled(name: string, parts: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8').trim();
  return text.replace(/\{\{(\w+)\}\}/g, (_, part: string) => parts[part]!);
}

/** A row per session: the fold's columns and who the agent was as of the login. Parameters: `sessionParams`. */
export const NAMED_SESSIONS_SQL = filled('./named.sql', {
  sessions: `(${FOLD_SQL})`,
  names: 'entries.* EXCEPT (account_id, agent_id, valid_from_ms)',
});

/** A row per agent with the same columns. */
export const NAMED_AGENTS_SQL = filled('./rollup.sql', { sessions: NAMED_SESSIONS_SQL, more: '' });

/** What the export says of the agent, else the directory; a report that was printed says all that it knows. */
const named = (exported: string, entry: string) =>
  `if(tells_all OR ${exported} != '', toString(${exported}), toString(entries.${entry})) AS ${entry}`;
/** What the directory says where the session itself does not. */
const fallback = (entry: string) => `if(tells_all, '', toString(entries.${entry})) AS ${entry}`;
/** No report prints the group: it is the export's where that is a table, else the directory's. */
const grouped = (field: string) =>
  `if(exported_group_id != '', toString(exported_${field}), toString(entries.agent_${field})) AS agent_${field}`;

const NAMED_IMPORTED_SQL = filled('./named.sql', {
  sessions: `(${filled('./imported.sql', {})})`,
  names: [
    ...[named('exported_first_name', 'first_name'), named('exported_last_name', 'last_name')],
    ...[named('exported_team', 'team'), grouped('group_id'), grouped('group_name')],
    ...['username', 'external_agent_id', 'dial_group_name'].map(name => fallback(`directory_${name}`)),
  ].join(', '),
});

const TEXTS = [
  ...['account_id', 'agent_id', 'login_session_id', 'end_reason', 'username', 'directory_username', 'phone'],
  ...['first_name', 'last_name', 'team', 'agent_group_id', 'agent_group_name', 'external_agent_id'],
  ...['directory_external_agent_id', 'dial_group_name', 'directory_dial_group_name'],
];
const NUMBERS = [
  ...['login_ms', 'end_ms', 'has_login', 'login_time_ms', 'available_ms', 'ring_ms', 'engaged_ms', 'wrap_ms'],
  ...['monitoring_ms', 'work_ms', 'break_ms', 'away_ms', 'lunch_ms', 'training_ms', 'rna_ms'],
  ...['unaccounted_ms', 'pending_disposition_ms', 'talk_ms', 'hold_ms', 'off_hook_ms', 'rounded_off_hook_ms'],
  ...['presented', 'accepted', 'ring_no_answers', 'offers_withdrawn', 'manual_no_connects', 'transfers'],
  ...['holds', 'monitoring_sessions'],
];
/** Both kinds of sessions in the same order and types. */
const FIELDS = [
  ...TEXTS.map(name => `toString(${name}) AS ${name}`),
  ...NUMBERS.map(name => `toInt64(${name}) AS ${name}`),
  `CAST(label_ms, 'Map(String, Int64)') AS label_ms`,
].join(',\n    ');

/**
 * A row per session, computed or imported: the fields that columns read, `origin`, `cells` (what an imported report printed,
 * else empty), `cells_timezone` and `imported_order` (that of the rows in their file). Parameters: `sessionParams`.
 */
export const SESSIONS_WITH_IMPORTED_SQL = filled('./with-imported.sql', {
  ...{ computed: NAMED_SESSIONS_SQL, imported: NAMED_IMPORTED_SQL, fields: FIELDS },
});

/** A row per agent over both: the fields that columns read, and `origin`, which is mixed where the agent has both. */
export const AGENTS_WITH_IMPORTED_SQL = filled('./rollup.sql', {
  sessions: SESSIONS_WITH_IMPORTED_SQL,
  more: `,
        if(min(session.origin) = max(session.origin), min(session.origin), 'mixed') AS origin`,
});
