// State labels that an account has mapped to base states, and how a feed looks them up.
import type { BaseState } from '../events/agent-event.ts';

/** Base states of an account's own states, by `stateKey` of their label. */
export type CustomStates = ReadonlyMap<string, BaseState>;

/** The key of a label: case and surrounding spaces do not matter. */
export function stateKey(label: string): string {
  return label.trim().toLowerCase();
}
