// Pairs an agent's stored events with the newly made ones of the same fact, by session.
import type { AgentEvent } from '../../events/agent-event.ts';
import type { Pair } from './differences.ts';

/** One list for each session, stored or new, and one for events outside of sessions. */
export function pairsOf(before: readonly AgentEvent[], after: readonly AgentEvent[]): Pair[][] {
  const left = Map.groupBy(before, ({ eventId }) => eventId);
  const pairs: Pair[] = after.map(event => [left.get(event.eventId)?.shift(), event]);
  for (const events of left.values()) for (const event of events) pairs.push([event, undefined]);
  return [...Map.groupBy(pairs, ([old, made]) => (old ?? made)!.loginSessionId).values()];
}
