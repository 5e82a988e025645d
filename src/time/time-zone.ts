// The name of a time zone into the one that both the runtime and the engine know.
import { Temporal } from 'temporal-polyfill';
import { UserError } from '../errors.ts';

/**
 * The name in the tz database's own spelling, backward links such as `US/Arizona` included.
 * @throws UserError UNKNOWN_TIME_ZONE; offsets such as `+02:00` are none, since they have no daylight saving
 */
export function timeZoneNamed(name: string): string {
  try {
    if (/^[A-Za-z]/.test(name)) {
      return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
    }
  } catch {
    // Said below, with the name.
  }
  throw new UserError(
    'UNKNOWN_TIME_ZONE',
    `'${name}' is not a time zone of the tz database.`,
    "Give a name such as 'America/New_York', 'US/Arizona' or 'UTC'.",
    [{ attributeName: 'timezoneName', message: 'unknown time zone', value: name }],
  );
}
