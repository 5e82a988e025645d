// Maps an agent's status and state in mod_callcenter to base states.
import type { BaseState } from '../../events/agent-event.ts';
import { baseStateFromKeywords } from '../state-keywords.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';

const LOGGED_OUT = 'logged out';
const ON_DEMAND = 'available (on demand)';
const AVAILABLE_STATUSES: readonly string[] = ['available', ON_DEMAND];

export const isLoggedOut = (status: string) => stateKey(status) === LOGGED_OUT;
export const isOnDemand = (status: string) => stateKey(status) === ON_DEMAND;

/** Whether the agent may get calls. An unknown status counts as available, since the session then began with a call. */
export const isAvailable = (status: string) => status === '' || AVAILABLE_STATUSES.includes(stateKey(status));

/** The base state of a status. A status that the module does not define is a pause; if keywords do not place it, it is AWAY. */
export function stateOfStatus(status: string, customStates: CustomStates): BaseState {
  const key = stateKey(status);
  const own = customStates.get(key);
  if (own !== undefined) return own;
  return guessedStatus(status) ?? 'AWAY';
}

/** The base state of a status without the account's mapping; undefined: not recognized. */
export function guessedStatus(status: string): BaseState | undefined {
  if (isAvailable(status)) return 'AVAILABLE';
  return baseStateFromKeywords(status);
}

/** The agent's activity for the queues. */
export type Phase = 'WAITING' | 'RECEIVING' | 'IN_CALL' | 'IDLE';

/** The module itself does not use `Reserved` (a call is on its way); such an agent still waits. */
const PHASES: ReadonlyMap<string, Phase> = new Map([
  ['waiting', 'WAITING'],
  ['reserved', 'WAITING'],
  ['receiving', 'RECEIVING'],
  ['in a queue call', 'IN_CALL'],
  ['idle', 'IDLE'],
]);

/** Undefined for a state that the module does not define. */
export function phaseNamed(state: string): Phase | undefined {
  return PHASES.get(stateKey(state));
}

/**
 * Causes of an offer that was withdrawn without being missed: the caller left, or another agent took the call. With any other
 * cause (no answer, a rejection, an unreachable phone) the agent missed the call.
 */
const WITHDRAWN: ReadonlySet<string> = new Set([
  'ORIGINATOR_CANCEL',
  'LOSE_RACE',
  'PICKED_OFF',
  'ATTENDED_TRANSFER',
  'BLIND_TRANSFER',
]);

export function isMissed(cause: string): boolean {
  return !WITHDRAWN.has(cause);
}
