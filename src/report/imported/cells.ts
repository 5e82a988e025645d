// The cells of an export's row into texts, numbers and times, or the refusal that says what is wrong.
import { invalid, missing, quote, Refusal } from '../../sources/fields.ts';
import { FIRST_INSTANT_MS, LAST_INSTANT_MS, readWallTime } from '../../sources/wall-time.ts';

const CONTROL_CHARACTER = /\p{Cc}/u;
/** Longest id, as for events. */
const MAX_ID_LENGTH = 256;
const NUMBER = /^(?:\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.\d{1,6})?$/;
const MONTH_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4}) (\d{1,2}):(\d\d) ?([AP])M$/i;
/** An apostrophe that Offhook's own CSV puts before what a spreadsheet would run as a formula. */
const GUARD = /^'(?=[=@\t]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])/;

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
  return cell.replace(GUARD, '');
}

/** A number as reports print it, thousands separated or not; an empty cell is zero. */
export function number(name: string, cell: string): number {
  const digits = cell.trim();
  if (digits === '') return 0;
  if (!NUMBER.test(digits)) throw invalid(name, `is ${quote(cell)}, expected a number that is not negative`);
  return Number(digits.replaceAll(',', ''));
}

export function wholeNumber(name: string, cell: string): number {
  const value = number(name, cell);
  if (!Number.isInteger(value)) throw invalid(name, `is ${quote(cell)}, expected a whole number`);
  return value;
}

/** Minutes as milliseconds: 45.45 is 2,727,000. */
export const minutes = (name: string, cell: string) => Math.round(number(name, cell) * 60_000);
export const seconds = (name: string, cell: string) => Math.round(number(name, cell) * 1000);

/** Refuses what is not a per cent: it is kept as printed. */
export function percent(name: string, cell: string): void {
  number(name, cell.trim().replace(/%$/, ''));
}

/** `4/27/20 12:02 PM` as the clock's reading in milliseconds since 1970; undefined for an empty cell. */
export function monthFirst(name: string, cell: string): number | undefined {
  if (cell.trim() === '') return undefined;
  const [, month, day, year, hour, minute, half] = MONTH_FIRST.exec(cell.trim()) ?? [];
  const pad = (digits: string) => digits.padStart(2, '0');
  const hours = (Number(hour) % 12) + (half?.toUpperCase() === 'P' ? 12 : 0);
  const isOnTheClock = Number(hour) >= 1 && Number(hour) <= 12;
  const date = isOnTheClock ? `${year!.padStart(4, '20')}-${pad(month!)}-${pad(day!)}` : '';
  return wallTime(name, cell, `${date} ${pad(String(hours))}:${minute}:00`, 'M/d/yy h:mm AM');
}

/** `2020-04-27 12:02:05` as the clock's reading; undefined for an empty cell. */
export function yearFirst(name: string, cell: string): number | undefined {
  return cell.trim() === '' ? undefined : wallTime(name, cell, cell.trim(), 'YYYY-MM-DD HH:MM:SS');
}

function wallTime(name: string, cell: string, iso: string, expected: string): number {
  const read = readWallTime(iso);
  if (read !== undefined && read.offsetMs === null) return read.wallMs;
  throw invalidTime(name, `is ${quote(cell)}, expected ${expected}`);
}

export function checkedInstant(name: string, ms: number): number {
  if (ms < FIRST_INSTANT_MS || ms > LAST_INSTANT_MS) throw invalidTime(name, 'is no time that reports hold');
  return ms;
}

export function invalidTime(name: string, problem: string): Refusal {
  return new Refusal('INVALID_TIME', `${name} ${problem}.`);
}
