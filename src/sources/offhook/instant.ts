// Reads the `at` of a canonical event: epoch milliseconds, or ISO 8601 with a zone.
import { FIRST_INSTANT_MS, LAST_INSTANT_MS, readWallTime } from '../../time/wall-time.ts';
import { type Fields, missing, quote, Refusal, text } from '../fields.ts';

/** UTC, milliseconds since 1970; fractions of a millisecond are cut off. */
export function readInstant(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === 'number') return readEpochMs(name, value);
  const written = text(fields, name).trim();
  if (written === '') throw missing(name);
  const time = readWallTime(written);
  if (time === undefined) throw invalidTime(name, written, 'a time like 2021-05-02T08:36:50Z');
  if (time.offsetMs === null) throw invalidTime(name, written, 'a time with a zone: Z or an offset such as -04:00');
  return time.wallMs - time.offsetMs;
}

function readEpochMs(name: string, value: number): number {
  if (value >= FIRST_INSTANT_MS && value <= LAST_INSTANT_MS) return Math.floor(value);
  throw invalidTime(name, String(value), 'milliseconds since 1970, in the years 1990 to 2199');
}

function invalidTime(name: string, value: string, expected: string): Refusal {
  return new Refusal('INVALID_TIME', `${name} is ${quote(value)}, expected ${expected}.`);
}
