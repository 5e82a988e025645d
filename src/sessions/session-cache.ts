// Sessions that have ended into rows of the table of folded sessions: each is folded once, and again only when an event of it came.
import type { Engine, Params } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { END_OF_TIME_MS } from '../ingest/events/event-block.ts';
import { withChangeLock } from '../engine/lock.ts';
import { tsvRow } from '../engine/tsv.ts';
import { FOLD_CHOSEN_SQL, FOLD_COLUMNS, FOLD_RANGE_SQL, FOLD_SETTINGS } from './sessions.ts';

/** A marked session and the sum of its marks, which is beyond JavaScript's whole numbers. */
interface Marked {
  account_id: string;
  login_session_id: string;
  mark: string;
}

/** Open sessions change with every event: they wait for their end. Sessions without any event left come, too. */
const MARKED_SQL = `
  WITH marked AS (
    SELECT account_id, login_session_id, sum(mark) AS mark
    FROM unfolded_sessions
    GROUP BY account_id, login_session_id
    HAVING mark != 0
  )
  SELECT account_id, login_session_id, toString(mark) AS mark
  FROM marked
  WHERE (account_id, login_session_id) NOT IN (
    SELECT account_id, login_session_id
    FROM login_sessions FINAL
    WHERE (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM marked)
      AND logout_at = toDateTime64(0, 3, 'UTC')
      AND last_at > fromUnixTimestamp64Milli({open_after_ms:Int64}, 'UTC')
  )
  ORDER BY account_id, login_session_id
  LIMIT {limit:UInt64}`;

const NOW_SQL = 'SELECT toString(toUnixTimestamp64Micro(now64(6))) AS folded_at';

const MARK_COLUMNS = ['account_id', 'login_session_id', 'mark'];

const ROW_COLUMNS = [...FOLD_COLUMNS, 'folded_at', 'is_deleted'];
const newRowsSql = (sessions: string) => `
  SELECT ${FOLD_COLUMNS.join(', ')}, {folded_at:UInt64} AS folded_at, 0 AS is_deleted
  FROM (${sessions})
  SETTINGS ${FOLD_SETTINGS}`;
const NEW_ROWS_OF_RANGE_SQL = newRowsSql(FOLD_RANGE_SQL);
const NEW_ROWS_OF_CHOSEN_SQL = newRowsSql(FOLD_CHOSEN_SQL);

/** How many sessions lie between two of an account, in order of ids. */
const BETWEEN_SQL = `
  SELECT count() AS sessions
  FROM login_sessions
  WHERE account_id IN ({accounts:Array(String)}) AND login_session_id BETWEEN {fold_first:String} AND {fold_last:String}`;

/** What is kept of the same sessions so far, as rows that delete it. */
const OLD_ROWS_SQL = `
  SELECT ${FOLD_COLUMNS.join(', ')}, {folded_at:UInt64} AS folded_at, 1 AS is_deleted
  FROM folded_sessions FINAL
  WHERE account_id IN ({accounts:Array(String)}) AND login_session_id IN ({fold_sessions:Array(String)})
    AND (account_id, login_session_id) IN (
      arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})
    )`;

/** Everything; no session is open at the end of time, and none that is folded already is looked at. */
const ALL_TIME = {
  from_ms: Date.UTC(1900, 0, 1),
  to_ms: END_OF_TIME_MS,
  later_to_ms: Date.UTC(1900, 0, 1) - 1,
  now_ms: 2 * END_OF_TIME_MS,
};

export interface KeepClock {
  nowMs: number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
}

/**
 * Folds what is marked and has ended, a bounded number at a time, until nothing is left or the signal is aborted.
 * @returns how many sessions were folded
 */
export async function refreshSessionCache(engine: Engine, clock: KeepClock, signal?: AbortSignal): Promise<number> {
  let folded = 0;
  for (;;) {
    const marked = await engine.query<Marked>(MARKED_SQL, {
      open_after_ms: clock.nowMs - clock.staleAfterMs,
      limit: LIMITS.markedSessions,
    });
    for (const some of await pieces(engine, marked)) {
      if (signal?.aborted) return folded;
      await withChangeLock(engine, () => keepSome(engine, some, clock.staleAfterMs));
      folded += some.marked.length;
    }
    if (marked.length < LIMITS.markedSessions) return folded;
  }
}

/** Forgets all that is folded; a report folds every session until they are folded again. */
export async function forgetFolded(engine: Engine): Promise<void> {
  await withChangeLock(engine, async () => {
    await engine.command(MARK_ALL_SQL);
    await engine.command('TRUNCATE TABLE folded_sessions');
  });
}

