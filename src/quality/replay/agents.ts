// Replay for feeds without login sessions: reads stored inputs again and rebuilds the sessions, some agents at a time.
import { setImmediate } from 'node:timers/promises';
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import type { AgentFact, AgentSource } from '../../sources/agent-source.ts';
import { inOrder } from '../../sources/fact-order.ts';
import { isReject } from '../../sources/source.ts';
import { replaceEvents } from '../../ingest/events/event-replacement.ts';
import { END_OF_TIME_MS } from '../../ingest/events/event-block.ts';
import { firstPersons } from '../../ingest/events/piece-size.ts';
import { openSessionization } from '../../ingest/sessionization/sessionization.ts';
import { eventsOfSessions, eventsOutside } from '../../ingest/events/stored-events.ts';
import { readAgain, type SessionsSince, sessionsSince } from '../../ingest/sessionization/stored-facts.ts';
import { pairsOf } from './pairs.ts';
import { contextOf, piece, type Replay } from './question.ts';

const AGENTS_SQL = `
  SELECT DISTINCT agent_id AS agentId
  FROM (
    SELECT agent_id FROM login_sessions FINAL
    WHERE account_id = {account:String} AND source = {source:String}
      AND last_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
      AND first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
    UNION ALL
    SELECT agent_id FROM events
    WHERE account_id = {account:String} AND source = {source:String} AND login_session_id = ''
      AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
      AND at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
  )
  WHERE agent_id > {after:String}
  ORDER BY agent_id
  LIMIT {limit:UInt32}`;

/** A session depends on earlier facts, so an agent is replayed from the range's first session to the end. */
export async function replayAgents(replay: Replay, feed: AgentSource): Promise<void> {
  const { engine, accountId, fromMs, toMs } = replay;
  const pending = agentWriter(replay, feed);
  const range = { account: accountId, source: feed.name, from_ms: fromMs, to_ms: toMs };
  for (let after = ''; ; ) {
    const page = await engine.query<{ agentId: string }>(AGENTS_SQL, {
      ...range,
      after,
      limit: LIMITS.replayAgents,
    });
    if (page.length === 0) break;
    const since = { accountId, source: feed.name, fromMs };
    const agents = await firstPersons(
      engine,
      since,
      page.map(({ agentId }) => [agentId] as const),
    );
    after = agents.at(-1)![0];
    const moments = agents.map(([agentId]) => ({ accountId, agentId, at: fromMs }));
    await piece(replay, async () => {
      for (const [agentId, since] of await sessionsSince(engine, feed.name, moments)) {
        await replayAgent(replay, pending, feed, agentId, since);
      }
      if (replay.undisturbed !== undefined) await pending.flush();
    });
  }
  await pending.flush();
}

async function replayAgent(
  replay: Replay,
  pending: AgentWriter,
  feed: AgentSource,
  agentId: string,
  { sessionIds, fromMs }: SessionsSince,
): Promise<void> {
  const { engine, accountId, tally } = replay;
  const source = feed.name;
  const stored = [
    ...(await eventsOfSessions(engine, accountId, sessionIds)).filter(event => event.source === source),
    ...(await eventsOutside(engine, { accountId, source, fromMs, toMs: END_OF_TIME_MS }, [agentId])),
  ];
  const read = await factsAgain(replay, feed, agentId, stored);
  if (read === undefined) return;
  const maker = feed.sessionizer(contextOf(replay, 0, false));
  const events = inOrder(feed, read.own).flatMap(fact => maker.next(fact));
  let isChanged = false;
  for (const pairs of pairsOf(stored, events)) isChanged = tally.compare(pairs) || isChanged;
  if (!isChanged) return;
  if (read.ofOthers.length > 0) await pending.reassign(read.ofOthers);
  await pending.add({ agentId, sessionIds, fromMs }, events);
}

type AgentWriter = ReturnType<typeof agentWriter>;

/** Replaces many agents at once: a replacement costs about the same for one and for many. */
function agentWriter(replay: Replay, feed: AgentSource) {
  const { engine, writer, accountId, isPreview } = replay;
  const source = feed.name;
  let agents: (SessionsSince & { agentId: string })[] = [];
  let events: AgentEvent[] = [];
  async function flush(): Promise<void> {
    if (agents.length === 0) return;
    const replaced = {
      accountId,
      source,
      sessionIds: agents.flatMap(({ sessionIds }) => sessionIds),
      outside: agents.map(({ agentId, fromMs }) => ({ agentId, fromMs, toMs: END_OF_TIME_MS })),
    };
    if (!isPreview) await replaceEvents(engine, replaced, events);
    agents = [];
    events = [];
  }
  return {
    flush,
    async add(agent: SessionsSince & { agentId: string }, after: readonly AgentEvent[]): Promise<void> {
      agents.push(agent);
      for (const event of after) events.push(event);
      if (events.length >= LIMITS.insertRows) await flush();
    },
    /**
     * Stores facts that now belong to another agent, before they are removed from their former agent: if it crashes in between, the
     * next replay removes them. Pending agents are written first, because they were computed without these facts.
     */
    async reassign(facts: readonly AgentFact[]): Promise<void> {
      await flush();
      if (!isPreview) {
        await openSessionization(engine, writer).write(feed, facts, contextOf(replay, 0, false));
      }
    },
  };
}

/** The agent's facts, and those that now belong to other agents; undefined if not all inputs can be read again. */
async function factsAgain(
  replay: Replay,
  feed: AgentSource,
  agentId: string,
  stored: readonly AgentEvent[],
): Promise<{ own: AgentFact[]; ofOthers: AgentFact[] } | undefined> {
  const { tally, accountId } = replay;
  const own: AgentFact[] = [];
  const ofOthers: AgentFact[] = [];
  const context = contextOf(replay, 0, false);
  const withInput = stored.filter(({ raw }) => raw !== '');
  const keys = new Set(withInput.map(({ eventId }) => eventId));
  // If a fact has several events, only the first one has the input.
  const isKept = ({ raw, eventId }: AgentEvent) => raw !== '' || keys.has(eventId.replace(/ \d+$/, ''));
  const lost = stored.filter(event => !isKept(event)).length;
  let refused = 0;
  for (const [index, { raw, receivedAt }] of withInput.entries()) {
    // Lets the server answer requests in between.
    if (index % LIMITS.importBatchDocuments === 0) await setImmediate();
    const facts = readAgain(feed, accountId, { raw, receivedMs: receivedAt }, context).filter(
      (fact): fact is AgentFact => !isReject(fact),
    );
    const mine = facts.filter(fact => fact.agentId === agentId);
    for (const fact of mine) own.push(fact);
    if (mine.length === 0) for (const fact of facts) ofOthers.push(fact);
    if (facts.length === 0) refused++;
  }
  tally.inputs += withInput.length;
  tally.refused += refused;
  tally.withoutInput += lost;
  return lost + refused > 0 ? undefined : { own, ofOthers };
}
