// The reason of a pause to a base state: the account's own mapping, else words of four languages, else away.
import type { BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';

/** Words by base state; where a reason holds several, the first line wins: a «lunch break» is lunch. */
const WORDS: readonly (readonly [BaseState, string])[] = [
  ['RNA', 'autopause'],
  [
    'LUNCH',
    'lunch lunchbreak mealbreak meal dinner supper almuerzo comida comer cena mittag mittagspause mittagessen essen dejeuner repas diner',
  ],
  [
    'TRAINING',
    `training train coaching coach mentoring course webinar elearning workshop entrenamiento capacitacion formacion curso
     schulung weiterbildung fortbildung formation coachingsitzung`,
  ],
  ['WORKING', 'acw wrapup wrap aftercall postcall postllamada nachbearbeitung nacharbeit postappel'],
  ['AWAY', 'meeting reunion junta besprechung teammeeting sitzung admin backoffice'],
  [
    'ON_BREAK',
    `break brk brb rest coffee coffeebreak tea smoke smoking cigarette toilet bathroom restroom wc bio comfort pause descanso receso cafe
     bano fumar pausa kaffee kaffeepause raucherpause bildschirmpause toilette toiletten cigarrillo`,
  ],
];

/** Of two words: joined they are one of the above. */
const JOINED =
  /^(auto pause|wrap up|after call|post call|post llamada|post appel|e learning|back office)( |$)/;

const STATE_BY_WORD: ReadonlyMap<string, readonly [number, BaseState]> = new Map(
  WORDS.flatMap(([state, words], rank) => words.split(/\s+/).map(word => [word, [rank, state]] as const)),
);

/** The base state of a pause. A pause without a reason, or with one that tells nothing, is away: the agent is not there for calls. */
export function pauseState(reason: string, customStates: CustomStates): BaseState {
  return customStates.get(stateKey(reason)) ?? usualState(reason) ?? 'AWAY';
}

/** What the words of a reason tell; undefined: nothing. */
export const pauseStateByWords = (reason: string): BaseState | undefined => usualState(reason);

/** Reasons whose states are remembered: a centre has some, and each comes thousands of times. */
const MAX_REMEMBERED = 1_000;
const remembered = new Map<string, BaseState | undefined>();

function usualState(reason: string): BaseState | undefined {
  let state = remembered.get(reason);
  if (state === undefined && !remembered.has(reason)) {
    state = stateByWords(reason);
    if (remembered.size < MAX_REMEMBERED) remembered.set(reason, state);
  }
  return state;
}

function stateByWords(reason: string): BaseState | undefined {
  const words = plainWords(reason).replace(JOINED, match => `${match.replace(' ', '').trimEnd()} `);
  let best: readonly [number, BaseState | undefined] = [WORDS.length, undefined];
  for (const word of words.trimEnd().split(' ')) {
    const found = STATE_BY_WORD.get(word);
    if (found !== undefined && found[0] < best[0]) best = found;
  }
  return best[1];
}

/** Small letters without accents, words parted by one space: `Pause-Café 2` is `pause cafe`. */
function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}
