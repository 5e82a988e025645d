// Ranges of data quality checks and replays, from wall-clock times in a zone.
import { Temporal } from 'temporal-polyfill';
import type { Engine } from '../engine/engine.ts';
import { END_OF_TIME_MS } from '../ingest/events/event-block.ts';
import { type InstantRange, instantRange } from '../report/query/range.ts';
import { timeZoneNamed } from '../time/time-zone.ts';

/** Days of the default range, including today. */
const DAYS = 7;

/** By default the last seven days. @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END */
export function qualityRange(
  from: string | undefined,
  to: string | undefined,
  timezone: string,
  nowMs: number,
): InstantRange {
  const zone = timeZoneNamed(timezone);
  if (from !== undefined) return instantRange(from, to, zone, nowMs);
  const end = instantRange(to, to, zone, nowMs).toMs;
  const lastDay = Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(zone).toPlainDate();
  return instantRange(lastDay.subtract({ days: DAYS - 1 }).toString(), to, zone, nowMs);
}

const FIRST_AND_LAST_SQL = `
  SELECT min(first_ms) AS firstMs, max(last_ms) AS lastMs
  FROM (
    SELECT toUnixTimestamp64Milli(first_at) AS first_ms, toUnixTimestamp64Milli(last_at) AS last_ms
    FROM login_sessions WHERE account_id IN ({accounts:Array(String)})
    UNION ALL
    SELECT login_ms, end_ms FROM imported_sessions WHERE account_id IN ({accounts:Array(String)})
    UNION ALL
    SELECT toUnixTimestamp64Milli(received_at), toUnixTimestamp64Milli(received_at)
    FROM rejects WHERE account_id IN ({accounts:Array(String)})
  )
  HAVING count() > 0`;

/** From the accounts' first event or rejected input to the last one, or to now if that is later. */
export async function dataRange(engine: Engine, accountIds: readonly string[], nowMs: number): Promise<InstantRange> {
  const [found] = await engine.query<{ firstMs: number; lastMs: number }>(FIRST_AND_LAST_SQL, {
    accounts: accountIds,
  });
  return { fromMs: found?.firstMs ?? nowMs, toMs: Math.max(nowMs, found?.lastMs ?? nowMs) };
}

/** Before and after any event, UTC milliseconds since 1970. */
const ALL_TIME = { fromMs: 0, toMs: END_OF_TIME_MS };

/** The range of a replay; without a start or end it is unlimited. @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END */
export function replayRange(
  from: string | undefined,
  to: string | undefined,
  timezone: string,
  nowMs: number,
): { fromMs: number; toMs: number } {
  if (from !== undefined && to !== undefined) return instantRange(from, to, timezone, nowMs);
  return {
    fromMs: from === undefined ? ALL_TIME.fromMs : instantRange(from, from, timezone, nowMs).fromMs,
    toMs: to === undefined ? ALL_TIME.toMs : instantRange(to, to, timezone, nowMs).toMs,
  };
}
