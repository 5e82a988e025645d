// The fold's SQL with its parameters: which sessions to make of the stored events, and which to read as they were made before.
import type { Engine, Params } from '../engine/engine.ts';
import { fillSql, readSql, sqlText } from '../engine/sql-file.ts';
import { LIMITS } from '../limits.ts';

const sql = (name: string, parts: Readonly<Record<string, string>> = {}) =>
  readSql(new URL(`./${name}.sql`, import.meta.url), parts);

const facts = sql('session-facts');
const superseded = sql('superseded');
const allKnown = sql('candidates-all', { facts });
const chosenKnown = sql('candidates-chosen', { facts });

/** Every session folded from its events. A row per login session, times in milliseconds; parameters: `foldParams`. */
export const FOLD_SQL = sql('fold', { known: allKnown, superseded });

/** The columns of a folded session, as the fold and the table of folded sessions have them. */
export const FOLD_COLUMNS = [
  'account_id',
  'login_session_id',
  'agent_id',
  'username',
  'phone',
  'external_agent_id',
  'dial_group_name',
  'source',
  'login_ms',
  'end_ms',
  'end_reason',
  'has_login',
  'login_time_ms',
  'last_state',
  'last_state_since_ms',
  'last_flag',
  'last_flag_since_ms',
  'label_ms',
  'available_ms',
  'ring_ms',
  'engaged_ms',
  'wrap_ms',
  'monitoring_ms',
  'break_ms',
  'away_ms',
  'lunch_ms',
  'training_ms',
  'rna_ms',
  'pending_disposition_ms',
  'holds',
  'hold_ms',
  'accepted',
  'ring_no_answers',
  'offers_withdrawn',
  'manual_no_connects',
  'monitoring_sessions',
  'work_ms',
  'talk_ms',
  'off_hook_ms',
  'rounded_off_hook_ms',
  'presented',
  'transfers',
  'unaccounted_ms',
];

/** The sessions of `fold_accounts` and `fold_sessions` folded from their events; the same columns by name. */
export const FOLD_CHOSEN_SQL = `SELECT ${FOLD_COLUMNS.join(', ')} FROM (${sql('fold', { known: chosenKnown, superseded })})`;

/** The sessions of one account from `fold_first` to `fold_last`; the same columns by name. */
export const FOLD_RANGE_SQL = `SELECT ${FOLD_COLUMNS.join(', ')} FROM (${sql('fold', { known: sql('candidates-range', { facts }), superseded })})`;

/** Whether a session without logout is open is not asked here: those that are belong to `fold_sessions`. */
const END_REASON = `multiIf(
        end_reason = 'NORMAL', 'NORMAL', (account_id, login_session_id) IN superseded, 'SUPERSEDED', 'STALE'
    ) AS end_reason`;

/** The sessions of the range but for the chosen ones, read from the table of folded sessions. */
const FOLDED = sqlText(new URL('./folded.sql', import.meta.url));

/** Those of one account are read in their order: the table has it within an account, and the engine has to be told of the one. */
const ONE_OF_ACCOUNTS = 'account_id IN ({accounts:Array(String)})';
const FIRST_ACCOUNT = 'account_id = {accounts:Array(String)}[1]';

/** Where the sessions of a range come from: read, read and folded, or folded all; all say the same. */
export type SessionSource = 'foldedOfOne' | 'folded' | 'both' | 'all';

/**
 * Statement whose rows are the sessions of a range: the fold's columns, `is_open`, and `made`.
 * @param made columns of the table of folded sessions that are made of its others, each with its expression: they are read where a
 * session is, and made where it is folded
 */
export function sessionsSql(source: SessionSource, made: Readonly<Record<string, string>> = {}): string {
  const foldedNow = (fold: string) => {
    const expressions = Object.entries(made).map(([name, expression]) => `${expression} AS ${name}`);
    return `SELECT ${[...FOLD_COLUMNS, "end_reason = 'OPEN' AS is_open", ...expressions].join(', ')} FROM (${fold})`;
  };
  if (source === 'all') return foldedNow(FOLD_SQL);
  const read = fillSql(FOLDED, {
    known: chosenKnown,
    superseded,
    columns: [
      ...FOLD_COLUMNS.map(name => (name === 'end_reason' ? END_REASON : name)),
      '0 AS is_open',
      ...Object.keys(made),
    ].join(',\n    '),
  });
  if (source === 'both') return `${read} UNION ALL ${foldedNow(FOLD_CHOSEN_SQL)}`;
  return source === 'folded' ? read : read.replaceAll(ONE_OF_ACCOUNTS, FIRST_ACCOUNT);
}

/**
 * Settings that every statement around the fold needs for its speed; they change no value. Compiling expressions to machine
 * code costs a second or more, at a moment of the engine's choosing, and looking for chains of comparisons costs 80 of 200 ms
 * of planning; neither gains anything measurable.
 */
export const FOLD_SETTINGS = [
  'optimize_aggregation_in_order = 1',
  `max_block_size = ${LIMITS.foldBlockRows}`,
  'compile_expressions = 0',
  'compile_aggregate_expressions = 0',
  'compile_sort_description = 0',
  'optimize_and_compare_chain = 0',
  // A session has one login time, so its rows lie in one partition.
  'do_not_merge_across_partitions_select_final = 1',
  // The directory fits into memory; a join that might spill would lose the order of the sessions.
  "join_algorithm = 'hash'",
  'max_bytes_before_external_join = 0',
  'max_bytes_ratio_before_external_join = 0',
].join(', ');

/** Sessions whose login lies in [fromMs, toMs]; instants are UTC milliseconds since 1970. */
export interface SessionRange {
  accountIds: readonly string[];
  fromMs: number;
  toMs: number;
  /** Open sessions are counted up to here. */
  nowMs: number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
  /** Sessions without an event since then are left out; absent: none. Only for `FOLD_SQL`. */
  seenFromMs?: number;
}

export function foldParams(range: SessionRange): Params {
  return {
    accounts: range.accountIds,
    from_ms: range.fromMs,
    to_ms: range.toMs,
    now_ms: range.nowMs,
    stale_ms: range.staleAfterMs,
    seen_from_ms: range.seenFromMs ?? range.fromMs,
  };
}

interface Unfolded {
  later_to_ms: number;
  asked: number;
  fold_accounts: string[];
  fold_sessions: string[];
}

const UNFOLDED_SQL = `${sql('unfolded')}\nSETTINGS ${FOLD_SETTINGS}`;

/**
 * Where to take the sessions of a range from, as of now: what arrives afterwards does not change what the source gives, but for
 * sessions that are folded from their events.
 * @param params those of `foldParams`; more are passed through
 * @returns the source and all that its statement binds
 */
export async function chooseSource(engine: Engine, params: Params): Promise<{ source: SessionSource; params: Params }> {
  const limit = LIMITS.sessionsFoldedBeside;
  const [found] = await engine.query<Unfolded>(UNFOLDED_SQL, { ...params, fold_limit: limit });
  const { asked, ...chosen } = found as Unfolded;
  if (chosen.fold_sessions.length > limit) return { source: 'all', params };
  const folded = (params.accounts as readonly string[]).length === 1 ? 'foldedOfOne' : 'folded';
  return { source: asked > 0 ? 'both' : folded, params: { ...params, ...chosen } };
}