/** What all folded sessions say, as one text: it changes with any value of any of them. */
export async function foldedDigest(engine: Engine): Promise<string> {
  const [row] = await engine.query<{ digest: string }>(DIGEST_SQL);
  return (row as { digest: string }).digest;
}

const DIGEST_SQL = `
  SELECT concat(toString(count()), '-', toString(sum(sipHash64(${FOLD_COLUMNS.join(', ')})))) AS digest
  FROM folded_sessions FINAL`;

const MARK_ALL_SQL = `
  INSERT INTO unfolded_sessions
  SELECT account_id, login_session_id, rand64()
  FROM login_sessions
  GROUP BY account_id, login_session_id`;

/** Marked sessions that are folded at once; where it is dense, of one account and in order. */
interface Piece {
  marked: readonly Marked[];
  /** Few other sessions lie between the first and the last. To fold these, too, costs less than to name each that is marked. */
  isDense: boolean;
}

async function pieces(engine: Engine, marked: readonly Marked[]): Promise<Piece[]> {
  const dense: Piece[] = [];
  const named: Marked[] = [];
  for (const own of Map.groupBy(marked, ({ account_id }) => account_id).values()) {
    for (const some of chunksOf(own, LIMITS.keptSessions)) {
      if (some.length > LIMITS.keptByName && (await isDense(engine, some))) {
        dense.push({ marked: some, isDense: true });
      } else for (const one of some) named.push(one);
    }
  }
  return [...dense, ...chunksOf(named, LIMITS.keptByName).map(few => ({ marked: few, isDense: false }))];
}

async function isDense(engine: Engine, marked: readonly Marked[]): Promise<boolean> {
  const [found] = await engine.query<{ sessions: number }>(BETWEEN_SQL, rangeOf(marked));
  return (found as { sessions: number }).sessions <= 4 * marked.length;
}

const rangeOf = (marked: readonly Marked[]) => ({
  accounts: [marked[0]!.account_id],
  fold_first: marked[0]!.login_session_id,
  fold_last: marked.at(-1)!.login_session_id,
});

const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));

/** Marks were read before the events are, so that an event which comes meanwhile leaves its session marked. */
async function keepSome(engine: Engine, { marked, isDense }: Piece, staleAfterMs: number): Promise<void> {
  const [time] = await engine.query<{ folded_at: string }>(NOW_SQL);
  const params = {
    ...ALL_TIME,
    ...rangeOf(marked),
    accounts: [...new Set(marked.map(({ account_id }) => account_id))],
    fold_accounts: marked.map(({ account_id }) => account_id),
    fold_sessions: marked.map(({ login_session_id }) => login_session_id),
    stale_ms: staleAfterMs,
    folded_at: (time as { folded_at: string }).folded_at,
  };
  const rows = await lines(engine, isDense ? NEW_ROWS_OF_RANGE_SQL : NEW_ROWS_OF_CHOSEN_SQL, params);
  const kept = new Set(rows.map(placeOf));
  // A session that begins at another time now, or is no more, leaves its old place in the insert that gives it the new one.
  for (const row of await lines(engine, OLD_ROWS_SQL, params)) if (!kept.has(placeOf(row))) rows.push(row);
  if (rows.length > 0) await engine.insert('folded_sessions', ROW_COLUMNS, Buffer.from(rows.join('')));
  const taken = marked.map(({ account_id, login_session_id, mark }) =>
    tsvRow([account_id, login_session_id, String(BigInt.asUintN(64, -BigInt(mark)))]),
  );
  await engine.insert('unfolded_sessions', MARK_COLUMNS, Buffer.from(taken.join('')));
}

/** Rows as TabSeparated lines: out of the engine and in again, since a statement that did both would hold up all others. */
async function lines(engine: Engine, sql: string, params: Params): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of engine.stream(sql, params, { format: 'TSV' })) chunks.push(chunk);
  // Not a dot, which ends at U+2028: a label may have one.
  return (
    Buffer.concat(chunks)
      .toString()
      .match(/[^\n]*\n/g) ?? []
  );
}

/** The key of a row in the table. */
function placeOf(row: string): string {
  const fields = row.split('\t');
  return PLACE.map(index => fields[index]).join('\t');
}

const PLACE = ['account_id', 'login_ms', 'login_session_id', 'agent_id'].map(name => ROW_COLUMNS.indexOf(name));
