// Maps the reason of a pause to a base state: by the account's own mapping, else by keywords, else AWAY.
import type { BaseState } from '../../events/agent-event.ts';
import { baseStateFromKeywords } from '../state-keywords.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';

/** The base state of a pause. Without a reason, or with one that is not recognized, it is AWAY: the agent takes no calls. */
export function pauseState(reason: string, customStates: CustomStates): BaseState {
  return customStates.get(stateKey(reason)) ?? baseStateFromKeywords(reason) ?? 'AWAY';
}
