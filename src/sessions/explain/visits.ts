// The visits of a session: the states that the agent was in, in order, each with its event.
import { BASE_STATES, type BaseState } from '../../events/agent-event.ts';
import type { SessionEvent } from './session-facts.ts';

/** A state and flag, until the next visit. Of several visits at one position only the last takes time. */
export interface Visit {
  at: number;
  /** Empty before the first state. */
  state: BaseState | '';
  /** The state's name as the agent sees it. */
  label: string;
  isPending: boolean;
  event: SessionEvent;
}

/** @param events in order */
export function visitsOf(events: readonly SessionEvent[]): Visit[] {
  const visits: Visit[] = [];
  let state: BaseState | '' = '';
  let label = '';
  let stateBeforeCircles: BaseState | '' = '';
  for (const position of positionsOf(events)) {
    for (const visit of flagVisits(position, state, label)) visits.push(visit);
    const entering = position.filter(event => event.baseState !== '');
    if (entering.length === 0) continue;
    const last = lastEntered(entering, stateBeforeCircles);
    for (const event of [...entering.filter(other => other !== last), last]) visits.push(entryOf(event));
    ({ state, label } = entryOf(last));
    if (!isCircle(entering)) stateBeforeCircles = state;
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

/** Events with a flag and no state keep the state; of two at one position, the one that switches the flag on comes last. */
function flagVisits(position: readonly SessionEvent[], state: BaseState | '', label: string): Visit[] {
  return position
    .filter(event => event.baseState === '' && event.pendingDisposition !== null)
    .map(event => ({ at: event.at, state, label, isPending: event.pendingDisposition === true, event }))
    .sort((one, other) => Number(one.isPending) - Number(other.isPending));
}

/** The events by position: those with the same instant and order together. */
export function positionsOf(events: readonly SessionEvent[]): SessionEvent[][] {
  const positions: SessionEvent[][] = [];
  for (const event of events) {
    const position = positions.at(-1);
    if (position?.[0]?.at === event.at && position[0].order === event.order) position.push(event);
    else positions.push([event]);
  }
  return positions;
}

/**
 * The event that enters the last state of a position. If events name the states they left, they form a path, which ends in the state
 * that is entered more often than left, or where it began if it is a circle; else the usual order of states in a call decides
 * (docs/decisions/001-the-fold.md).
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
      const weight = balance.get(state);
      if (weight !== undefined) balance.set(state, weight + by);
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

/** Of several events that enter a state, the last is the one from the state itself, then by the flag, the state left, the label. */
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

/** Whether each state is entered as often as left. */
function isCircle(entering: readonly SessionEvent[]): boolean {
  const sorted = (states: string[]) => states.sort().join();
  return (
    sorted(entering.map(({ baseState }) => baseState)) === sorted(entering.map(({ prevBaseState }) => prevBaseState))
  );
}

/** Texts in the order of their UTF-8 bytes, as the engine orders them. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

const rank = (state: BaseState | '') => (state === '' ? -1 : BASE_STATES.indexOf(state));
