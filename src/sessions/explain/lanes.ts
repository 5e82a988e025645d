// The lanes of a session's time line: states of the agent, calls, holds, the line.
import { holdSpans, offHookStretches } from './holds-and-line.ts';
import { type Interval, lengthOf, pendingStretches, statesOf } from './intervals.ts';
import { type SessionEvent, type SessionFacts, within } from './session-facts.ts';
import { visitsOf } from './visits.ts';

export const LANES = ['states', 'calls', 'hold', 'pendingDisposition', 'offHook', 'monitoring'] as const;
export type Lane = (typeof LANES)[number];

/** Each lane in order of time. Different calls, and their holds, may overlap; nothing else within a lane does. */
export function lanesOf(session: SessionFacts): Record<Lane, Interval[]> {
  const visits = visitsOf(session.events);
  const states = statesOf(session, visits);
  return {
    states,
    calls: callsOf(session, states),
    hold: holdSpans(session, visits),
    pendingDisposition: pendingStretches(session, visits),
    offHook: offHookStretches(session, visits),
    monitoring: monitoringsOf(session, states),
  };
}

/** A call, from the first event that names it to its end, its last event, or the end of the state that this one entered. */
function callsOf(session: SessionFacts, states: readonly Interval[]): Interval[] {
  const naming = session.events.filter(({ callId }) => callId !== '');
  const openedBy = new Map(states.map(state => [state.openedBy, state]));
  const calls = [...Map.groupBy(naming, ({ callId }) => callId).values()].map(events => {
    const first = events[0]!;
    const end = endOfCall(events, openedBy);
    return {
      fromMs: within(session, first.at),
      toMs: within(session, end.atMs),
      label: labelOf(events),
      baseState: '' as const,
      callId: first.callId,
      openedBy: first.id,
      closedBy: end.eventId,
    };
  });
  return calls.filter(call => lengthOf(call) > 0);
}

function endOfCall(events: readonly SessionEvent[], openedBy: ReadonlyMap<string, Interval>) {
  const end = events.findLast(({ kind }) => kind === 'CALL_END') ?? events.at(-1)!;
  const state = openedBy.get(end.id);
  const isOnCall = state?.baseState === 'ENGAGED' || state?.baseState === 'TRANSITION';
  if (end.kind === 'CALL_END' || !isOnCall) return { atMs: end.at, eventId: end.id };
  return { atMs: state.toMs, eventId: state.closedBy };
}

/** A call is labelled by its queue, else by its direction. */
function labelOf(events: readonly SessionEvent[]): string {
  const first = (read: (event: SessionEvent) => string) => events.map(read).find(text => text !== '');
  return first(event => event.queueName || event.queueId) ?? first(event => event.callDirection) ?? '';
}

/** From each start to its end, the next start, or the end of the state that the start entered. */
function monitoringsOf(session: SessionFacts, states: readonly Interval[]): Interval[] {
  const events = session.events.filter(({ kind }) => kind === 'MONITOR_START' || kind === 'MONITOR_END');
  const intervals = events.flatMap((start, index) => {
    if (start.kind !== 'MONITOR_START') return [];
    const next = events[index + 1];
    const state = states.find(({ openedBy }) => openedBy === start.id);
    const end = next ?? { at: state?.toMs ?? start.at, id: state?.closedBy ?? start.id };
    return {
      fromMs: within(session, start.at),
      toMs: within(session, end.at),
      label: 'Monitoring',
      baseState: '' as const,
      callId: start.callId,
      openedBy: start.id,
      closedBy: end.id,
    };
  });
  return intervals.filter(interval => lengthOf(interval) > 0);
}
