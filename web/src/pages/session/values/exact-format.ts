// Times and values of one session into text, to the millisecond where they have some: what is shown adds up as it is shown.
import { formatDuration } from '../../../format/durations.ts';
import { formatCount, formatPercent } from '../../../format/numbers.ts';
import { formatDate, formatInstant } from '../../../format/dates.ts';
import type { Unit, Value } from '../session-types.ts';

const two = (value: number) => String(value).padStart(2, '0');
const fraction = (ms: number) => (ms % 1000 === 0 ? '' : `.${String(Math.abs(ms) % 1000).padStart(3, '0')}`);

/** `h:mm:ss`, and `.mmm` where it is no whole second. */
export const exactDuration = (ms: number): string => `${formatDuration(ms)}${fraction(ms)}`;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Time of day to the second, or to the millisecond where it has some. `ms` is UTC, since 1970. */
export function exactTime(ms: number, timezone: string): string {
  const digits = ms % 1000 === 0 ? undefined : 3;
  const key = `${timezone} ${digits}`;
  const known =
    clocks.get(key) ??
    new Intl.DateTimeFormat(undefined, {
      timeZone: timezone,
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
      ...(digits && { fractionalSecondDigits: digits }),
    });
  clocks.set(key, known);
  return known.format(ms);
}

/** From and to, with the dates where they differ. */
export function exactRange(fromMs: number, toMs: number, timezone: string): string {
  const [from, to] = [fromMs, toMs].map(ms => exactTime(ms, timezone));
  const [first, last] = [fromMs, toMs].map(ms => formatDate(ms, timezone));
  return first === last ? `${from} – ${to}` : `${first} ${from} – ${last} ${to}`;
}

/** Minutes of averages are whole hundredths, as the report rounds them: `0.22 min`. */
const hundredths = (value: number) => `${Math.floor(value / 100)}.${two(value % 100)} min`;

/** For people, in their own way of writing; an absent instant is a session that is still open. */
export function formatValue(value: Value, unit: Unit, timezone: string): string {
  if (value === null) return 'Still open';
  if (typeof value === 'object') return labelsText(value);
  if (unit === 'INSTANT') return formatInstant(typeof value === 'number' ? value : Date.parse(value), timezone);
  if (typeof value === 'string') return value === '' ? '–' : value;
  if (unit === 'MS') return exactDuration(value);
  if (unit === 'MINUTE_HUNDREDTHS') return hundredths(value);
  if (unit === 'PERCENT_HUNDREDTHS') return formatPercent(value / 10_000);
  return formatCount(value);
}

function labelsText(byLabel: Record<string, number>): string {
  const labels = Object.entries(byLabel);
  return labels.length === 0 ? '–' : labels.map(([label, ms]) => `${label} ${exactDuration(ms)}`).join(', ');
}
