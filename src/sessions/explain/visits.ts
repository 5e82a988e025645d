// The events of a session into visits: the states that the agent was in, one after the other, and the event of each.
import { BASE_STATES, type BaseState } from '../../events/agent-event.ts';
import type { SessionEvent } from './session-facts.ts';

/** A state with its flag, until the next visit; of several visits of one place only the last takes time. */
export interface Visit {
  at: number;
  /** Empty before the first state. */
  state: BaseState | '';
  /** What the agent sees of the state. */
  label: string;
  isPending: boolean;
  event: SessionEvent;
}

/** @param events in order */
export function visitsOf(events: readonly SessionEvent[]): Visit[] {
  const visits: Visit[] = [];
  let state: BaseState | '' = '';
  let label = '';
  let beforeCircles: BaseState | '' = '';
  for (const place of placesOf(events)) {
    for (const visit of flagVisits(place, state, label)) visits.push(visit);
    const entering = place.filter(event => event.baseState !== '');
    if (entering.length === 0) continue;
    const last = lastEntered(entering, beforeCircles);
    for (const event of [...entering.filter(other => other !== last), last]) visits.push(entryOf(event));
    ({ state, label } = entryOf(last));
    if (!isCircle(entering)) beforeCircles = state;
  }
  return visits;
}

function entryOf(event: SessionEvent): Visit {
  const { at, baseState, stateLabel, pendingDisposition } = event;
  return {
    at,
    state: baseState,
    label: stateLabel || baseState,
    isPending: pendingDisposition === true,
    event,
  };
}

/** Events that say only the flag leave the state; of two of one place the one that turns it on is the last. */
function flagVisits(place: readonly SessionEvent[], state: BaseState | '', label: string): Visit[] {
  return place
    .filter(event => event.baseState === '' && event.pendingDisposition !== null)
    .map(event => ({ at: event.at, state, label, isPending: event.pendingDisposition === true, event }))
    .sort((one, other) => Number(one.isPending) - Number(other.isPending));
}

/** The events of one place: the same instant and order. */
export function placesOf(events: readonly SessionEvent[]): SessionEvent[][] {
  const places: SessionEvent[][] = [];
  for (const event of events) {
    const place = places.at(-1);
    if (place?.[0]?.at === event.at && place[0].order === event.order) place.push(event);
    else places.push([event]);
  }
  return places;
}

/**
 * The event that leaves the agent in the place's last state. Where events name the states they left they are a way, which
 * ends in the state that is entered more often than left, or where it began if it is a circle; else the usual way through a
 * call decides (docs/decisions/001-the-fold.md).
 */
function lastEntered(entering: readonly SessionEvent[], before: BaseState | ''): SessionEvent {
  if (entering.length === 1) return entering[0]!;
  const state = lastState(entering, before);
  return entering
    .filter(({ baseState }) => baseState === state)
    .sort(byWeight)
    .at(-1)!;
}

function lastState(entering: readonly SessionEvent[], before: BaseState | ''): BaseState | '' {
  const balance = new Map<BaseState | '', number>(entering.map(({ baseState }) => [baseState, 0]));
  if (entering.some(({ prevBaseState }) => prevBaseState !== '')) {
    const add = (state: BaseState | '', by: number) => {
      const so = balance.get(state);
      if (so !== undefined) balance.set(state, so + by);
    };
    for (const { baseState, prevBaseState } of entering) {
      add(baseState, 1);
      add(prevBaseState, -1);
    }
  }
  const most = [...balance.values()].reduce((a, b) => Math.max(a, b));
  const ends = [...balance].filter(([, weight]) => weight === most).map(([state]) => state);
  if (isCircle(entering) && ends.includes(before)) return before;
  return ends.reduce((last, state) => (rank(state) > rank(last) ? state : last));
}

/** Of several events that enter a state: the one out of the state itself, the flag on, the later state left, the label. */
function byWeight(one: SessionEvent, other: SessionEvent): number {
  const stays = (event: SessionEvent) => Number(event.prevBaseState === event.baseState);
  const flag = (event: SessionEvent) => Number(event.pendingDisposition === true);
  return (
    stays(one) - stays(other) ||
    flag(one) - flag(other) ||
    rank(one.prevBaseState) - rank(other.prevBaseState) ||
    byBytes(one.stateLabel || one.baseState, other.stateLabel || other.baseState)
  );
}

/** As many events enter each state as leave it. */
function isCircle(entering: readonly SessionEvent[]): boolean {
  const sorted = (states: string[]) => states.sort().join();
  return (
    sorted(entering.map(({ baseState }) => baseState)) === sorted(entering.map(({ prevBaseState }) => prevBaseState))
  );
}

/** The engine's order of texts. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

const rank = (state: BaseState | '') => (state === '' ? -1 : BASE_STATES.indexOf(state));
