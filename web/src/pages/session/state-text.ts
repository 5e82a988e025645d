// The state of an event or an interval, as a person reads it.
import { stateLook } from '../../parts/looks/state-colors.ts';

interface StatePart {
  /** The contact centre's own name for the state; may be empty. */
  label: string;
  /** May be empty: no state is meant. */
  baseState: string;
}

/** Whether the label says more than the base state does. */
export const hasOwnLabel = ({ label, baseState }: StatePart): boolean => label !== '' && label !== baseState;

/** The label, or the name of the base state where there is none. */
export function stateText(part: StatePart): string {
  if (hasOwnLabel(part)) return part.label;
  return part.baseState === '' ? '' : stateLook(part.baseState).name;
}
