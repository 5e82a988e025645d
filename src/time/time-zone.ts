// Validates the name of a time zone.
import { Temporal } from 'temporal-polyfill';
import { UserError } from '../errors.ts';

/**
 * The name in the spelling of the tz database, which runtime and engine share. Links such as `US/Arizona` are accepted; offsets
 * such as `+02:00` are not, since they have no daylight saving time.
 * @throws UserError UNKNOWN_TIME_ZONE
 */
export function timeZoneNamed(name: string): string {
  try {
    if (/^[A-Za-z]/.test(name)) {
      return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
    }
  } catch {
    // Thrown below, with the name.
  }
  throw new UserError(
    'UNKNOWN_TIME_ZONE',
    `'${name}' is not a time zone of the tz database.`,
    "Use a name such as 'America/New_York', 'US/Arizona' or 'UTC'.",
    [{ attributeName: 'timezoneName', message: 'unknown time zone', value: name }],
  );
}
