// Facts of agents in order, and the events of sessions that a feed's sessionizer derives from them.
import type { AgentEvent } from '../../events/agent-event.ts';
import type { AgentFact, AgentSource, Sessionizer } from '../../sources/agent-source.ts';
import { inOrder, lastInstant, startsWithFacts } from '../../sources/fact-order.ts';
import type { DecodeContext } from '../../sources/source.ts';
import { type NamesByAccount, underAlias } from '../../directory/aliases/alias-names.ts';
import type { Outside, Replaced } from '../events/event-replacement.ts';
import type { Stored } from './stored-facts.ts';

/** An agent whose latest session is in memory, so that the next fact can continue it. */
export interface KnownAgent {
  sessionizer: Sessionizer;
  /** The facts of the last instant, which further facts of that instant may reorder. */
  latest: AgentFact[];
}

/** A replacement for many agents at once, since it costs about the same for one and for thousands. */
export interface Replacement extends Replaced {
  sessionIds: string[];
  outside: Outside[];
  events: AgentEvent[];
}

export function emptyReplacement(source: string, accountId: string): Replacement {
  return { accountId, source, sessionIds: [], outside: [], events: [] };
}

/**
 * The events of the facts, up to the session that follows the stored ones: from there on nothing changes if it still begins as it did
 * (`joins`).
 * @returns also `last`, from which later facts continue
 */
export function makeSessions(
  feed: AgentSource,
  facts: readonly AgentFact[],
  { next }: Stored,
  context: DecodeContext,
): { events: AgentEvent[]; last: KnownAgent; joins: boolean } {
  const sessionizer = feed.sessionizer(context);
  const events: AgentEvent[] = [];
  const last = { sessionizer, latest: lastInstant(facts) };
  for (const fact of facts) {
    const made = sessionizer.next(fact);
    if (next !== undefined && made[0]?.loginSessionId === next.sessionId) {
      return { events, last, joins: true };
    }
    for (const event of made) events.push(event);
  }
  return { events, last, joins: false };
}

/** The new facts, if they continue from the latest ones; else undefined. */
export function factsAfter(
  feed: AgentSource,
  latest: readonly AgentFact[],
  facts: readonly AgentFact[],
): readonly AgentFact[] | undefined {
  const { at } = latest[0]!;
  if (facts[0]!.at > at) return facts;
  if (facts[0]!.at < at) return undefined;
  const all = inOrder(feed, [...latest, ...facts]);
  return startsWithFacts(all, latest) ? all.slice(latest.length) : undefined;
}

export const byNames = (facts: readonly AgentFact[], names: NamesByAccount) =>
  names.size === 0 ? facts : facts.map(fact => underAlias(fact, names));

/** Whether an event belongs to one of the facts. */
export function ofFacts(facts: readonly AgentFact[]): (event: AgentEvent) => boolean {
  const keys = new Set(facts.map(({ key }) => key));
  return ({ eventId }) => keys.has(eventId) || keys.has(eventId.replace(/ \d+$/, ''));
}

/** A key for the agent of a fact; the lengths keep it unambiguous. */
export const keyOf = ({ source, accountId, agentId }: AgentFact) =>
  `${source.length} ${accountId.length} ${source} ${accountId} ${agentId}`;

/** Grouped in two steps, since building a key for each of millions of facts would cost more. */
export function byAgent(feed: AgentSource, facts: readonly AgentFact[]): AgentFact[][] {
  return [...Map.groupBy(facts, ({ accountId }) => accountId).values()].flatMap(ofAccount =>
    [...Map.groupBy(ofAccount, ({ agentId }) => agentId).values()].map(own => inOrder(feed, own)),
  );
}
