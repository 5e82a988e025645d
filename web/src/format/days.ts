// Days as YYYY-MM-DD, the form of date fields and of the API, and arithmetic with them.

export const DAY_MS = 86_400_000;

/** Midnight UTC of the day. */
export const dayStartMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day in UTC of an instant. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const plusDays = (day: string, days: number): string => dayOf(dayStartMs(day) + days * DAY_MS);

/** The day in UTC that was so many days before now. */
export const daysAgo = (days: number): string => dayOf(Date.now() - days * DAY_MS);

/** The day that a calendar in the zone shows at the instant. */
export const dayIn = (timezone: string, ms: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(ms);

/** The instant at which a day of this device begins, or one `daysLater`, as the API takes it. */
export function localDayStart(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** The first day of a week in the reader's calendar: 1 Monday to 7 Sunday. */
export function firstWeekday(): number {
  const locale = new Intl.Locale(navigator.language) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
  };
  return locale.getWeekInfo?.().firstDay ?? 1;
}
