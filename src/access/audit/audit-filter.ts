// Which entries of the audit log a query selects.
import { Temporal } from 'temporal-polyfill';
import { UserError } from '../../errors.ts';
import type { AuditAction } from './audit.ts';

export interface AuditFilter {
  /** UTC milliseconds; the first is included, the last is not. */
  fromMs: number | undefined;
  toMs: number | undefined;
  username: string | undefined;
  action: AuditAction | undefined;
}

/** Later than any entry that the table can hold. */
export const END_MS = Date.UTC(2286, 0, 1);

/** The condition of a filter, with the parameters of `filterParams`. */
export const FILTER_SQL = `
  at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC') AND at < fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
  AND {username:String} IN ('', username) AND {action:String} IN ('', action)`;

export const filterParams = ({ fromMs = 0, toMs = END_MS, username = '', action }: AuditFilter) => ({
  from_ms: fromMs,
  to_ms: toMs,
  username,
  action: action ?? '',
});

/**
 * UTC milliseconds of an ISO 8601 instant.
 * @param name the field or option, for the error message
 * @throws UserError INVALID_REQUEST
 */
export function parseInstant(name: string, text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new UserError(
      'INVALID_REQUEST',
      `'${text}' is not a date and time with a time zone.`,
      `Give '${name}' in ISO 8601 format with a time zone, such as 2026-03-02T09:00:00Z.`,
      [{ attributeName: name, message: 'must be an ISO 8601 instant', value: text }],
    );
  }
}
