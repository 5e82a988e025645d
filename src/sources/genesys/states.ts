// A user's presence and routing status to the one base state that they mean together.
import type { BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';
import type { Boundary } from './boundary.ts';

export const isOffline = (presence: string) => presence === 'OFFLINE';

/** The base state and the label of it that the agent sees, if it is not the state's own name. */
export interface Seen {
  baseState: BaseState;
  label: string;
}

/** The routing statuses that decide by themselves; with any other one presence decides. */
const BY_ROUTING: ReadonlyMap<string, Seen> = new Map([
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

/** What the presences that every organization has are; undefined: none of them. */
export const knownPresence = (presence: string): BaseState | undefined => BY_PRESENCE.get(presence);

/**
 * Precedence: what the agent does for a queue or on the telephone comes first, then being ready for it, then presence. With
 * no presence told, nothing is known of the time.
 */
export function seenState(presence: Boundary | undefined, routing: Boundary | undefined, custom: CustomStates): Seen {
  const byRouting = BY_ROUTING.get(routing?.value ?? '');
  if (byRouting !== undefined) return mapped(byRouting, routing!.value, custom);
  if (presence === undefined) return { baseState: 'UNKNOWN', label: '' };
  const { value, presenceId } = presence;
  const own = custom.get(stateKey(presenceId)) ?? custom.get(stateKey(value));
  // A presence that is not known is a pause whose reason is not known.
  const baseState = own ?? knownPresence(value) ?? 'AWAY';
  return { baseState, label: value === 'AVAILABLE' || value === 'ON_QUEUE' ? '' : value };
}

/** `IDLE` is the name of a presence, too, and a label that an account maps is that one. */
function mapped(seen: Seen, status: string, custom: CustomStates): Seen {
  const own = status === 'IDLE' ? undefined : custom.get(stateKey(status));
  return own === undefined ? seen : { baseState: own, label: status };
}
