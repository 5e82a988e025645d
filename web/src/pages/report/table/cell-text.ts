// A value of the report into the text of its cell, in the reader's own way of writing.
import { endReasonLook } from '../../../parts/looks/end-reason.tsx';
import type { ColumnInfo } from '../columns/column-info.ts';

const count = new Intl.NumberFormat();
const twoDecimals = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const instants = new Map<string, Intl.DateTimeFormat>();

/** Date and time to the minute, as the report prints them; a formatter is dear to make. */
function instantText(iso: string, timezone: string): string {
  const options = { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' } as const;
  const formatter = instants.get(timezone) ?? new Intl.DateTimeFormat(undefined, options);
  instants.set(timezone, formatter);
  return formatter.format(Date.parse(iso));
}

/** `timezone` is the report's. An absent total is an empty text. */
export function cellText({ key, type }: ColumnInfo, value: unknown, timezone: string): string {
  if (value === null || value === undefined) return '';
  if (key === 'endReason') return endReasonLook(String(value)).label;
  switch (type) {
    case 'dts':
      return instantText(String(value), timezone);
    case 'count':
      return count.format(Number(value));
    case 'minutes':
      return twoDecimals.format(Number(value));
    case 'percent':
      return `${twoDecimals.format(Number(value))}%`;
    case 'labels':
      return Object.entries(value as Record<string, number>)
        .map(([label, minutes]) => `${label} ${twoDecimals.format(minutes)}`)
        .join(', ');
    default:
      return String(value);
  }
}
