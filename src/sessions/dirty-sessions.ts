// Dirty sessions in batches that are folded at once: by a range of ids where most of the range is dirty, else by their ids.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';

/** A session whose cached row is missing or stale. */
export interface DirtySession {
  account_id: string;
  login_session_id: string;
  /** The sum of the random numbers that its inserts have added: 64 bits, as decimal text. */
  stamp: string;
}

export interface DirtyBatch {
  sessions: readonly DirtySession[];
  /**
   * The sessions are of one account, in order of their ids, with few others between the first and the last: to fold those, too,
   * costs less than to name each one.
   */
  isDense: boolean;
}

/** @param dirty in order of account and id */
export async function batchesOf(engine: Engine, dirty: readonly DirtySession[]): Promise<DirtyBatch[]> {
  const dense: DirtyBatch[] = [];
  const sparse: DirtySession[] = [];
  for (const ofAccount of Map.groupBy(dirty, ({ account_id }) => account_id).values()) {
    const { sessionCount, eventCount } = await countBetween(engine, ofAccount);
    if (ofAccount.length > LIMITS.keptByName && sessionCount <= 4 * ofAccount.length) {
      const batches = Math.ceil(eventCount / LIMITS.foldedEvents);
      for (const sessions of chunksOf(ofAccount, Math.ceil(ofAccount.length / batches))) {
        dense.push({ sessions, isDense: true });
      }
    } else for (const session of ofAccount) sparse.push(session);
  }
  const byId = chunksOf(sparse, LIMITS.keptByName).map(sessions => ({ sessions, isDense: false }));
  return [...dense, ...byId];
}

/** Parameters: the ids between which the sessions lie, and the account of the first. */
export const idRange = (sessions: readonly DirtySession[]) => ({
  accounts: [sessions[0]!.account_id],
  fold_first: sessions[0]!.login_session_id,
  fold_last: sessions.at(-1)!.login_session_id,
});

/** Sessions and events of the account from the first dirty session to the last. */
const BETWEEN_SQL = `
  SELECT
    (
      SELECT count() FROM login_sessions
      WHERE account_id IN ({accounts:Array(String)}) AND login_session_id BETWEEN {fold_first:String} AND {fold_last:String}
    ) AS sessionCount,
    (
      SELECT count() FROM events
      WHERE account_id IN ({accounts:Array(String)}) AND login_session_id BETWEEN {fold_first:String} AND {fold_last:String}
    ) AS eventCount`;

interface Between {
  sessionCount: number;
  eventCount: number;
}

async function countBetween(engine: Engine, sessions: readonly DirtySession[]): Promise<Between> {
  const [between] = await engine.query<Between>(BETWEEN_SQL, idRange(sessions));
  return between as Between;
}

const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));
