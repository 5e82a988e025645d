// The points of the time axis: every day, week, month or hour of a range, even without sessions.
import { formatHour, formatLongDay, formatMonth, formatShortDay, formatShortMonth } from '../../format/dates.ts';
import { DAY_MS, dayOf, dayStartMs } from '../../format/days.ts';
import type { Period } from './trend-fields.ts';

export interface TrendPeriod {
  /** The trends call's name for it. */
  key: string;
  /** Its first and last day within the range, YYYY-MM-DD; undefined for an hour of the day. */
  days: { from: string; to: string } | undefined;
}

/** The Monday of the day's week, its month, or the day itself. */
function keyOf(day: string, period: Period): string {
  if (period === 'month') return day.slice(0, 7);
  if (period === 'day') return day;
  return dayOf(dayStartMs(day) - ((new Date(dayStartMs(day)).getUTCDay() + 6) % 7) * DAY_MS);
}

/** @param from first day @param to last day, both included, YYYY-MM-DD */
export function periodsOf(from: string, to: string, period: Period): TrendPeriod[] {
  if (period === 'hourOfDay') {
    return Array.from({ length: 24 }, (_, hour) => ({ key: String(hour), days: undefined }));
  }
  const days = Array.from({ length: Math.round((dayStartMs(to) - dayStartMs(from)) / DAY_MS) + 1 }, (_, nth) =>
    dayOf(dayStartMs(from) + nth * DAY_MS),
  );
  return [...Map.groupBy(days, day => keyOf(day, period))].map(([key, own]) => ({
    key,
    days: { from: own[0] as string, to: own.at(-1) as string },
  }));
}

/** For a table or a tooltip. */
export function periodName({ key, days }: TrendPeriod, period: Period): string {
  if (days === undefined) return formatHour(Number(key));
  if (period === 'month') return formatMonth(key);
  if (period === 'day' || days.from === days.to) return formatLongDay(days.from);
  return `${formatShortDay(days.from)} – ${formatLongDay(days.to)}`;
}

/** For an axis. */
export function periodTick({ key, days }: TrendPeriod, period: Period): string {
  if (days === undefined) return formatHour(Number(key));
  return period === 'month' ? formatShortMonth(key) : formatShortDay(days.from);
}
