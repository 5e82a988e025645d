// Rejects into rows of their table.
import type { Reject } from '../../sources/source.ts';
import { tsvInstant, tsvRow } from '../../engine/tsv.ts';

export const REJECT_COLUMNS = ['account_id', 'source', 'reason', 'detail', 'position', 'raw', 'received_at'] as const;

export function rejectRow(reject: Reject): string {
  return tsvRow([
    reject.accountId,
    reject.source,
    reject.reason,
    reject.detail,
    reject.position,
    reject.raw,
    tsvInstant(reject.receivedAt),
  ]);
}
