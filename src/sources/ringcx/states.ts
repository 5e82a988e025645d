// RingCX's `event_type` and `prev_state` to base states, in any of the spellings that occur.
import type { BaseState } from '../../events/agent-event.ts';

/** Base states by spelling, as `normalised` writes it. */
const BASE_STATE_BY_TYPE: ReadonlyMap<string, BaseState> = new Map([
  ['AVAILABLE', 'AVAILABLE'],
  ['TRANSITION', 'TRANSITION'],
  ['ENGAGED', 'ENGAGED'],
  ['WORKING', 'WORKING'],
  ['ON_BREAK', 'ON_BREAK'],
  ['BREAK_AFTER_CALL', 'ON_BREAK'],
  ['AWAY', 'AWAY'],
  ['LUNCH', 'LUNCH'],
  ['TRAINING', 'TRAINING'],
  ['RNA', 'RNA'],
  ['RNA_STATE', 'RNA'],
  ['AUX_UNAVAIL_OFFHOOK', 'AUX_OFFHOOK'],
  ['AUX_UNAVAIL_NO_OFFHOOK', 'AUX_NO_OFFHOOK'],
  ['MONITORING', 'MONITORING'],
  ['OFFLINE', 'OFFLINE'],
]);

/** Base states of an account's own states, by their label (the `agentAuxState` of RingCX). */
export type CustomStates = ReadonlyMap<string, BaseState>;
export const NO_CUSTOM_STATES: CustomStates = new Map();

/** Upper case, with one underscore for each run of spaces, hyphens and underscores: `On-Break` is `ON_BREAK`. */
export function normalised(eventType: string): string {
  return eventType
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, '_');
}

/** The base state that a type enters; a custom one is known by its label, or by its type where it has none. */
export function baseStateOf(
  eventType: string,
  label: string,
  customStates: CustomStates = NO_CUSTOM_STATES,
): BaseState {
  return usualState(eventType) ?? customStates.get(label || eventType) ?? 'UNKNOWN';
}

/** The label the agent sees; a custom state without one is called by its type. */
export function stateLabelOf(eventType: string, label: string): string {
  return label === '' && usualState(eventType) === undefined ? eventType : label;
}

function usualState(eventType: string): BaseState | undefined {
  return BASE_STATE_BY_TYPE.get(eventType) ?? BASE_STATE_BY_TYPE.get(normalised(eventType));
}
