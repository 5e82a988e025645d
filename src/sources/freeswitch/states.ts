// An agent's status and state in the call centre module to base states.
import type { BaseState } from '../../events/agent-event.ts';
import { baseStateFromKeywords } from '../state-keywords.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';

const LOGGED_OUT = 'logged out';
const ON_DEMAND = 'available (on demand)';
const AVAILABLE_STATUSES: readonly string[] = ['available', ON_DEMAND];

export const isLoggedOut = (status: string) => stateKey(status) === LOGGED_OUT;
export const isOnDemand = (status: string) => stateKey(status) === ON_DEMAND;

/** The agent may get calls. An agent whose status was never told got one. */
export const isAvailable = (status: string) => status === '' || AVAILABLE_STATUSES.includes(stateKey(status));

/** The base state of a status; one that the module does not know is a pause, and a pause whose name tells nothing is AWAY. */
export function stateOfStatus(status: string, custom: CustomStates): BaseState {
  const key = stateKey(status);
  const own = custom.get(key);
  if (own !== undefined) return own;
  return knownStatus(status) ?? 'AWAY';
}

/** What the module's own statuses are; undefined: none of them. */
export function knownStatus(status: string): BaseState | undefined {
  if (isAvailable(status)) return 'AVAILABLE';
  return baseStateFromKeywords(status);
}

/** What the agent is doing for the queues. */
export type Phase = 'WAITING' | 'RECEIVING' | 'IN_CALL' | 'IDLE';

/** `Reserved` (a call is on its way) is not in use by the module itself; such an agent still waits. */
const PHASES: ReadonlyMap<string, Phase> = new Map([
  ['waiting', 'WAITING'],
  ['reserved', 'WAITING'],
  ['receiving', 'RECEIVING'],
  ['in a queue call', 'IN_CALL'],
  ['idle', 'IDLE'],
]);

/** Undefined for a state that the module does not have. */
export function phaseNamed(state: string): Phase | undefined {
  return PHASES.get(stateKey(state));
}

/**
 * Why an offer was taken back without being missed: the caller left, or another agent took the call. Every other cause,
 * be it silence, a refusal or a telephone that cannot be reached, is a call that the agent did not answer.
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
