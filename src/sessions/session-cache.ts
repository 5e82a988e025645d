// The cache of ended sessions (table `session_cache`): each is folded once, and again only after another event of it arrived.
import type { Engine, Params } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { END_OF_TIME_MS } from '../ingest/events/event-block.ts';
import { withChangeLock } from '../engine/lock.ts';
import { batchesOf, type DirtyBatch, type DirtySession, idRange } from './dirty-sessions.ts';
import { FOLD_CHOSEN_SQL, FOLD_COLUMNS, FOLD_RANGE_SQL, FOLD_SETTINGS } from './sessions.ts';

/**
 * Open sessions change with every event and wait for their end. Sessions that have no event left are listed, too. The table is in
 * order of the keys, and read only until the limit.
 */
const DIRTY_SQL = `
  SELECT account_id, login_session_id, toString(sum(stamp)) AS stamp
  FROM dirty_sessions
  WHERE (account_id, login_session_id) NOT IN (
    SELECT account_id, login_session_id
    FROM login_sessions FINAL
    WHERE logout_at = toDateTime64(0, 3, 'UTC') AND last_at > fromUnixTimestamp64Milli({open_after_ms:Int64}, 'UTC')
  )
  GROUP BY account_id, login_session_id
  HAVING sum(dirty_sessions.stamp) != 0
  ORDER BY account_id, login_session_id
  LIMIT {limit:UInt64}
  SETTINGS optimize_aggregation_in_order = 1`;

const NOW_SQL = 'SELECT toString(toUnixTimestamp64Micro(now64(6))) AS folded_at';

const CACHE_COLUMNS = [...FOLD_COLUMNS, 'folded_at', 'is_deleted'];

/** Of the sessions of a batch: the new rows, those that they replace, and rows that delete these. */
function rowsSql(folded: string, condition: string) {
  const columns = FOLD_COLUMNS.join(', ');
  const cached = (version: string) => `
  SELECT ${columns}, ${version}
  FROM session_cache FINAL
  WHERE NOT session_cache.is_deleted AND account_id IN ({accounts:Array(String)}) AND ${condition}`;
  return {
    new: `
  SELECT ${columns}, {folded_at:UInt64} + 1 AS folded_at, 0 AS is_deleted
  FROM (${folded})
  SETTINGS ${FOLD_SETTINGS}`,
    replaced: cached('session_cache.folded_at, 0 AS is_deleted'),
    deleting: cached('{folded_at:UInt64} AS folded_at, 1 AS is_deleted'),
  };
}

const RANGE_SQL = rowsSql(FOLD_RANGE_SQL, 'login_session_id BETWEEN {fold_first:String} AND {fold_last:String}');
const CHOSEN_SQL = rowsSql(
  FOLD_CHOSEN_SQL,
  `login_session_id IN ({fold_sessions:Array(String)})
    AND (account_id, login_session_id) IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)}))`,
);

/** Everything, seen from the end of time, when no session is open; `later_to_ms` leaves out what is cached. */
const ALL_TIME = {
  from_ms: Date.UTC(1900, 0, 1),
  to_ms: END_OF_TIME_MS,
  later_to_ms: Date.UTC(1900, 0, 1) - 1,
  now_ms: 2 * END_OF_TIME_MS,
};

export interface CacheClock {
  nowMs: number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
}

/**
 * Folds the dirty sessions that have ended, batch by batch, until none is left or the signal is aborted.
 * @returns how many sessions were folded
 */
export async function refreshSessionCache(engine: Engine, clock: CacheClock, signal?: AbortSignal): Promise<number> {
  let folded = 0;
  for (;;) {
    const dirty = await engine.query<DirtySession>(DIRTY_SQL, {
      open_after_ms: clock.nowMs - clock.staleAfterMs,
      limit: LIMITS.dirtySessions,
    });
    for (const batch of await batchesOf(engine, dirty)) {
      if (signal?.aborted) return folded;
      await withChangeLock(engine, () => foldBatch(engine, batch, clock.staleAfterMs));
      folded += batch.sessions.length;
    }
    if (dirty.length < LIMITS.dirtySessions) return folded;
  }
}

/** Empties the cache; until it is filled again, reports fold every session. */
export async function clearSessionCache(engine: Engine): Promise<void> {
  await withChangeLock(engine, async () => {
    await engine.command(ALL_DIRTY_SQL);
    await engine.command('TRUNCATE TABLE session_cache');
  });
}

/** A digest of all cached sessions, which changes with any value of any of them. */
export async function sessionCacheDigest(engine: Engine): Promise<string> {
  const [row] = await engine.query<{ digest: string }>(DIGEST_SQL);
  return (row as { digest: string }).digest;
}

const DIGEST_SQL = `
  SELECT concat(toString(count()), '-', toString(sum(sipHash64(${FOLD_COLUMNS.join(', ')})))) AS digest
  FROM session_cache FINAL
  WHERE NOT is_deleted`;

const ALL_DIRTY_SQL = `
  INSERT INTO dirty_sessions (account_id, login_session_id, stamp)
  SELECT account_id, login_session_id, rand64()
  FROM login_sessions
  GROUP BY account_id, login_session_id`;

/** The stamps were read before the events are, so that an event which arrives meanwhile leaves its session dirty. */
async function foldBatch(engine: Engine, { sessions, isDense }: DirtyBatch, staleAfterMs: number): Promise<void> {
  const [time] = await engine.query<{ folded_at: string }>(NOW_SQL);
  const params = {
    ...ALL_TIME,
    ...(isDense ? idRange(sessions) : ids(sessions)),
    stale_ms: staleAfterMs,
    folded_at: (time as { folded_at: string }).folded_at,
  };
  const sql = isDense ? RANGE_SQL : CHOSEN_SQL;
  let rows = await blocks(engine, sql.new, params);
  const replaced = await blocks(engine, sql.replaced, params);
  if (replaced.length > 0) {
    // First the replaced ones: views find each version that they have seen.
    await insertBlocks(engine, 'replaced_sessions', replaced);
    // A session that is gone, or begins at another time now, loses its old row in the insert that brings the new one, which is a
    // version later.
    rows = [...(await blocks(engine, sql.deleting, params)), ...rows];
  }
  await insertBlocks(engine, 'session_cache', rows);
  await engine.insert('dirty_sessions', sessions.map(subtracted));
}

const ids = (sessions: readonly DirtySession[]) => ({
  accounts: [...new Set(sessions.map(({ account_id }) => account_id))],
  fold_accounts: sessions.map(({ account_id }) => account_id),
  fold_sessions: sessions.map(({ login_session_id }) => login_session_id),
});

/** The sum of the stamps becomes zero, modulo 2^64, unless an event has added another one. */
const subtracted = ({ account_id, login_session_id, stamp }: DirtySession) => ({
  account_id,
  login_session_id,
  stamp: String(BigInt.asUintN(64, -BigInt(stamp))),
});

/** Rows as encoded blocks, to insert as they are: one statement that reads and inserts would block all other commands. */
async function blocks(engine: Engine, sql: string, params: Params): Promise<Uint8Array[]> {
  return Array.fromAsync(engine.stream(sql, params, { format: 'Native' }));
}

async function insertBlocks(engine: Engine, table: string, bytes: readonly Uint8Array[]): Promise<void> {
  if (bytes.length > 0) await engine.insertBlock(table, { format: 'Native', columns: CACHE_COLUMNS, bytes });
}
