// Intervals of a session: stretches of time with the events that open and close them, built from visits.
import type { BaseState } from '../../events/agent-event.ts';
import { type SessionFacts, within } from './session-facts.ts';
import type { Visit } from './visits.ts';

/** Half-open: `toMs` is excluded. Ids of events are empty if no event opens or closes the interval. */
export interface Interval {
  fromMs: number;
  toMs: number;
  label: string;
  baseState: BaseState | '';
  callId: string;
  openedBy: string;
  closedBy: string;
}

export const lengthOf = ({ fromMs, toMs }: Pick<Interval, 'fromMs' | 'toMs'>): number => toMs - fromMs;

/**
 * One interval for each run of visits that `holds`; empty ones are left out.
 * @param isSame whether a visit continues the interval of the one before
 */
export function intervalsOf(
  session: SessionFacts,
  visits: readonly Visit[],
  holds: (visit: Visit) => boolean,
  isSame: (one: Visit, other: Visit) => boolean = () => true,
): Interval[] {
  const intervals: Interval[] = [];
  for (let first = 0; first < visits.length; ) {
    const visit = visits[first]!;
    let after = first + 1;
    if (holds(visit)) {
      while (after < visits.length && holds(visits[after]!) && isSame(visits[after - 1]!, visits[after]!)) after++;
      intervals.push(between(session, visit, visits[after]));
    }
    first = after;
  }
  return intervals.filter(interval => lengthOf(interval) > 0);
}

function between(session: SessionFacts, first: Visit, next: Visit | undefined): Interval {
  return {
    fromMs: within(session, first.at),
    toMs: next === undefined ? session.endMs : within(session, next.at),
    label: first.label,
    baseState: first.state,
    callId: first.event.callId,
    openedBy: first.event.id,
    closedBy: next?.event.id ?? session.endedBy?.id ?? '',
  };
}

const hasSameLabel = (one: Visit, other: Visit) => one.state === other.state && one.label === other.label;

/** The time in states, by the label that the agent saw. Without `states`, in all of them. */
export function statesOf(session: SessionFacts, visits: readonly Visit[], states?: readonly BaseState[]): Interval[] {
  const holds = ({ state }: Visit) => state !== '' && (states === undefined || states.includes(state));
  return intervalsOf(session, visits, holds, hasSameLabel);
}

/** Stretches of ENGAGED; another state interrupts them even if it takes no time. */
export function engagedStretches(session: SessionFacts, visits: readonly Visit[]): Interval[] {
  return intervalsOf(session, visits, ({ state }) => state === 'ENGAGED');
}

export function pendingStretches(session: SessionFacts, visits: readonly Visit[]): Interval[] {
  return intervalsOf(session, visits, ({ isPending }) => isPending);
}

/** Time without a known state, or in a state that no column counts. */
export function unaccountedStretches(session: SessionFacts, visits: readonly Visit[]): Interval[] {
  const unknown = ({ state }: Visit) => state === '' || state === 'OFFLINE' || state === 'UNKNOWN';
  const toMs = visits[0] === undefined ? session.endMs : within(session, visits[0].at);
  const before: Interval = {
    fromMs: session.loginMs,
    toMs,
    label: '',
    baseState: '',
    callId: '',
    openedBy: session.beganBy.id,
    closedBy: visits[0]?.event.id ?? session.endedBy?.id ?? '',
  };
  const intervals = intervalsOf(session, visits, unknown, hasSameLabel);
  return lengthOf(before) > 0 ? [before, ...intervals] : intervals;
}

/** The intervals without the time of `others`, which are sorted and do not overlap. */
export function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  return intervals.flatMap(interval => {
    const left: Interval[] = [];
    let rest = interval;
    for (const other of others) {
      if (other.toMs <= rest.fromMs || other.fromMs >= rest.toMs) continue;
      left.push({ ...rest, toMs: other.fromMs, closedBy: other.openedBy });
      rest = { ...rest, fromMs: other.toMs, openedBy: other.closedBy };
    }
    return [...left, rest].filter(piece => lengthOf(piece) > 0);
  });
}
