// The audit log as JSON, NDJSON or CSV text of any length, written by the engine.
import type { Engine } from '../../engine/engine.ts';
import { guardedSql } from '../../report/columns/formula-guard.ts';
import { commaSeparated } from '../../report/formats/typed.ts';
import { framed } from '../../report/formats/format.ts';
import { type AuditFilter, FILTER_SQL, filterParams } from './audit-filter.ts';

export const AUDIT_FORMATS = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
} as const;
export type AuditFormat = keyof typeof AUDIT_FORMATS;

const FROM_AUDIT = `FROM audit WHERE ${FILTER_SQL} ORDER BY at, order_in_instant`;

const AT = `formatDateTimeInJodaSyntax(at, 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z''', 'UTC')`;

/** One JSON object per row; `detail` is stored as JSON. */
const NDJSON_SQL = `
  SELECT concat(
    '{"at":', toJSONString(${AT}), ',"username":', toJSONString(username), ',"address":', toJSONString(address),
    ',"action":', toJSONString(toString(action)), ',"accountId":', toJSONString(account_id), ',"detail":', detail, '}'
  )
  ${FROM_AUDIT}`;

/** Anyone can enter any user name at sign-in: the name must not become a formula in the reader's spreadsheet. */
const CSV_SQL = `
  SELECT ${AT}, ${guardedSql('username')}, ${guardedSql('address')}, toString(action), ${guardedSql('account_id')}, detail
  ${FROM_AUDIT}`;
const CSV_HEADER = 'at,username,address,action,accountId,detail\n';

/** All entries that the filter selects, in chronological order. Aborting `signal` stops the query. */
export function streamAuditLog(
  engine: Engine,
  filter: AuditFilter,
  format: AuditFormat,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  const params = filterParams(filter);
  const abort = signal ? { signal } : {};
  if (format === 'csv') {
    return framed(CSV_HEADER, engine.stream(CSV_SQL, params, { format: 'CSV', ...abort }), '');
  }
  const lines = engine.stream(NDJSON_SQL, params, { format: 'TSVRaw', ...abort });
  return format === 'ndjson' ? lines : framed('[\n', commaSeparated(lines), '\n]\n');
}
