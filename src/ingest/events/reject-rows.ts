// Rows of the table of rejects.
import type { Row } from '../../engine/engine.ts';
import type { Reject } from '../../sources/source.ts';

export function rejectRow(reject: Reject): Row {
  return {
    account_id: reject.accountId,
    source: reject.source,
    reason: reject.reason,
    detail: reject.detail,
    position: reject.position,
    raw: reject.raw,
    received_at: reject.receivedAt,
  };
}
