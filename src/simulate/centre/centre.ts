// The agent events of a believable contact centre, from a seed.
import type { AgentEvent } from '../../events/agent-event.ts';
import { centreOf, type Centre, type CentreOptions } from '../options.ts';
import { rosterOf } from './roster.ts';
import { sessionEvents } from './session-events.ts';
import { inTimeOrder } from './time-order.ts';

/**
 * The events of all logins on the centre's days, in order of time; a night shift of the last day ends on the next day.
 * Holds the open sessions and one planned day in memory.
 */
export function simulateCentre(options: CentreOptions): Generator<AgentEvent> {
  // Not a generator itself, so that wrong options throw here and not at the first event.
  return eventByEvent(eventBatches(centreOf(options)));
}

/** The same events in batches of some minutes; no batch is empty. */
export function eventBatches(centre: Centre): Generator<AgentEvent[]> {
  return inTimeOrder(rosterOf(centre), session => sessionEvents(centre, session));
}

function* eventByEvent(batches: Iterable<AgentEvent[]>): Generator<AgentEvent> {
  for (const batch of batches) yield* batch;
}
