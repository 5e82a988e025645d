// Differences between a stored event and the newly decoded one, in words, and the duration of each state.
import type { AgentEvent } from '../../events/agent-event.ts';

/** An event before and after; undefined: it does not exist. */
export type Pair = readonly [before: AgentEvent | undefined, after: AgentEvent | undefined];

export interface Difference {
  what: string;
  /** Whether the state changes, so that its duration matters. */
  isState?: boolean;
}

/** Fields that are reported by name. The input and its time of arrival never change. */
const NAMED: readonly (keyof AgentEvent)[] = [
  'order',
  'eventId',
  'kind',
  'prevBaseState',
  'stateLabel',
  'pendingDisposition',
  'agentId',
  'username',
  'phone',
  'externalAgentId',
  'callId',
  'callDirection',
  'queueId',
  'queueName',
  'dialGroupId',
  'dialGroupName',
];

export function differencesOf([before, after]: Pair): Difference[] {
  if (before === undefined) return [{ what: 'new event' }];
  if (after === undefined) return [{ what: 'event removed' }];
  const found: Difference[] = [];
  if (before.baseState !== after.baseState) {
    found.push({
      what: `${before.baseState || 'no state'} → ${after.baseState || 'no state'}`,
      isState: true,
    });
  }
  if (before.at !== after.at) found.push({ what: `moved by ${shift(after.at - before.at)}` });
  if (before.loginSessionId !== after.loginSessionId) found.push({ what: 'in another session' });
  // Other fields follow from the state.
  const fields = found.some(({ isState }) => isState) ? [] : NAMED;
  for (const field of fields) if (before[field] !== after[field]) found.push({ what: field });
  return found;
}

/** A shift in the largest unit that gives a whole number. */
function shift(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const size = Math.abs(ms);
  if (size % 3_600_000 === 0) return `${sign}${size / 3_600_000} h`;
  return size % 60_000 === 0 ? `${sign}${size / 60_000} min` : `${sign}${size / 1000} s`;
}

/** Milliseconds from each state's start to the next one, or to the last event. */
export function stateTimes(events: readonly AgentEvent[]): ReadonlyMap<AgentEvent, number> {
  const inOrder = events.toSorted((a, b) => a.at - b.at || a.order - b.order);
  const entering = inOrder.filter(({ baseState }) => baseState !== '');
  const endMs = inOrder.at(-1)?.at ?? 0;
  return new Map(entering.map((event, i) => [event, (entering[i + 1]?.at ?? endMs) - event.at]));
}
