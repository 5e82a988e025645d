// Instants into text, in the reader's own way of writing them and in a zone that the caller names.

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter is dear to make: one for each zone and form. */
function formatter(timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timezone} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(undefined, { ...options, timeZone: timezone });
  formatters.set(key, known);
  return known;
}

/** Date and time to the second. `ms` is UTC, since 1970; `timezone` a name of the tz database. */
export const formatInstant = (ms: number, timezone: string): string =>
  formatter(timezone, { dateStyle: 'medium', timeStyle: 'medium' }).format(ms);

export const formatDate = (ms: number, timezone: string): string =>
  formatter(timezone, { dateStyle: 'medium' }).format(ms);

/** Time of day to the second. */
export const formatTime = (ms: number, timezone: string): string =>
  formatter(timezone, { timeStyle: 'medium' }).format(ms);
