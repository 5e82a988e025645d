// Bounds how much stored data is replaced at once, since new events wait meanwhile: by events, however many an agent has.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';

/** The events of an account's feed from an instant on, in UTC milliseconds since 1970. */
interface Since {
  accountId: string;
  source: string;
  fromMs: number;
}

const OF_AGENTS_SQL = `
  SELECT agent_id AS id, count() AS events
  FROM events
  WHERE account_id = {account:String} AND source = {source:String} AND agent_id IN ({ids:Array(String)})
    AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
  GROUP BY agent_id`;

const OF_SESSIONS_SQL = `
  SELECT login_session_id AS id, count() AS events
  FROM events
  WHERE account_id = {account:String} AND login_session_id IN ({ids:Array(String)})
  GROUP BY login_session_id`;

interface Size {
  id: string;
  events: number;
}

/** The first persons, each a list of agent ids, that fit into one piece; at least one. */
export async function firstPersons<T extends readonly string[]>(
  engine: Engine,
  { accountId, source, fromMs }: Since,
  persons: readonly T[],
): Promise<T[]> {
  const params = { account: accountId, source, ids: persons.flat(), from_ms: fromMs };
  return firstOf(persons, await engine.query<Size>(OF_AGENTS_SQL, params));
}

/** The first sessions that fit into one piece; at least one. */
export async function firstSessions(
  engine: Engine,
  accountId: string,
  sessionIds: readonly string[],
): Promise<string[]> {
  const sizes = await engine.query<Size>(OF_SESSIONS_SQL, { account: accountId, ids: sessionIds });
  return firstOf(
    sessionIds.map(id => [id]),
    sizes,
  ).flat();
}

function firstOf<T extends readonly string[]>(items: readonly T[], sizes: readonly Size[]): T[] {
  const eventsOf = new Map(sizes.map(({ id, events }) => [id, events]));
  let events = 0;
  const after = items.findIndex((ids, index) => {
    for (const id of ids) events += eventsOf.get(id) ?? 0;
    return index > 0 && events > LIMITS.replayPieceEvents;
  });
  return items.slice(0, after < 0 ? undefined : after);
}
