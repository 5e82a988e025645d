// Time zones: the reader's own, all that the browser knows, and what the clock of one shows.

/** For times that belong to no account, which would have a zone of its own. */
export const LOCAL_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const TIME_ZONES: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneNameAt(ms: number, timezone: string, form: 'short' | 'longOffset'): string {
  const key = `${form} ${timezone}`;
  const locale = form === 'longOffset' ? 'en' : undefined;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: form });
  formats.set(key, known);
  return known.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** `EDT`, `GMT+5:45`: the name of the zone at the instant. */
export const zoneName = (ms: number, timezone: string): string => zoneNameAt(ms, timezone, 'short');

/** How far the zone's clock is ahead of UTC at the instant, in milliseconds. */
export function zoneOffsetMs(ms: number, timezone: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(zoneNameAt(ms, timezone, 'longOffset')) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000);
}
