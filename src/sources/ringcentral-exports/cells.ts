// The cells of an export's row into texts and instants, or the refusal that says what is wrong.
import { invalid, missing, Refusal } from '../fields.ts';
import { unguarded } from '../../report/columns/formula-guard.ts';
import { FIRST_INSTANT_MS, LAST_INSTANT_MS } from '../../time/wall-time.ts';

const CONTROL_CHARACTER = /\p{Cc}/u;
/** Longest id, as for events. */
const MAX_ID_LENGTH = 256;

export function id(name: string, cell: string): string {
  const value = text(cell).trim();
  if (value.length > MAX_ID_LENGTH) throw invalid(name, `is longer than ${MAX_ID_LENGTH} characters`);
  if (CONTROL_CHARACTER.test(value)) throw invalid(name, 'holds a control character');
  return value;
}

export function requiredId(name: string, cell: string): string {
  const value = id(name, cell);
  if (value === '') throw missing(name);
  return value;
}

/** What the cell says, without the guard of Offhook's own CSV. */
export function text(cell: string): string {
  return unguarded(cell);
}

export function checkedInstant(name: string, ms: number): number {
  if (ms < FIRST_INSTANT_MS || ms > LAST_INSTANT_MS) throw invalidTime(name, 'is not a time that reports hold');
  return ms;
}

export function invalidTime(name: string, problem: string): Refusal {
  return new Refusal('INVALID_TIME', `${name} ${problem}.`);
}
