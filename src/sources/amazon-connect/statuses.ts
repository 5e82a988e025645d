// Maps an agent's status to a base state.
import type { BaseState } from '../../events/agent-event.ts';
import { baseStateFromKeywords } from '../state-keywords.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';
import type { Status } from './snapshot.ts';

/** The base state and label of a status in the report. */
export interface StatusState {
  baseState: BaseState;
  /** The name of a custom status; empty for those that every instance has. */
  label: string;
}

/** The type decides, not the account's state mapping: a change of the mapping must not move a session's ends. */
export function isOffline({ type, name }: Status): boolean {
  return type === 'OFFLINE' || (type === '' && stateKey(name) === 'offline');
}

export function stateOfStatus(status: Status, customStates: CustomStates): StatusState {
  const key = stateKey(status.name);
  if (isOffline(status)) return { baseState: 'OFFLINE', label: '' };
  const chosen = customStates.get(key);
  const isRoutable = status.type === 'ROUTABLE' || (status.type === '' && key === 'available');
  if (isRoutable) return { baseState: chosen ?? 'AVAILABLE', label: '' };
  // An agent in an unknown custom status takes no contacts, so it counts as away.
  return { baseState: chosen ?? baseStateFromKeywords(status.name) ?? 'AWAY', label: status.name };
}
