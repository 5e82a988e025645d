// Dates and times in answers: ISO 8601, UTC.
import { Type } from 'typebox';

export const Instant = Type.String({ description: 'UTC, ISO 8601.', examples: ['2026-03-02T09:00:00.000Z'] });
