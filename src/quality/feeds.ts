// What each feed of an account sent: how many events, when last, and how many inputs were rejected.
import type { Engine } from '../engine/engine.ts';
import { sqlText } from '../engine/sql-file.ts';

export interface FeedActivity {
  /** The feed's name in the registry. */
  source: string;
  events: number;
  /** When the earliest and the latest event happened, UTC milliseconds since 1970; undefined: no events. */
  firstEventMs: number | undefined;
  lastEventMs: number | undefined;
  /** When the last input arrived, used or rejected. */
  lastReceivedMs: number;
  /** Events received in the last minute, hour and day. */
  eventsLastMinute: number;
  eventsLastHour: number;
  eventsLastDay: number;
  rejects: number;
  rejectsLastDay: number;
  /** Events received in each of the last sixty minutes, oldest first. */
  eventsByMinute: number[];
}

type FeedRow = Omit<FeedActivity, 'firstEventMs' | 'lastEventMs' | 'eventsByMinute'> & {
  firstEventMs: number;
  lastEventMs: number;
};

const MINUTES = 60;

const FEEDS_SQL = sqlText(new URL('./feeds.sql', import.meta.url));

const BY_MINUTE_SQL = `
  SELECT
    toString(source) AS source,
    intDiv({now_ms:Int64} - toUnixTimestamp64Milli(received_at), 60000) AS minutesAgo,
    count() AS events
  FROM events
  WHERE account_id = {account:String}
    AND received_at > fromUnixTimestamp64Milli({now_ms:Int64} - ${MINUTES} * 60000, 'UTC')
    AND received_at <= fromUnixTimestamp64Milli({now_ms:Int64}, 'UTC')
  GROUP BY source, minutesAgo`;

/** The feed that sent last comes first. Reads two columns of the account's events: some milliseconds per million. */
export async function readFeeds(engine: Engine, accountId: string, nowMs: number): Promise<FeedActivity[]> {
  const params = { account: accountId, now_ms: nowMs };
  const [feeds, minutes] = await Promise.all([
    engine.query<FeedRow>(FEEDS_SQL, params),
    engine.query<{ source: string; minutesAgo: number; events: number }>(BY_MINUTE_SQL, params),
  ]);
  return feeds.map(({ firstEventMs, lastEventMs, ...feed }) => {
    const eventsByMinute = new Array<number>(MINUTES).fill(0);
    for (const { source, minutesAgo, events } of minutes) {
      if (source === feed.source) eventsByMinute[MINUTES - 1 - minutesAgo] = events;
    }
    const times = feed.events > 0 ? { firstEventMs, lastEventMs } : NO_TIMES;
    return { ...feed, ...times, eventsByMinute };
  });
}

const NO_TIMES = { firstEventMs: undefined, lastEventMs: undefined };
