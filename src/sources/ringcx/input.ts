// The parsed RingCX document from which both kinds of events are built, and its times.
import { readWallTime } from '../../time/wall-time.ts';
import { type Fields, missing, quote, Refusal, text } from '../fields.ts';
import type { DecodeContext } from '../source.ts';
import type { LocalClock } from '../text/local-time.ts';

export interface RingcxInput {
  fields: Fields;
  raw: string;
  accountId: string;
  /** As sent. */
  eventType: string;
  context: DecodeContext;
  clock: LocalClock;
}

/** The zone of the platform's clock, used unless the account has another one. */
export const PLATFORM_ZONE = 'America/New_York';

export function feedZone({ zoneOf }: DecodeContext, accountId: string): string {
  return zoneOf(accountId) ?? PLATFORM_ZONE;
}

/**
 * The instant named by a field, plus `elapsedMs`. In a repeated hour, the earlier times of the same subject (session or call)
 * decide which pass it is.
 */
export function instantOf(input: RingcxInput, field: string, subject: string, elapsedMs = 0): number {
  const value = text(input.fields, field).trim();
  if (value === '') throw missing(field);
  const time = readWallTime(value);
  if (time === undefined) throw invalidTime(field, value);
  if (time.offsetMs !== null) return time.wallMs - time.offsetMs + elapsedMs;
  const zone = feedZone(input.context, input.accountId);
  return input.clock(time.wallMs, zone, `${input.accountId} ${subject}`, elapsedMs);
}

function invalidTime(field: string, value: string): Refusal {
  return new Refusal('INVALID_TIME', `${field} is ${quote(value)}, expected a time like 2020-06-30 19:44:30.`);
}
