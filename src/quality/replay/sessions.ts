// Replay for feeds with login sessions: decodes the sessions again, and replaces those that change as a whole.
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { isReject, type Source } from '../../sources/source.ts';
import { replaceEvents } from '../../ingest/events/event-replacement.ts';
import { firstSessions } from '../../ingest/events/piece-size.ts';
import { eventsOfSessions } from '../../ingest/events/stored-events.ts';
import type { Pair } from './differences.ts';
import { decoderAgain } from './decode-again.ts';
import { piece, type Replay } from './question.ts';

/** Pages go by session id, so that replaced sessions do not shift them. */
const SESSIONS_SQL = `
  SELECT login_session_id AS sessionId
  FROM login_sessions FINAL
  WHERE account_id = {account:String} AND login_session_id > {after:String}
    AND last_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
    AND first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
  ORDER BY login_session_id
  LIMIT {limit:UInt32}`;

/** Replays the account's sessions of some feeds. */
export async function replaySessions(replay: Replay, sources: readonly Source[]): Promise<void> {
  const { engine, accountId, fromMs, toMs } = replay;
  const writers = sources.map(feed => ({ feed, ...sessionWriter(replay, feed.name) }));
  const params = { account: accountId, from_ms: fromMs, to_ms: toMs, limit: LIMITS.replaySessions };
  for (let after = ''; ; ) {
    const page = await engine.query<{ sessionId: string }>(SESSIONS_SQL, { ...params, after });
    if (page.length === 0) break;
    const listed = page.map(({ sessionId }) => sessionId);
    const ids = await firstSessions(engine, accountId, listed);
    after = ids.at(-1)!;
    await piece(replay, async () => {
      const stored = await eventsOfSessions(engine, accountId, ids);
      for (const { feed, add } of writers) {
        const own = stored.filter(({ source }) => source === feed.name);
        for (const events of Map.groupBy(own, ({ loginSessionId }) => loginSessionId).values()) {
          const pairs = decodeAgain(replay, feed, events);
          if (replay.tally.compare(pairs)) await add(events[0]!.loginSessionId, afterAll(pairs));
        }
      }
      if (replay.undisturbed !== undefined) await flushAll();
    });
  }
  await flushAll();

  async function flushAll(): Promise<void> {
    for (const { flush } of writers) await flush();
  }
}

/** Events that cannot be decoded again, or have no stored input, stay unchanged. */
export function decodeAgain(replay: Replay, feed: Source, events: readonly AgentEvent[]): Pair[] {
  const { tally } = replay;
  const decode = decoderAgain(feed, replay);
  return events.map(event => {
    if (event.raw === '') {
      tally.withoutInput++;
      return [event, event];
    }
    tally.inputs++;
    const decoded = decode({ raw: event.raw, position: 1, receivedAt: event.receivedAt });
    if (!isReject(decoded)) return [event, decoded];
    tally.refused++;
    return [event, event];
  });
}

export const afterAll = (pairs: readonly Pair[]): AgentEvent[] =>
  pairs.flatMap(([, after]) => (after === undefined ? [] : [after]));

/** Replaces many sessions at once: a replacement costs about the same for one and for thousands. */
function sessionWriter({ engine, accountId, isPreview }: Replay, source: string) {
  let sessionIds: string[] = [];
  let events: AgentEvent[] = [];
  async function flush(): Promise<void> {
    if (sessionIds.length === 0) return;
    const replaced = { accountId, source, sessionIds, outside: [] };
    if (!isPreview) await replaceEvents(engine, replaced, events);
    sessionIds = [];
    events = [];
  }
  return {
    flush,
    async add(sessionId: string, after: readonly AgentEvent[]): Promise<void> {
      sessionIds.push(sessionId);
      for (const event of after) events.push(event);
      if (events.length >= LIMITS.insertRows) await flush();
    },
  };
}
