// Parses a date and time as a wall-clock time, with the offset from UTC if the text has one.

const MINUTE_MS = 60_000;
const SHAPE = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?$/i;
const OFFSET = /([+-])(\d\d):?(\d\d)?$/;
const SECONDS_END = 19;

/** The years in reports. A time outside them is an error of the sender, such as 1970 for zero. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2199;
export const FIRST_INSTANT_MS = Date.UTC(FIRST_YEAR, 0, 1);
export const LAST_INSTANT_MS = Date.UTC(LAST_YEAR + 1, 0, 1) - 1;

interface WallTime {
  /** The wall-clock time as milliseconds since 1970, as if it were UTC. */
  wallMs: number;
  /** Offset from UTC in milliseconds, east positive; null if the text has none. */
  offsetMs: number | null;
}

/**
 * Parses `YYYY-MM-DD HH:MM:SS` (or with `T`), optionally with a fraction (cut to milliseconds) and with `Z` or an offset.
 * Undefined if the text has another form or is not a time of the years 1990 to 2199.
 */
export function readWallTime(text: string): WallTime | undefined {
  if (!SHAPE.test(text)) return undefined;
  const year = digits(text, 0) * 100 + digits(text, 2);
  const month = digits(text, 5);
  const day = digits(text, 8);
  const hour = digits(text, 11);
  const minute = digits(text, 14);
  const second = digits(text, 17);
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  if (day < 1 || day > daysOf(year, month)) return undefined;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  if (text.length === SECONDS_END) return { wallMs, offsetMs: null };
  return withTail(wallMs, text.slice(SECONDS_END));
}

function withTail(wallMs: number, tail: string): WallTime | undefined {
  const fraction = /^[.,](\d{1,3})/.exec(tail)?.[1] ?? '';
  const exactMs = wallMs + Number(fraction.padEnd(3, '0'));
  if (/z$/i.test(tail)) return { wallMs: exactMs, offsetMs: 0 };
  const [, sign, hours, minutes = '0'] = OFFSET.exec(tail) ?? [];
  if (hours === undefined) return { wallMs: exactMs, offsetMs: null };
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return { wallMs: exactMs, offsetMs: sign === '-' ? -offsetMs : offsetMs };
}

/** The number in the two digits at the index. */
function digits(text: string, index: number): number {
  return (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
