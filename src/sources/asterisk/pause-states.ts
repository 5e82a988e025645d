// The reason of a pause to a base state: the account's own mapping, else what its words say, else away.
import type { BaseState } from '../../events/agent-event.ts';
import { stateByWords } from '../pause-words.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';

/** The base state of a pause. A pause without a reason, or with one that tells nothing, is away: the agent is not there for calls. */
export function pauseState(reason: string, customStates: CustomStates): BaseState {
  return customStates.get(stateKey(reason)) ?? stateByWords(reason) ?? 'AWAY';
}
