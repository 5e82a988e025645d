// A version of an account's recent sessions: it changes with every write, by any process.
import type { Engine } from '../engine/engine.ts';

/**
 * Each insert adds a part with a new name. Merges change the version, too, which costs the caller one needless query.
 * Reads only the directory of sessions, which takes some milliseconds.
 * @param seenFromMs UTC milliseconds; sessions without an event since then do not count
 */
export async function readDataVersion(engine: Engine, accountId: string, seenFromMs: number): Promise<string> {
  const [row] = await engine.query<{ version: string }>(
    `SELECT toString(sum(cityHash64(_part))) AS version
     FROM login_sessions
     WHERE account_id = {account:String} AND last_at >= fromUnixTimestamp64Milli({seen_from_ms:Int64}, 'UTC')`,
    { account: accountId, seen_from_ms: seenFromMs },
  );
  return row?.version ?? '';
}
