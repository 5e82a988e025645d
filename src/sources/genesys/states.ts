// Maps a user's presence and routing status to one base state.
import type { BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';
import type { Boundary } from './boundary.ts';

export const isOffline = (presence: string) => presence === 'OFFLINE';

/** A base state and its label; empty if the label would only repeat the state's name. */
export interface LabelledState {
  baseState: BaseState;
  label: string;
}

/** The routing statuses that determine the base state; with any other one the presence does. */
const BY_ROUTING: ReadonlyMap<string, LabelledState> = new Map([
  ['INTERACTING', { baseState: 'ENGAGED', label: '' }],
  ['COMMUNICATING', { baseState: 'ENGAGED', label: 'COMMUNICATING' }],
  ['NOT_RESPONDING', { baseState: 'RNA', label: '' }],
  ['IDLE', { baseState: 'AVAILABLE', label: '' }],
]);

const BY_PRESENCE: ReadonlyMap<string, BaseState> = new Map([
  ['AVAILABLE', 'AVAILABLE'],
  ['ON_QUEUE', 'AVAILABLE'],
  ['BREAK', 'ON_BREAK'],
  ['MEAL', 'LUNCH'],
  ['TRAINING', 'TRAINING'],
  ['MEETING', 'AWAY'],
  ['BUSY', 'AWAY'],
  ['AWAY', 'AWAY'],
  ['IDLE', 'AWAY'],
]);

/** The base state of a presence that every organization has; undefined for any other. */
export const knownPresence = (presence: string): BaseState | undefined => BY_PRESENCE.get(presence);

/**
 * Precedence: work for a queue or on the telephone comes first, then readiness for it, then presence. Without any presence the
 * state is UNKNOWN.
 */
export function currentState(
  presence: Boundary | undefined,
  routing: Boundary | undefined,
  customStates: CustomStates,
): LabelledState {
  const byRouting = BY_ROUTING.get(routing?.value ?? '');
  if (byRouting !== undefined) return withMapping(byRouting, routing!.value, customStates);
  if (presence === undefined) return { baseState: 'UNKNOWN', label: '' };
  const { value, presenceId } = presence;
  const own = customStates.get(stateKey(presenceId)) ?? customStates.get(stateKey(value));
  // An unknown presence is a pause for an unknown reason.
  const baseState = own ?? knownPresence(value) ?? 'AWAY';
  return { baseState, label: value === 'AVAILABLE' || value === 'ON_QUEUE' ? '' : value };
}

/** The state with the account's mapping. A mapped label `IDLE` means the presence of that name, not the routing status. */
function withMapping(state: LabelledState, status: string, customStates: CustomStates): LabelledState {
  const own = status === 'IDLE' ? undefined : customStates.get(stateKey(status));
  return own === undefined ? state : { baseState: own, label: status };
}
