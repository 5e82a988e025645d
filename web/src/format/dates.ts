// Instants and days as text, written as the reader's language writes them, in a zone that the caller names.
import { dayStartMs } from './days.ts';
import { twoDigits } from './numbers.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are expensive to create: one for each zone and form. */
function format(timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timezone} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(undefined, { ...options, timeZone: timezone });
  formats.set(key, known);
  return known;
}

/** Date and time to the second. `ms` is UTC, since 1970; `timezone` a name of the tz database. */
export const formatInstant = (ms: number, timezone: string): string =>
  format(timezone, { dateStyle: 'medium', timeStyle: 'medium' }).format(ms);

/** Date and time to the minute, as narrow as the language allows. */
export const formatShortInstant = (ms: number, timezone: string): string =>
  format(timezone, { dateStyle: 'short', timeStyle: 'short' }).format(ms);

export const formatDate = (ms: number, timezone: string): string =>
  format(timezone, { dateStyle: 'medium' }).format(ms);

/** Time of day to the second. */
export const formatTime = (ms: number, timezone: string): string =>
  format(timezone, { timeStyle: 'medium' }).format(ms);

/** Time of day to the second, or to the millisecond where it has a fraction. */
export const formatExactTime = (ms: number, timezone: string): string =>
  format(timezone, {
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    ...(ms % 1000 !== 0 && { fractionalSecondDigits: 3 }),
  }).format(ms);

/** From and to, with the dates where they differ. */
export function formatExactRange(fromMs: number, toMs: number, timezone: string): string {
  const [from, to] = [fromMs, toMs].map(ms => formatExactTime(ms, timezone));
  const [first, last] = [fromMs, toMs].map(ms => formatDate(ms, timezone));
  return first === last ? `${from} – ${to}` : `${first} ${from} – ${last} ${to}`;
}

/** For marks of a time axis: time of day, and weekday with date. */
export const formatClock = (ms: number, timezone: string, hasSeconds: boolean): string =>
  format(timezone, { hour: 'numeric', minute: '2-digit', ...(hasSeconds && { second: '2-digit' }) }).format(ms);
export const formatWeekday = (ms: number, timezone: string): string =>
  format(timezone, { weekday: 'short', day: 'numeric', month: 'short' }).format(ms);

/** `day` is YYYY-MM-DD, here and below. */
export const formatDay = (day: string): string => formatDate(dayStartMs(day), 'UTC');

/** With the weekday. */
export const formatLongDay = (day: string): string =>
  format('UTC', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(dayStartMs(day));

/** Without the year. */
export const formatShortDay = (day: string): string =>
  format('UTC', { day: 'numeric', month: 'short' }).format(dayStartMs(day));

/** `month` is YYYY-MM. */
export const formatMonth = (month: string): string =>
  format('UTC', { month: 'long', year: 'numeric' }).format(dayStartMs(`${month}-01`));
export const formatShortMonth = (month: string): string =>
  format('UTC', { month: 'short', year: '2-digit' }).format(dayStartMs(`${month}-01`));

/** `9` is `09:00`. */
export const formatHour = (hour: number): string => `${twoDigits(hour)}:00`;
