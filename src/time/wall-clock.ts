// Formats instants as wall-clock times of a zone.
import { Temporal } from 'temporal-polyfill';

/** A function from UTC milliseconds since 1970 to `2026-03-02 09:00:00` in the zone. */
export function wallClock(timezone: string): (ms: number) => string {
  return ms =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(timezone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
      .replace('T', ' ');
}
