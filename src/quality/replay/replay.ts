// Replay: decodes an account's stored inputs again with its current settings, and replaces what changes.
import type { Engine } from '../../engine/engine.ts';
import { type Feed, FEEDS } from '../../sources/registry.ts';
import type { Source } from '../../sources/source.ts';
import { named, openAliasReader } from '../../directory/aliases/alias-names.ts';
import type { FeedSettings } from '../../directory/feed-settings.ts';
import { replayAgents } from './agents.ts';
import { type Change, changeTally } from './changes.ts';
import { replayOutside } from './outside.ts';
import type { Replay, ReplayQuestion } from './question.ts';
import { replayRejects } from './rejects.ts';
import { replaySessions } from './sessions.ts';

export interface Replayed {
  /** Inputs that were decoded again. */
  inputs: number;
  /** Inputs of stored events that the feed would now refuse; their events stay unchanged. */
  refused: number;
  /** Events without a stored input; they stay unchanged. */
  withoutInput: number;
  /** Rejects that were stored as events. */
  rejectsUsed: number;
  /** Sessions with any change. */
  sessions: number;
  changes: Change[];
  /** Feeds with events or rejects that this version does not know. */
  unknownSources: string[];
}

const SOURCES_SQL = `
  SELECT DISTINCT toString(source) AS source
  FROM (
    SELECT source FROM events WHERE account_id = {account:String}
    UNION ALL
    SELECT source FROM rejects WHERE account_id = {account:String}
  )
  WHERE {source:String} IN ('', source)
  ORDER BY source`;

/** Memory is constant; for feeds without login sessions, it holds one agent's events since the start of the range. */
export async function replay(
  { engine, writer, undisturbed }: Pick<Replay, 'engine' | 'writer'> & Partial<Pick<Replay, 'undisturbed'>>,
  asked: ReplayQuestion,
  settings: FeedSettings,
  feeds: Readonly<Record<string, Feed>> = FEEDS,
): Promise<Replayed> {
  const tally = changeTally();
  const work: Replay = { ...asked, engine, writer, undisturbed, settings, tally };
  const rows = await engine.query<{ source: string }>(SOURCES_SQL, {
    account: asked.accountId,
    source: asked.source ?? '',
  });
  const names = rows.map(({ source }) => source);
  const known = names.flatMap(name => feeds[name] ?? []);
  // Rejects first: their events are then decoded again with their session, in order.
  for (const feed of known) await replayRejects(work, feed);
  const sources = known.filter((feed): feed is Source => 'decoder' in feed);
  if (sources.length > 0) await replaySessions(work, sources);
  for (const feed of sources) await replayOutside(work, feed);
  const aliases = await openAliasReader(engine).read();
  for (const feed of known) if (!('decoder' in feed)) await replayAgents(work, named(feed, aliases));
  const { inputs, refused, withoutInput, rejectsUsed, sessions } = tally;
  return {
    inputs,
    refused,
    withoutInput,
    rejectsUsed,
    sessions,
    changes: tally.changes(),
    unknownSources: names.filter(name => feeds[name] === undefined),
  };
}

const COUNT_SQL = `
  SELECT count() AS events
  FROM events
  WHERE account_id = {account:String} AND {source:String} IN ('', source)
    AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
    AND at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')`;

/** How many events of the range a replay reads; sessions that begin or end outside of it have more. */
export async function countEvents(
  engine: Engine,
  { accountId, source, fromMs, toMs }: ReplayQuestion,
): Promise<number> {
  const params = { account: accountId, source: source ?? '', from_ms: fromMs, to_ms: toMs };
  return (await engine.query<{ events: number }>(COUNT_SQL, params))[0]?.events ?? 0;
}
