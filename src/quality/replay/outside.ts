// Replay for events outside of sessions (RingCX end-of-call events), some hours at a time.
import { LIMITS } from '../../limits.ts';
import type { Source } from '../../sources/source.ts';
import { replaceEvents } from '../../ingest/events/event-replacement.ts';
import { eventsOutside } from '../../ingest/events/stored-events.ts';
import { piece, type Replay } from './question.ts';
import { afterAll, decodeAgain } from './sessions.ts';

const HOUR_MS = 3_600_000;

const HOURS_SQL = `
  SELECT intDiv(toUnixTimestamp(at), 3600) AS hour, count() AS events
  FROM events
  WHERE account_id = {account:String} AND login_session_id = '' AND source = {source:String}
    AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC') AND at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
  GROUP BY hour
  ORDER BY hour`;

export async function replayOutside(replay: Replay, feed: Source): Promise<void> {
  const { engine, accountId, fromMs, toMs } = replay;
  const hours = await engine.query<{ hour: number; events: number }>(HOURS_SQL, {
    account: accountId,
    source: feed.name,
    from_ms: fromMs,
    to_ms: toMs,
  });
  let first = 0;
  let events = 0;
  for (const [i, { hour, events: more }] of hours.entries()) {
    events += more;
    const next = hours[i + 1];
    if (next !== undefined && events + next.events <= LIMITS.replayPieceEvents) continue;
    const fromHour = hours[first]!.hour;
    await piece(replay, () => replayHours(replay, feed, fromHour * HOUR_MS, (hour + 1) * HOUR_MS));
    first = i + 1;
    events = 0;
  }
}

/** An event that moves to a later hour is decoded again there. */
async function replayHours(replay: Replay, feed: Source, fromMs: number, toMs: number): Promise<void> {
  const { engine, accountId, isPreview, tally } = replay;
  const source = feed.name;
  const stored = await eventsOutside(engine, { accountId, source, fromMs, toMs });
  const byAgent = Map.groupBy(decodeAgain(replay, feed, stored), ([before]) => before!.agentId);
  const changed = [...byAgent].filter(([, pairs]) => tally.compare(pairs));
  if (isPreview || changed.length === 0) return;
  const outside = changed.map(([agentId]) => ({ agentId, fromMs, toMs }));
  const events = changed.flatMap(([, pairs]) => afterAll(pairs));
  await replaceEvents(engine, { accountId, source, sessionIds: [], outside }, events);
}
