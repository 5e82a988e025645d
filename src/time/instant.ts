// Instants as ISO 8601 text.

/** UTC milliseconds since 1970 as ISO 8601. */
export const isoInstant = (ms: number): string => new Date(ms).toISOString();
