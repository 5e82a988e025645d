// The days of a range such as «last week», as of today.
import { DAY_MS, dayOf, dayStartMs, plusDays } from '../../format/days.ts';

export const PRESETS = {
  'last-7-days': 'Last 7 days',
  today: 'Today',
  yesterday: 'Yesterday',
  'this-week': 'This week',
  'last-week': 'Last week',
  'this-month': 'This month',
  'last-month': 'Last month',
  'this-pay-period': 'This pay period',
  'last-pay-period': 'Last pay period',
  custom: 'Custom range',
} as const;
export type Preset = keyof typeof PRESETS;

export const PAY_PERIODS = {
  '7': 'Weekly',
  '14': 'Every two weeks',
  'semi-monthly': 'Twice a month',
  month: 'Monthly',
} as const;
export type PayPeriod = keyof typeof PAY_PERIODS;

export interface AskedRange {
  range: Preset;
  /** Of `custom`, YYYY-MM-DD; empty: today. */
  from: string;
  to: string;
  /** The first day of any pay period, YYYY-MM-DD. */
  payStart: string;
  payPeriod: PayPeriod;
}

/** First and last day, both included, YYYY-MM-DD. */
export interface DayRange {
  from: string;
  to: string;
}

/** A day of the month that is `months` after the day's own; day 0 is the last one of the month before that. */
const monthDay = (day: string, months: number, dayOfMonth: number) =>
  dayOf(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, dayOfMonth));
const dayOfMonth = (day: string) => Number(day.slice(8));

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayStartMs(text)) && dayOf(dayStartMs(text)) === text;

/** @param firstWeekday 1 Monday to 7 Sunday */
export function daysOf(asked: AskedRange, today: string, firstWeekday: number): DayRange {
  const weekday = new Date(dayStartMs(today)).getUTCDay() || 7;
  const week = plusDays(today, -((weekday - firstWeekday + 7) % 7));
  const of = (from: string, to: string): DayRange => ({ from, to });
  switch (asked.range) {
    case 'today':
      return of(today, today);
    case 'yesterday':
      return of(plusDays(today, -1), plusDays(today, -1));
    case 'last-7-days':
      return of(plusDays(today, -6), today);
    case 'this-week':
      return of(week, plusDays(week, 6));
    case 'last-week':
      return of(plusDays(week, -7), plusDays(week, -1));
    case 'this-month':
      return of(monthDay(today, 0, 1), monthDay(today, 1, 0));
    case 'last-month':
      return of(monthDay(today, -1, 1), monthDay(today, 0, 0));
    case 'this-pay-period':
      return payPeriodOf(asked, today);
    case 'last-pay-period':
      return payPeriodOf(asked, plusDays(payPeriodOf(asked, today).from, -1));
    default: {
      const from = isDay(asked.from) ? asked.from : today;
      return of(from, isDay(asked.to) && asked.to >= from ? asked.to : from);
    }
  }
}

/** The pay period that contains the day. */
function payPeriodOf({ payStart, payPeriod }: AskedRange, day: string): DayRange {
  const first = isDay(payStart) ? payStart : '2024-01-01';
  if (payPeriod === 'month') {
    // Every month has a 28th.
    const begins = Math.min(dayOfMonth(first), 28);
    const from = monthDay(day, dayOfMonth(day) < begins ? -1 : 0, begins);
    return { from, to: plusDays(monthDay(from, 1, begins), -1) };
  }
  if (payPeriod === 'semi-monthly') {
    return dayOfMonth(day) <= 15
      ? { from: monthDay(day, 0, 1), to: monthDay(day, 0, 15) }
      : { from: monthDay(day, 0, 16), to: monthDay(day, 1, 0) };
  }
  const length = Number(payPeriod);
  const past = Math.floor((dayStartMs(day) - dayStartMs(first)) / DAY_MS / length);
  const from = plusDays(first, past * length);
  return { from, to: plusDays(from, length - 1) };
}
