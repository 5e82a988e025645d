// For tests of feeds without login sessions: reads texts into facts and rejects, and facts into events.
import type { AgentEvent } from '../../events/agent-event.ts';
import type { AgentFact, AgentSource } from '../agent-source.ts';
import { inOrder } from '../fact-order.ts';
import { type DecodeContext, isReject, type Reject } from '../source.ts';
import { splitText } from '../split/split.ts';

/** The facts and rejects of texts, each a file or a request, in the order of the texts. */
export function readTexts<Body>(
  source: AgentSource<Body>,
  context: DecodeContext,
  texts: readonly string[],
): { facts: AgentFact<Body>[]; rejects: Reject[] } {
  const read = texts.flatMap(text => splitText(text, source.splitter()).flatMap(source.reader(context)));
  return {
    facts: read.filter((item): item is AgentFact<Body> => !isReject(item)),
    rejects: read.filter(item => isReject(item)),
  };
}

/** The facts of each agent, without duplicates, in the order for a sessionizer. */
export function agentsOf<Body>(source: AgentSource<Body>, facts: readonly AgentFact<Body>[]): AgentFact<Body>[][] {
  const agents = Map.groupBy(facts, ({ accountId, agentId }) => JSON.stringify([accountId, agentId]));
  return [...agents.keys()].sort().map(name => inOrder(source, agents.get(name)!) as AgentFact<Body>[]);
}

/** The events of all agents, agent by agent. */
export function eventsOfFacts<Body>(
  source: AgentSource<Body>,
  context: DecodeContext,
  facts: readonly AgentFact<Body>[],
): AgentEvent[] {
  return agentsOf(source, facts).flatMap(agentFacts => {
    const sessionizer = source.sessionizer(context);
    return agentFacts.flatMap(fact => sessionizer.next(fact));
  });
}

export function eventsOf<Body>(
  source: AgentSource<Body>,
  context: DecodeContext,
  texts: readonly string[],
): AgentEvent[] {
  return eventsOfFacts(source, context, readTexts(source, context, texts).facts);
}
