// Labels that an account's administrator has given a base state to; every feed looks its own states up by them.
import type { BaseState } from '../events/agent-event.ts';

/** Base states of an account's own states, by their label as `stateKey` writes it. */
export type CustomStates = ReadonlyMap<string, BaseState>;

/** A label as labels are compared: neither case nor the spaces around it matter. */
export function stateKey(label: string): string {
  return label.trim().toLowerCase();
}
