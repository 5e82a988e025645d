// Time zones: the reader's own, and all that the browser knows.

/** Used where nothing belongs to an account, which has a zone of its own. */
export const LOCAL_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const TIME_ZONES: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
