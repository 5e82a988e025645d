// The audit table into pages, newest entry first.
import type { Engine } from '../../engine/engine.ts';
import type { AuditEntry } from './audit.ts';
import type { AuditFilter } from './audit-log.ts';

export interface ShownEntry extends Required<AuditEntry> {
  /** UTC milliseconds since 1970. */
  atMs: number;
}

/** Where a page ends: the next one begins before this entry. */
export interface AuditCursor {
  atMs: number;
  orderInInstant: number;
}

type Row = Omit<ShownEntry, 'detail'> & { orderInInstant: number; detail: string };

const PAGE_SQL = `
  SELECT
    toUnixTimestamp64Milli(at) AS atMs, order_in_instant AS orderInInstant, username, address,
    toString(action) AS action, account_id AS accountId, detail
  FROM audit
  WHERE at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC') AND at < fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
    AND (toUnixTimestamp64Milli(at), order_in_instant) < ({before_ms:Int64}, {before_order:UInt32})
    AND {username:String} IN ('', username) AND {action:String} IN ('', action)
  ORDER BY at DESC, order_in_instant DESC
  LIMIT {limit:UInt32}`;

/** Later than every entry. */
const END_MS = Date.UTC(2286, 0, 1);
const NEWEST: AuditCursor = { atMs: END_MS, orderInInstant: 0 };

/** A page before the cursor, and the cursor of its end; undefined where nothing is before it. */
export async function readAuditPage(
  engine: Engine,
  { fromMs = 0, toMs = END_MS, username = '', action }: AuditFilter,
  limit: number,
  { atMs, orderInInstant }: AuditCursor = NEWEST,
): Promise<{ entries: ShownEntry[]; next: AuditCursor | undefined }> {
  const rows = await engine.query<Row>(PAGE_SQL, {
    from_ms: fromMs,
    to_ms: toMs,
    username,
    action: action ?? '',
    before_ms: atMs,
    before_order: orderInInstant,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const entries = page.map(({ orderInInstant: _, detail, ...entry }) => ({
    ...entry,
    detail: JSON.parse(detail) as ShownEntry['detail'],
  }));
  return { entries, next: rows.length > limit ? page.at(-1) : undefined };
}
