// An agent's status to the base state that it counts as.
import type { BaseState } from '../../events/agent-event.ts';
import { baseStateFromKeywords } from '../state-keywords.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';
import type { Status } from './snapshot.ts';

/** What a status means in the report. */
export interface CountedStatus {
  baseState: BaseState;
  /** The name the agent chose; empty for what every instance has. */
  label: string;
}

/** The type decides here, not the account's settings: a session must not change its ends with them. */
export function isOffline({ type, name }: Status): boolean {
  return type === 'OFFLINE' || (type === '' && stateKey(name) === 'offline');
}

export function countedStatus(status: Status, custom: CustomStates): CountedStatus {
  const key = stateKey(status.name);
  if (isOffline(status)) return { baseState: 'OFFLINE', label: '' };
  const chosen = custom.get(key);
  const isRoutable = status.type === 'ROUTABLE' || (status.type === '' && key === 'available');
  if (isRoutable) return { baseState: chosen ?? 'AVAILABLE', label: '' };
  // An agent in a status that nothing is known of takes no contacts: away.
  return { baseState: chosen ?? baseStateFromKeywords(status.name) ?? 'AWAY', label: status.name };
}
