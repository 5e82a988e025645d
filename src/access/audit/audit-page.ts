// The audit log in pages, newest entry first.
import type { Engine } from '../../engine/engine.ts';
import type { AuditEntry } from './audit.ts';
import { type AuditFilter, END_MS, FILTER_SQL, filterParams } from './audit-filter.ts';

export interface StoredAuditEntry extends Required<AuditEntry> {
  /** UTC milliseconds since 1970. */
  atMs: number;
}

/** The last entry of a page: the next page has the entries before it. */
export interface AuditCursor {
  atMs: number;
  orderInInstant: number;
}

type Row = Omit<StoredAuditEntry, 'detail'> & { orderInInstant: number; detail: string };

const PAGE_SQL = `
  SELECT
    toUnixTimestamp64Milli(at) AS atMs, order_in_instant AS orderInInstant, username, address,
    toString(action) AS action, account_id AS accountId, detail
  FROM audit
  WHERE ${FILTER_SQL}
    AND (toUnixTimestamp64Milli(at), order_in_instant) < ({before_ms:Int64}, {before_order:UInt32})
  ORDER BY at DESC, order_in_instant DESC
  LIMIT {limit:UInt32}`;

const NEWEST: AuditCursor = { atMs: END_MS, orderInInstant: 0 };

/** The page before the cursor. `next` is the cursor of the page after it, undefined on the last page. */
export async function readAuditPage(
  engine: Engine,
  filter: AuditFilter,
  limit: number,
  { atMs, orderInInstant }: AuditCursor = NEWEST,
): Promise<{ entries: StoredAuditEntry[]; next: AuditCursor | undefined }> {
  const rows = await engine.query<Row>(PAGE_SQL, {
    ...filterParams(filter),
    before_ms: atMs,
    before_order: orderInInstant,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const entries = page.map(({ orderInInstant: _, detail, ...entry }) => ({
    ...entry,
    detail: JSON.parse(detail) as StoredAuditEntry['detail'],
  }));
  return { entries, next: rows.length > limit ? page.at(-1) : undefined };
}
