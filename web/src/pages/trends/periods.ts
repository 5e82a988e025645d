// The points of the time axis: every day, week, month or hour of a range, also those without a session.
import type { Period } from './trend-fields.ts';

export interface TrendPeriod {
  /** As the trends call names it. */
  key: string;
  /** First and last day of it that lie in the range, YYYY-MM-DD; undefined for an hour of the day. */
  days: { from: string; to: string } | undefined;
}

const DAY_MS = 86_400_000;
const dayMs = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The day's week by its Monday, its month, or itself. */
function keyOf(day: string, period: Period): string {
  if (period === 'month') return day.slice(0, 7);
  if (period === 'day') return day;
  return dayText(dayMs(day) - ((new Date(dayMs(day)).getUTCDay() + 6) % 7) * DAY_MS);
}

/** @param from first day, @param to last day, both YYYY-MM-DD and included */
export function periodsOf(from: string, to: string, period: Period): TrendPeriod[] {
  if (period === 'hourOfDay') {
    return Array.from({ length: 24 }, (_, hour) => ({ key: String(hour), days: undefined }));
  }
  const days = Array.from({ length: Math.round((dayMs(to) - dayMs(from)) / DAY_MS) + 1 }, (_, nth) =>
    dayText(dayMs(from) + nth * DAY_MS),
  );
  return [...Map.groupBy(days, day => keyOf(day, period))].map(([key, own]) => ({
    key,
    days: { from: own[0] as string, to: own.at(-1) as string },
  }));
}

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' });
const FULL = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const SHORT = format({ day: 'numeric', month: 'short' });
const MONTH = format({ month: 'long', year: 'numeric' });
const SHORT_MONTH = format({ month: 'short', year: '2-digit' });

/** For a table or a tooltip. */
export function periodName({ key, days }: TrendPeriod, period: Period): string {
  if (days === undefined) return hourName(key);
  if (period === 'month') return MONTH.format(dayMs(`${key}-01`));
  if (period === 'day' || days.from === days.to) return FULL.format(dayMs(days.from));
  return `${SHORT.format(dayMs(days.from))} – ${FULL.format(dayMs(days.to))}`;
}

/** For an axis. */
export function periodTick({ key, days }: TrendPeriod, period: Period): string {
  if (days === undefined) return hourName(key);
  return period === 'month' ? SHORT_MONTH.format(dayMs(`${key}-01`)) : SHORT.format(dayMs(days.from));
}

const hourName = (hour: string) => `${hour.padStart(2, '0')}:00`;
