// Pages of an account's rejects, newest first, and counts by feed and reason.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';

export interface RejectQuestion {
  accountId: string;
  /** Whether to include rejects that belong to no account. */
  seesUnassigned: boolean;
  /** Empty: all. */
  source: string;
  reason: string;
}

export interface KeptReject {
  /** Hash of account, feed, reason and input: the same input rejected again keeps its id. */
  id: string;
  /** Empty if the input names no account. */
  accountId: string;
  source: string;
  reason: string;
  detail: string;
  /** Line or document in the request or file, from 1. */
  position: number;
  /** When it last arrived, UTC milliseconds since 1970. */
  receivedMs: number;
  /** The original input; in pages only its beginning. */
  raw: string;
  /** Characters of the whole input. */
  rawChars: number;
}

/** The last reject of a page; the next page begins after it. */
export type RejectCursor = Pick<KeptReject, 'receivedMs' | 'id'>;

const ID = 'lower(hex(sipHash64(account_id, source, reason, raw_hash)))';

const VISIBLE = `(account_id = {account:String} OR ({sees_unassigned:Bool} AND account_id = ''))`;
const ASKED = `${VISIBLE} AND {source:String} IN ('', source) AND {reason:String} IN ('', reason)`;

const columns = (raw: string) => `
    ${ID} AS id,
    toString(account_id) AS accountId,
    toString(source) AS source,
    toString(reason) AS reason,
    detail,
    position,
    toUnixTimestamp64Milli(received_at) AS receivedMs,
    ${raw} AS raw,
    lengthUTF8(rejects.raw) AS rawChars`;

/** Reads the large inputs only for the rows of the page. */
const PAGE_SQL = `
  SELECT ${columns(`substringUTF8(rejects.raw, 1, ${LIMITS.rejectPreviewChars})`)}
  FROM rejects FINAL
  WHERE (account_id, source, reason, raw_hash) IN (
    SELECT account_id, source, reason, raw_hash
    FROM rejects FINAL
    WHERE ${ASKED}
      AND (toUnixTimestamp64Milli(received_at), ${ID}) < ({before_ms:Int64}, {before_id:String})
    ORDER BY received_at DESC, ${ID} DESC
    LIMIT {limit:UInt32}
  )
  ORDER BY receivedMs DESC, id DESC`;

const COUNTS_SQL = `
  SELECT toString(source) AS source, toString(reason) AS reason, count() AS count
  FROM rejects FINAL
  WHERE ${VISIBLE}
  GROUP BY source, reason
  ORDER BY count DESC, source, reason`;

const ONE_SQL = `SELECT ${columns('rejects.raw')} FROM rejects FINAL WHERE ${VISIBLE} AND ${ID} = {id:String}`;

const NEWEST: RejectCursor = { receivedMs: Number.MAX_SAFE_INTEGER, id: '' };

const paramsOf = ({ accountId, seesUnassigned, source, reason }: RejectQuestion) => ({
  account: accountId,
  sees_unassigned: seesUnassigned,
  source,
  reason,
});

/** The page after the cursor, and the cursor of the next page; undefined: it is the last page. */
export async function readRejects(
  engine: Engine,
  asked: RejectQuestion,
  limit: number,
  { receivedMs, id }: RejectCursor = NEWEST,
): Promise<{ rejects: KeptReject[]; next: RejectCursor | undefined }> {
  const rows = await engine.query<KeptReject>(PAGE_SQL, {
    ...paramsOf(asked),
    before_ms: receivedMs,
    before_id: id,
    limit: limit + 1,
  });
  const rejects = rows.slice(0, limit);
  return { rejects, next: rows.length > limit ? rejects.at(-1) : undefined };
}

/** Counts by feed and reason, without the filters of feed and reason. */
export function countRejects(
  engine: Engine,
  asked: Pick<RejectQuestion, 'accountId' | 'seesUnassigned'>,
): Promise<{ source: string; reason: string; count: number }[]> {
  return engine.query(COUNTS_SQL, paramsOf({ ...asked, source: '', reason: '' }));
}

/** One reject with its whole input; undefined if the id does not exist. */
export async function readReject(
  engine: Engine,
  asked: Pick<RejectQuestion, 'accountId' | 'seesUnassigned'>,
  id: string,
): Promise<KeptReject | undefined> {
  const params = { ...paramsOf({ ...asked, source: '', reason: '' }), id };
  return (await engine.query<KeptReject>(ONE_SQL, params))[0];
}
