// What is stored of an account's recent sessions into one number that differs after every write, by whatever process.
import type { Engine } from '../engine/engine.ts';

/**
 * Each insert adds a part with a name of its own; merges change the number, too, which costs the caller one needless question.
 * Reads only the directory of sessions, at some milliseconds.
 * @param seenFromMs sessions without an event since then (UTC milliseconds) do not count
 */
export async function readDataVersion(engine: Engine, accountId: string, seenFromMs: number): Promise<string> {
  const [row] = await engine.query<{ mark: string }>(
    `SELECT toString(sum(cityHash64(_part))) AS mark
     FROM login_sessions
     WHERE account_id = {account:String} AND last_at >= fromUnixTimestamp64Milli({seen_from_ms:Int64}, 'UTC')`,
    { account: accountId, seen_from_ms: seenFromMs },
  );
  return row?.mark ?? '';
}
