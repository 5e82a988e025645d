// RingCX's `event_type` and `prev_state` to base states, in any of the spellings that occur.
import { BASE_STATES, type BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';

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

/** Spellings seen, so that millions of events cost a look-up; a pure function's results, bounded. */
const seen = new Map<string, string>();
const MAX_SEEN = 100;
const MAX_SEEN_LENGTH = 32;

/** Upper case, with one underscore for each run of spaces, hyphens and underscores: `On-Break` is `ON_BREAK`. */
export function normalised(eventType: string): string {
  const known = seen.get(eventType);
  if (known !== undefined) return known;
  const spelling = eventType
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, '_');
  if (seen.size < MAX_SEEN && eventType.length <= MAX_SEEN_LENGTH) seen.set(eventType, spelling);
  return spelling;
}

/** The base state that a type enters; a custom one is known by its label, or by its type where it has none. */
export function baseStateOf(eventType: string, label: string, customStates: CustomStates): BaseState {
  return usualState(eventType) ?? customStates.get(stateKey(label || eventType)) ?? 'UNKNOWN';
}

/** The label the agent sees; a custom state without one is called by its type. */
export function stateLabelOf(eventType: string, label: string): string {
  return label === '' && usualState(eventType) === undefined ? eventType : label;
}

function usualState(eventType: string): BaseState | undefined {
  return BASE_STATE_BY_TYPE.get(normalised(eventType));
}

const SEPARATORS = ['_', '-', ' '];

/** Spellings of the usual states in capitals, each with its base state: what real feeds write. */
export function usualSpellings(): [eventType: string, baseState: BaseState][] {
  return [...BASE_STATE_BY_TYPE].flatMap(([type, state]) =>
    spellings(type.split('_')).map(spelling => [spelling, state] as [string, BaseState]),
  );
}

function spellings([first = '', ...others]: readonly string[]): string[] {
  if (others.length === 0) return [first];
  return spellings(others).flatMap(rest => SEPARATORS.map(separator => first + separator + rest));
}

/** The base state of that name, in this project's or any of RingCX's spellings. */
export function baseStateNamed(name: string): BaseState | undefined {
  const spelling = normalised(name);
  return BASE_STATES.find(state => state === spelling) ?? usualState(name);
}
