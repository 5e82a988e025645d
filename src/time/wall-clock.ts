// Instants into wall-clock times of a zone, for a person.
import { Temporal } from 'temporal-polyfill';

/** `2026-03-02 09:00:00`. */
export function wallClock(timezone: string): (ms: number) => string {
  return ms =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(timezone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
      .replace('T', ' ');
}
