// A report's range: wall-clock start and end in a zone, as the instants between which sessions must begin.
import { Temporal } from 'temporal-polyfill';
import { UserError } from '../../errors.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';

/** UTC milliseconds since 1970, both inclusive. */
export interface InstantRange {
  fromMs: number;
  toMs: number;
}

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?$/;
const DAY_MS = 86_400_000;

/**
 * The range of a report. A time in a spring gap moves forward. An ambiguous start is the first occurrence and an ambiguous end
 * the last, so no session of the repeated hour is lost. An end includes all of its last unit: `23:59:59` includes
 * 23:59:59.999. Without start and end: today in the zone.
 * @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END
 */
export function instantRange(
  start: string | undefined,
  end: string | undefined,
  timezone: string,
  nowMs: number,
): InstantRange {
  const zone = timeZoneNamed(timezone);
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate().toString();
  const fromMs = instant(readTimestamp(start ?? today, 'startTimestamp').wall, zone, 'compatible');
  const last = readTimestamp(end ?? today, 'endTimestamp');
  // The last millisecond of the unit, by the zone's clock: a day may have 23 or 25 hours.
  const toMs = instant(last.wall.add({ milliseconds: last.precisionMs - 1 }), zone, 'later');
  if (fromMs > toMs) {
    throw new UserError(
      'START_AFTER_END',
      `The report's start ${start ?? today} is after its end ${end ?? today} (${zone}).`,
      'Swap them, or correct the wrong one.',
      [{ attributeName: 'startTimestamp', message: 'start is after end', value: start }],
    );
  }
  return { fromMs, toMs };
}

function instant(wall: Temporal.PlainDateTime, zone: string, disambiguation: 'compatible' | 'later'): number {
  return wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

function readTimestamp(text: string, attributeName: string): { wall: Temporal.PlainDateTime; precisionMs: number } {
  const [, date, minutes, seconds, fraction] = TIMESTAMP.exec(text.trim()) ?? [];
  try {
    if (date !== undefined) {
      const time = `${minutes ?? '00:00'}:${seconds ?? '00'}.${fraction ?? '0'}`;
      const wall = Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: 'reject' });
      return {
        wall: wall.round({ smallestUnit: 'millisecond', roundingMode: 'trunc' }),
        precisionMs: precision(),
      };
    }
  } catch {
    // The error below has the text.
  }
  throw new UserError(
    'INVALID_REQUEST',
    `The ${attributeName === 'startTimestamp' ? 'start' : 'end'} '${text}' is not a date and time.`,
    "Write it as '2020-04-22' or '2020-04-22 00:00:00', in the report's time zone.",
    [{ attributeName, message: 'must be YYYY-MM-DD HH:MM:SS', value: text }],
  );

  function precision(): number {
    if (minutes === undefined) return DAY_MS;
    if (seconds === undefined) return 60_000;
    return fraction === undefined ? 1000 : Math.max(10 ** (3 - fraction.length), 1);
  }
}
