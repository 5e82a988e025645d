// An agent's status to the base state that it counts as.
import type { BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';
import type { Status } from './snapshot.ts';

/** Words of a custom status's name, in English, German, French and Spanish; a state further up wins. */
const WORDS_BY_STATE: readonly (readonly [BaseState, ReadonlySet<string>])[] = [
  [
    'LUNCH',
    words(
      'lunch dinner supper meal mittag mittagessen mittagspause essenspause déjeuner dejeuner dîner repas almuerzo comida cena',
    ),
  ],
  [
    'TRAINING',
    words(
      'training coaching coach learning course workshop schulung weiterbildung fortbildung einarbeitung formation cours formación formacion capacitación capacitacion entrenamiento curso',
    ),
  ],
  [
    'ON_BREAK',
    words(
      'break breaks rest coffee tea bio comfort restroom bathroom toilet wc pause kaffeepause raucherpause kurzpause café descanso pausa receso baño',
    ),
  ],
  ['WORKING', words('acw wrapup nacharbeit nachbearbeitung')],
];
const PHRASES: ReadonlyMap<string, BaseState> = new Map([
  ['after call work', 'WORKING'],
  ['after contact work', 'WORKING'],
  ['wrap up', 'WORKING'],
  ['wrap-up', 'WORKING'],
]);

/** What a status means in the report. */
export interface CountedStatus {
  baseState: BaseState;
  /** The name the agent chose; empty for what every instance has. */
  label: string;
}

/** The type decides here, not the account's settings: a session must not change its ends with them. */
export function isOffline({ type, name }: Status): boolean {
  return type === 'OFFLINE' || (type === '' && stateKey(name) === 'offline');
}

export function countedStatus(status: Status, custom: CustomStates): CountedStatus {
  const key = stateKey(status.name);
  if (isOffline(status)) return { baseState: 'OFFLINE', label: '' };
  const chosen = custom.get(key);
  const isRoutable = status.type === 'ROUTABLE' || (status.type === '' && key === 'available');
  if (isRoutable) return { baseState: chosen ?? 'AVAILABLE', label: '' };
  // An agent in a status that nothing is known of takes no contacts: away.
  return { baseState: chosen ?? statusByWords(status.name) ?? 'AWAY', label: status.name };
}

/** What the words of a custom status's name tell; undefined: nothing. */
export function statusByWords(name: string): BaseState | undefined {
  const key = stateKey(name);
  const used = key.split(/[^\p{L}]+/u);
  return PHRASES.get(key) ?? WORDS_BY_STATE.find(([, known]) => used.some(word => known.has(word)))?.[0];
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
