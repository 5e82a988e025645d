// The audit table into text: JSON, NDJSON or CSV of any length, written by the engine.
import { Temporal } from 'temporal-polyfill';
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { commaSeparated } from '../../report/formats/typed.ts';
import { framed } from '../../report/formats/format.ts';
import type { AuditAction } from './audit.ts';

export const AUDIT_FORMATS = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
} as const;
export type AuditFormat = keyof typeof AUDIT_FORMATS;

export interface AuditFilter {
  /** UTC milliseconds; the first is included, the last is not. */
  fromMs: number | undefined;
  toMs: number | undefined;
  username: string | undefined;
  action: AuditAction | undefined;
}

/** UTC milliseconds of an ISO 8601 instant. @throws UserError INVALID_REQUEST */
export function instantNamed(name: string, text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new UserError(
      'INVALID_REQUEST',
      `'${text}' is not an instant.`,
      `Write ${name} with a zone, such as 2026-03-02T09:00:00Z.`,
      [{ attributeName: name, message: 'must be an ISO 8601 instant', value: text }],
    );
  }
}

/** Up to the end of what the table can hold. */
const LAST_MS = Date.UTC(2286, 0, 1);

const FROM_AUDIT = `
  FROM audit
  WHERE at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC') AND at < fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
    AND ({username:String} = '' OR username = {username:String})
    AND ({action:String} = '' OR action = {action:String})
  ORDER BY at, order_in_instant`;

const AT = `formatDateTimeInJodaSyntax(at, 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z''', 'UTC')`;

/** One JSON object a row; `detail` is JSON already. */
const NDJSON_SQL = `
  SELECT concat(
    '{"at":', toJSONString(${AT}), ',"username":', toJSONString(username), ',"address":', toJSONString(address),
    ',"action":', toJSONString(toString(action)), ',"accountId":', toJSONString(account_id), ',"detail":', detail, '}'
  )
  ${FROM_AUDIT}`;

/** Whoever is refused chooses the name that is recorded: it must not become a formula of the reader's spreadsheet. */
const CSV_SQL = `
  WITH (text -> if(match(text, '^[=+@\\t\\r-]'), concat('''', text), text)) AS guarded
  SELECT ${AT}, guarded(username), guarded(address), toString(action), guarded(account_id), detail
  ${FROM_AUDIT}`;
const CSV_HEADER = 'at,username,address,action,accountId,detail\n';

/** All entries of the filter in order of time. Aborting `signal` stops the query. */
export function streamAuditLog(
  engine: Engine,
  { fromMs = 0, toMs = LAST_MS, username = '', action }: AuditFilter,
  format: AuditFormat,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  const params = { from_ms: fromMs, to_ms: toMs, username, action: action ?? '' };
  const abort = signal ? { signal } : {};
  if (format === 'csv') {
    return framed(CSV_HEADER, engine.stream(CSV_SQL, params, { format: 'CSV', ...abort }), '');
  }
  const lines = engine.stream(NDJSON_SQL, params, { format: 'TSVRaw', ...abort });
  return format === 'ndjson' ? lines : framed('[\n', commaSeparated(lines), '\n]\n');
}
