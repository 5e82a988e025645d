// A value of the session as text, to the millisecond, so that the parts that are shown add up to it.
import { formatInstant } from '../../../format/dates.ts';
import { formatExactDuration } from '../../../format/durations.ts';
import { formatCount, formatDecimals, formatPercent } from '../../../format/numbers.ts';
import type { Unit, Value } from '../session-types.ts';

/** A missing instant belongs to a session that is still open. */
export function valueText(value: Value, unit: Unit, timezone: string): string {
  if (value === null) return 'Still open';
  if (typeof value === 'object') return labelsText(value);
  if (unit === 'INSTANT') return formatInstant(typeof value === 'number' ? value : Date.parse(value), timezone);
  if (typeof value === 'string') return value === '' ? '–' : value;
  if (unit === 'MS') return formatExactDuration(value);
  // Averages are whole hundredths of a minute, rounded as the report rounds them.
  if (unit === 'MINUTE_HUNDREDTHS') return `${formatDecimals(value / 100)} min`;
  if (unit === 'PERCENT_HUNDREDTHS') return formatPercent(value / 10_000);
  return formatCount(value);
}

function labelsText(byLabel: Record<string, number>): string {
  const labels = Object.entries(byLabel);
  return labels.length === 0 ? '–' : labels.map(([label, ms]) => `${label} ${formatExactDuration(ms)}`).join(', ');
}
