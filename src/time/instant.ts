// Formats instants as ISO 8601.

/** ISO 8601 text of UTC milliseconds since 1970, such as `2026-03-02T09:00:00.000Z`. */
export const isoInstant = (ms: number): string => new Date(ms).toISOString();
