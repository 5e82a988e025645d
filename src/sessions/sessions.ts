// The fold's SQL and its parameters: which sessions to fold from stored events, and which to read from the cache.
import type { Engine, Params } from '../engine/engine.ts';
import { fillSql, readSql, sqlText } from '../engine/sql-file.ts';
import { LIMITS } from '../limits.ts';
import { MEASURE_NAMES } from '../report/columns/measures.ts';

const sql = (name: string, parts: Readonly<Record<string, string>> = {}) =>
  readSql(new URL(`./${name}.sql`, import.meta.url), parts);

const facts = sql('session-facts');
const superseded = sql('superseded');
const candidates = (which: 'all' | 'chosen' | 'range') => sql(`candidates-${which}`, { facts });
const fold = (which: 'all' | 'chosen' | 'range') => sql('fold', { candidates: candidates(which), superseded });

/** Every session folded from its events: a row per login session, times in milliseconds. Parameters: `foldParams`. */
export const FOLD_SQL = fold('all');

/** The columns of a folded session, in the fold and in the cache (the table `session_cache`). */
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
  'last_state',
  'last_state_since_ms',
  'last_flag',
  'last_flag_since_ms',
  'label_ms',
  ...MEASURE_NAMES,
];

/** The sessions of `fold_accounts` and `fold_sessions` folded from their events; the same columns by name. */
export const FOLD_CHOSEN_SQL = `SELECT ${FOLD_COLUMNS.join(', ')} FROM (${fold('chosen')})`;

/** The sessions of one account from `fold_first` to `fold_last`; the same columns by name. */
export const FOLD_RANGE_SQL = `SELECT ${FOLD_COLUMNS.join(', ')} FROM (${fold('range')})`;

/** A cached session without logout is not open: open ones are among `fold_sessions`. */
const END_REASON = `multiIf(
        end_reason = 'NORMAL', 'NORMAL', (account_id, login_session_id) IN superseded, 'SUPERSEDED', 'STALE'
    ) AS end_reason`;

/** The sessions of the range except the chosen ones, read from the cache. */
const CACHED = sqlText(new URL('./cached.sql', import.meta.url));
const END_REASONS = `WITH\n${candidates('chosen')},\n${superseded}\n`;

/** Within one account the table is in order of login; the engine uses that order only if the condition names one account. */
const ONE_OF_ACCOUNTS = 'account_id IN ({accounts:Array(String)})';
const FIRST_ACCOUNT = 'account_id = {accounts:Array(String)}[1]';

/**
 * Where the sessions of a range come from: the cache (of one account or of several), the cache and the fold, or the fold alone.
 * The rows are the same.
 */
export type SessionSource = 'cacheOfOne' | 'cache' | 'cacheAndFold' | 'fold';

export interface SessionColumns {
  /** Columns of the cache that follow from its others, by name: read with a cached session, computed for a folded one. */
  computed?: Readonly<Record<string, string>>;
  /** False: without `end_reason`, for which the engine would plan twice as long. */
  withEndReason?: boolean;
}

/** Statement whose rows are the sessions of a range: the fold's columns, `is_open`, and the computed ones. */
export function sessionsSql(
  source: SessionSource,
  { computed = {}, withEndReason = true }: SessionColumns = {},
): string {
  const columns = FOLD_COLUMNS.filter(name => withEndReason || name !== 'end_reason');
  const foldedNow = (fold: string) => {
    const expressions = Object.entries(computed).map(([name, expression]) => `${expression} AS ${name}`);
    return `SELECT ${[...columns, "end_reason = 'OPEN' AS is_open", ...expressions].join(', ')} FROM (${fold})`;
  };
  if (source === 'fold') return foldedNow(FOLD_SQL);
  const read = fillSql(CACHED, {
    end_reasons: withEndReason ? END_REASONS : '',
    columns: [
      ...columns.map(name => (name === 'end_reason' ? END_REASON : name)),
      '0 AS is_open',
      ...Object.keys(computed),
    ].join(',\n    '),
  });
  if (source === 'cacheAndFold') return `${read} UNION ALL ${foldedNow(FOLD_CHOSEN_SQL)}`;
  return source === 'cache' ? read : read.replaceAll(ONE_OF_ACCOUNTS, FIRST_ACCOUNT);
}

/**
 * Settings that every statement with the fold needs for its speed; they change no value. Compiling expressions to machine code
 * costs a second or more at an unpredictable moment, and looking for chains of comparisons 80 of 200 ms of planning; neither
 * gains anything measurable.
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
  // The directory fits into memory; a join that may spill to disk would lose the order of the sessions.
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
  /** Leaves out sessions without an event since then; absent: none. Only for `FOLD_SQL`. */
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

interface ToFold {
  later_to_ms: number;
  in_range: number;
  fold_accounts: string[];
  fold_sessions: string[];
}

const TO_FOLD_SQL = `${sql('sessions-to-fold')}\nSETTINGS ${FOLD_SETTINGS}`;

/**
 * Where to take the sessions of a range from, as of now. Events that arrive later change only sessions that are folded.
 * @param params those of `foldParams`; others are passed through
 * @returns the source, and all parameters of its statement
 */
export async function chooseSource(engine: Engine, params: Params): Promise<{ source: SessionSource; params: Params }> {
  const limit = LIMITS.sessionsFoldedInReport;
  const [found] = await engine.query<ToFold>(TO_FOLD_SQL, { ...params, fold_limit: limit });
  const { in_range, ...chosen } = found as ToFold;
  if (chosen.fold_sessions.length > limit) return { source: 'fold', params };
  const cache = (params.accounts as readonly string[]).length === 1 ? 'cacheOfOne' : 'cache';
  return { source: in_range > 0 ? 'cacheAndFold' : cache, params: { ...params, ...chosen } };
}
