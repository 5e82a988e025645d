// The text of a report's cell, written as the reader's language writes it.
import { formatShortInstant } from '../../../format/dates.ts';
import { formatCount, formatDecimals, formatPercent } from '../../../format/numbers.ts';
import { endReasonLook } from '../../../parts/looks/end-reason.tsx';
import type { ColumnInfo } from '../columns/column-info.ts';

/** `timezone` is the report's. A missing total is an empty text. */
export function cellText({ key, type }: ColumnInfo, value: unknown, timezone: string): string {
  if (value === null || value === undefined) return '';
  if (key === 'endReason') return endReasonLook(String(value)).label;
  switch (type) {
    case 'dts':
      return formatShortInstant(Date.parse(String(value)), timezone);
    case 'count':
      return formatCount(Number(value));
    case 'minutes':
      return formatDecimals(Number(value));
    case 'percent':
      return formatPercent(Number(value) / 100);
    case 'labels':
      return Object.entries(value as Record<string, number>)
        .map(([label, minutes]) => `${label} ${formatDecimals(minutes)}`)
        .join(', ');
    default:
      return String(value);
  }
}
