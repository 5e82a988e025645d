// Reads and checks the texts, ids and instants in the cells of an export.
import { unguarded } from '../../report/columns/formula-guard.ts';
import { FIRST_INSTANT_MS, LAST_INSTANT_MS } from '../../time/wall-time.ts';
import { checkedId, missing, Refusal } from '../fields.ts';

export function id(name: string, cell: string): string {
  return checkedId(name, text(cell).trim());
}

export function requiredId(name: string, cell: string): string {
  const value = id(name, cell);
  if (value === '') throw missing(name);
  return value;
}

/** The text of a cell, without the apostrophe of Offhook's own CSV. */
export function text(cell: string): string {
  return unguarded(cell);
}

export function checkedInstant(name: string, ms: number): number {
  if (ms < FIRST_INSTANT_MS || ms > LAST_INSTANT_MS) throw invalidTime(name, 'is outside the years 1990 to 2199');
  return ms;
}

export function invalidTime(name: string, problem: string): Refusal {
  return new Refusal('INVALID_TIME', `${name} ${problem}.`);
}
