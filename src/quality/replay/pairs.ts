// An agent's events as they are stored and as they are made now: the same fact's in pairs, by session.
import type { AgentEvent } from '../../events/agent-event.ts';
import type { Pair } from './differences.ts';

/** One list for each session of the events as they are, or will be; the events outside of sessions are one, too. */
export function pairsOf(before: readonly AgentEvent[], after: readonly AgentEvent[]): Pair[][] {
  const left = Map.groupBy(before, ({ eventId }) => eventId);
  const pairs: Pair[] = after.map(event => [left.get(event.eventId)?.shift(), event]);
  for (const events of left.values()) for (const event of events) pairs.push([event, undefined]);
  return [...Map.groupBy(pairs, ([old, made]) => (old ?? made)!.loginSessionId).values()];
}
