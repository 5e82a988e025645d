// Rebuilds the sessions of agents whose names have changed from their stored facts, as if the names had always been so.
import type { Engine } from '../../engine/engine.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import type { AgentFact, AgentSource } from '../../sources/agent-source.ts';
import { inOrder } from '../../sources/fact-order.ts';
import { type DecodeContext, isReject } from '../../sources/source.ts';
import type { AgentAlias } from '../../directory/aliases/alias-names.ts';
import { END_OF_TIME_MS } from '../events/event-block.ts';
import { replaceEvents } from '../events/event-replacement.ts';
import { firstPersons } from '../events/piece-size.ts';
import { eventsOfSessions, eventsOutside } from '../events/stored-events.ts';
import { readAgain, sessionsSince } from './stored-facts.ts';

/** The ids under which facts of one person are stored: the agent's, and those of the aliases. */
export type Person = readonly string[];

export interface HistoryJoined {
  /** How many facts belong to another agent now. */
  moved: number;
  /** Ids whose facts are unchanged, because some of their raw inputs were not kept or cannot be read. */
  left: string[];
}

const WITH_FACTS_SQL = `
  SELECT agent_id AS agentId FROM login_sessions
  WHERE account_id = {account:String} AND source = {source:String} AND agent_id IN ({agents:Array(String)})
  UNION DISTINCT
  SELECT agent_id AS agentId FROM events
  WHERE account_id = {account:String} AND source = {source:String} AND login_session_id = ''
    AND agent_id IN ({agents:Array(String)})`;

/** The persons of changed aliases, each id once. @param idOf the agent rule */
export function personsOf(changed: readonly AgentAlias[], idOf: (name: string) => string): Person[] {
  const byAgent = Map.groupBy(changed, ({ agentId }) => agentId);
  return [...byAgent].map(([agentId, own]) => [
    ...new Set([agentId, ...own.flatMap(({ alias }) => [alias, idOf(alias)])]),
  ]);
}

/**
 * Joins some of the persons and returns the others, since the feed's new facts wait meanwhile. Memory holds the events of one
 * person, and those that wait to be stored.
 */
export async function joinSome(
  engine: Engine,
  feed: AgentSource,
  persons: readonly Person[],
  context: DecodeContext,
): Promise<HistoryJoined & { others: Person[] }> {
  const { accountId } = context;
  const joined: HistoryJoined = { moved: 0, left: [] };
  const pending = personWriter(engine, feed.name, accountId);
  const known = await engine.query<{ agentId: string }>(WITH_FACTS_SQL, {
    account: accountId,
    source: feed.name,
    agents: persons.flat(),
  });
  const withFacts = new Set(known.map(({ agentId }) => agentId));
  const concerned = persons.filter(person => person.some(agentId => withFacts.has(agentId)));
  const listed = concerned.slice(0, LIMITS.replayAgents);
  const some = await firstPersons(engine, { accountId, source: feed.name, fromMs: 0 }, listed);
  for (const person of some) {
    const stored = await readPerson(engine, feed, accountId, person);
    const facts = factsOf(feed, stored, context);
    if (facts === undefined) joined.left = [...joined.left, ...person];
    const moved = facts?.filter(({ agentId, storedAs }) => agentId !== storedAs).length ?? 0;
    if (facts === undefined || moved === 0) continue;
    joined.moved += moved;
    const events: AgentEvent[] = [];
    for (const own of Map.groupBy(facts, ({ agentId }) => agentId).values()) {
      const sessionizer = feed.sessionizer(context);
      for (const fact of inOrder(feed, own)) for (const event of sessionizer.next(fact)) events.push(event);
    }
    await pending.add(stored, events);
  }
  await pending.flush();
  return { ...joined, others: concerned.slice(some.length) };
}

/** Replaces many persons' events at once: a replacement costs about the same for one and for many. */
function personWriter(engine: Engine, source: string, accountId: string) {
  let before: Stored[] = [];
  let events: AgentEvent[] = [];
  async function flush(): Promise<void> {
    if (before.length === 0) return;
    const agents = before.flatMap(({ agentIds }) => agentIds);
    const outside = agents.map(agentId => ({ agentId, fromMs: 0, toMs: END_OF_TIME_MS }));
    const sessionIds = before.flatMap(stored => stored.sessionIds);
    await replaceEvents(engine, { accountId, source, sessionIds, outside }, events);
    before = [];
    events = [];
  }
  return {
    flush,
    async add(stored: Stored, after: readonly AgentEvent[]): Promise<void> {
      before.push(stored);
      for (const event of after) events.push(event);
      if (events.length >= LIMITS.insertRows) await flush();
    },
  };
}

interface Stored {
  agentIds: Person;
  sessionIds: string[];
  events: AgentEvent[];
}

async function readPerson(engine: Engine, feed: AgentSource, accountId: string, person: Person): Promise<Stored> {
  const since = await sessionsSince(
    engine,
    feed.name,
    person.map(agentId => ({ accountId, agentId, at: 0 })),
  );
  const sessionIds = [...since.values()].flatMap(own => own.sessionIds);
  const range = { accountId, source: feed.name, fromMs: 0, toMs: END_OF_TIME_MS };
  const inSessions = await eventsOfSessions(engine, accountId, sessionIds);
  const events = inSessions.filter(({ source }) => source === feed.name);
  for (const event of await eventsOutside(engine, range, person)) events.push(event);
  return { agentIds: person, sessionIds, events };
}

type StoredFact = AgentFact & { storedAs: string };

/** A person's facts under the present names; undefined if not all of them can be read again. */
function factsOf(feed: AgentSource, { agentIds, events }: Stored, context: DecodeContext): StoredFact[] | undefined {
  const keys = new Set<string>();
  const facts: StoredFact[] = [];
  for (const { raw, receivedAt, agentId: storedAs, eventId } of events) {
    if (raw === '') continue;
    const read = readAgain(feed, context.accountId, { raw, receivedMs: receivedAt }, context);
    const fact = read.find((item): item is AgentFact => !isReject(item) && item.key === eventId);
    if (fact === undefined) return undefined;
    keys.add(eventId);
    // Not here: a changed agent rule takes effect with a replay.
    facts.push({ ...fact, storedAs, ...(!agentIds.includes(fact.agentId) && { agentId: storedAs }) });
  }
  // Of several events of one fact, only the first has the raw input.
  const isKept = ({ raw, eventId }: AgentEvent) => raw !== '' || keys.has(eventId.replace(/ \d+$/, ''));
  return events.every(isKept) ? facts : undefined;
}
