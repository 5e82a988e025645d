// The events of a session into the lanes of its time line: what the agent, the calls and the line were doing.
import { holdSpans, offHookStretches } from './holds-and-line.ts';
import { type Interval, lengthOf, pendingStretches, statesOf } from './intervals.ts';
import { type SessionEvent, type SessionFacts, within } from './session-facts.ts';
import { visitsOf } from './visits.ts';

export const LANES = ['states', 'calls', 'hold', 'pendingDisposition', 'offHook', 'monitoring'] as const;
export type Lane = (typeof LANES)[number];

/** Each lane by time. Calls and holds of different calls may overlap; nothing else of one lane does. */
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

/** From the first event that names a call to its end: the last one, or the end of the state that one entered. */
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

/** What a person knows a call by: its queue, else its direction. */
function labelOf(events: readonly SessionEvent[]): string {
  const said = (read: (event: SessionEvent) => string) => events.map(read).find(text => text !== '');
  return said(event => event.queueName || event.queueId) ?? said(event => event.callDirection) ?? '';
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
