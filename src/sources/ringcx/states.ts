// Maps RingCX's `event_type` and `prev_state`, in all their spellings, to base states.
import { BASE_STATES, type BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';

/** Base states by normalised spelling. */
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

/** A bounded cache of normalised spellings, since an import looks up millions of them. */
const spellingCache = new Map<string, string>();
const MAX_CACHED = 100;
const MAX_CACHED_LENGTH = 32;

/** Upper case, with one underscore for each run of spaces, hyphens and underscores: `On-Break` is `ON_BREAK`. */
export function normalised(eventType: string): string {
  const known = spellingCache.get(eventType);
  if (known !== undefined) return known;
  const spelling = eventType
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, '_');
  if (spellingCache.size < MAX_CACHED && eventType.length <= MAX_CACHED_LENGTH) spellingCache.set(eventType, spelling);
  return spelling;
}

/** The base state that an event type enters. A custom state is identified by its label, or by its type if it has none. */
export function baseStateOf(eventType: string, label: string, customStates: CustomStates): BaseState {
  return standardState(eventType) ?? customStates.get(stateKey(label || eventType)) ?? 'UNKNOWN';
}

/** The label that the agent sees; for a custom state without one, its type. */
export function stateLabelOf(eventType: string, label: string): string {
  return label === '' && standardState(eventType) === undefined ? eventType : label;
}

function standardState(eventType: string): BaseState | undefined {
  return BASE_STATE_BY_TYPE.get(normalised(eventType));
}

const SEPARATORS = ['_', '-', ' '];

/** The spellings of the standard states in capitals, as real feeds write them, each with its base state. */
export function standardSpellings(): [eventType: string, baseState: BaseState][] {
  return [...BASE_STATE_BY_TYPE].flatMap(([type, state]) =>
    spellings(type.split('_')).map(spelling => [spelling, state] as [string, BaseState]),
  );
}

function spellings([first = '', ...others]: readonly string[]): string[] {
  if (others.length === 0) return [first];
  return spellings(others).flatMap(rest => SEPARATORS.map(separator => first + separator + rest));
}

/** The base state with a name, in the spelling of this project or any of RingCX. */
export function baseStateNamed(name: string): BaseState | undefined {
  const spelling = normalised(name);
  return BASE_STATES.find(state => state === spelling) ?? standardState(name);
}
