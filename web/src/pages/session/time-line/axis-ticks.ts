// The marks of a time axis: round times of the zone's clock, also on days on which the clock is changed.
import { lengthOf, type TimeSpan } from './time-view.ts';

export interface Tick {
  ms: number;
  label: string;
  /** A new day begins, or the clock has been changed since the mark before. */
  isStrong: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map(seconds => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map(hours => hours * HOUR),
];
/** Zones differ from UTC by whole quarters of an hour. */
const QUARTER = 15 * MINUTE;

/** @param room pixels that a label needs */
export function axisTicks(view: TimeSpan, width: number, timezone: string, room = 84): Tick[] {
  const step = STEPS.find(ms => (ms / lengthOf(view)) * width >= room) ?? (STEPS.at(-1) as number);
  const stride = Math.min(step, QUARTER);
  const ticks: Tick[] = [];
  let before: { offsetMs: number; day: number } | undefined;
  for (let ms = Math.ceil(view.fromMs / stride) * stride; ms <= view.toMs; ms += stride) {
    const offsetMs = offsetAt(ms, timezone);
    if ((ms + offsetMs) % step !== 0) continue;
    const day = Math.floor((ms + offsetMs) / (24 * HOUR));
    const isChanged = before !== undefined && before.offsetMs !== offsetMs;
    const isNewDay = before !== undefined && before.day !== day;
    const label = isNewDay || step >= 24 * HOUR ? dayLabel(ms, timezone) : timeLabel(ms, timezone, step);
    ticks.push({
      ms,
      label: isChanged ? `${label} ${zoneName(ms, timezone)}` : label,
      isStrong: isNewDay || isChanged,
    });
    before = { offsetMs, day };
  }
  return ticks;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timezone: string, options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat {
  const key = `${locale} ${timezone} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: timezone });
  formatters.set(key, known);
  return known;
}

const part = (ms: number, format: Intl.DateTimeFormat, type: string) =>
  format.formatToParts(ms).find(piece => piece.type === type)?.value ?? '';

/** What the zone's clock is ahead of UTC at the instant: `GMT-4`, `GMT+5:45`. */
function offsetAt(ms: number, timezone: string): number {
  const name = part(ms, formatter(timezone, { timeZoneName: 'longOffset' }, 'en'), 'timeZoneName');
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

const timeLabel = (ms: number, timezone: string, step: number) =>
  formatter(timezone, {
    hour: 'numeric',
    minute: '2-digit',
    ...(step < MINUTE && { second: '2-digit' }),
  }).format(ms);
const dayLabel = (ms: number, timezone: string) =>
  formatter(timezone, { weekday: 'short', day: 'numeric', month: 'short' }).format(ms);
const zoneName = (ms: number, timezone: string) =>
  part(ms, formatter(timezone, { timeZoneName: 'short' }), 'timeZoneName');
