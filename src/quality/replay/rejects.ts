// Replay for rejects: those that can be used now are stored as events and deleted.
import { LIMITS } from '../../limits.ts';
import type { AgentFact } from '../../sources/agent-source.ts';
import type { Feed } from '../../sources/registry.ts';
import { isReject } from '../../sources/source.ts';
import { openSessionization } from '../../ingest/sessionization/sessionization.ts';
import { readAgain } from '../../ingest/sessionization/stored-facts.ts';
import { decoderAgain } from './decode-again.ts';
import { contextOf, piece, type Replay } from './question.ts';

interface RejectRow {
  reason: string;
  /** Hash of the input, as text: it exceeds JavaScript's safe integers. */
  hash: string;
  raw: string;
  position: number;
  receivedAt: number;
}

/** WRONG_ACCOUNT rejects stay: the sender, who was not allowed to write to the account, is no longer known. */
const REJECTS_SQL = `
  SELECT
    reason,
    toString(raw_hash) AS hash,
    raw,
    position,
    toUnixTimestamp64Milli(received_at) AS receivedAt
  FROM rejects FINAL
  WHERE account_id = {account:String} AND source = {source:String} AND reason != 'WRONG_ACCOUNT'
    AND received_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
    AND (reason, raw_hash) > ({after_reason:String}, {after_hash:UInt64})
  ORDER BY reason, raw_hash
  LIMIT {limit:UInt32}`;

const DELETE_SQL = `
  DELETE FROM rejects
  WHERE account_id = {account:String} AND source = {source:String}
    AND has(arrayZip({reasons:Array(String)}, {hashes:Array(String)}), (toString(reason), toString(raw_hash)))`;

/** Only rejects received since the start of the range: earlier ones cannot be about it. */
export async function replayRejects(replay: Replay, feed: Feed): Promise<void> {
  const { engine, accountId, fromMs } = replay;
  const params = { account: accountId, source: feed.name, from_ms: fromMs, limit: LIMITS.replaySessions };
  let last = { reason: '', hash: '0' };
  for (;;) {
    const page = await engine.query<RejectRow>(REJECTS_SQL, {
      ...params,
      after_reason: last.reason,
      after_hash: last.hash,
    });
    if (page.length === 0) return;
    last = page.at(-1)!;
    const inOrder = page.toSorted((a, b) => a.position - b.position);
    await piece(replay, () => replayPage(replay, feed, inOrder));
  }
}

async function replayPage(replay: Replay, feed: Feed, page: readonly RejectRow[]): Promise<void> {
  const { engine, accountId, isPreview, tally } = replay;
  tally.inputs += page.length;
  const used = 'decoder' in feed ? eventsNow(replay, feed, page) : factsNow(replay, feed, page);
  tally.rejectsUsed += used.rows.length;
  if (isPreview || used.rows.length === 0) return;
  await used.store();
  await engine.command(DELETE_SQL, {
    account: accountId,
    source: feed.name,
    reasons: used.rows.map(({ reason }) => reason),
    hashes: used.rows.map(({ hash }) => hash),
  });
}

function eventsNow(replay: Replay, feed: Extract<Feed, { decoder: unknown }>, page: readonly RejectRow[]) {
  const decode = decoderAgain(feed, replay);
  const decoded = page.map(row => ({ row, event: decode(row) }));
  const usable = decoded.flatMap(({ row, event }) => (isReject(event) ? [] : [{ row, event }]));
  const bySession = Map.groupBy(usable, ({ event }) => event.loginSessionId);
  for (const group of bySession.values()) replay.tally.compare(group.map(({ event }) => [undefined, event]));
  return {
    rows: usable.map(({ row }) => row),
    store: () => replay.writer.write(usable.map(({ event }) => event)),
  };
}

function factsNow(replay: Replay, feed: Extract<Feed, { reader: unknown }>, page: readonly RejectRow[]) {
  const { engine, writer, accountId } = replay;
  const context = contextOf(replay, 0, false);
  const rows: RejectRow[] = [];
  const facts: AgentFact[] = [];
  for (const row of page) {
    const read = readAgain(feed, accountId, { raw: row.raw, receivedMs: row.receivedAt }, context);
    const usable = read.filter((fact): fact is AgentFact => !isReject(fact) && fact.accountId === accountId);
    if (read.length === 0 || usable.length < read.length) continue;
    rows.push(row);
    for (const fact of usable) facts.push(fact);
  }
  return { rows, store: () => openSessionization(engine, writer).write(feed, facts, context) };
}
