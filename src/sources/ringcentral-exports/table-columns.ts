// The rows of an exported table by the names in its header, which may stand in any order.
import { plainName } from '../tables/delimited.ts';
import { Refusal } from '../fields.ts';
import type { DecodeContext } from '../source.ts';
import { id } from './cells.ts';

/** The cell under a name; empty where the table has no such column. */
export interface TableRow {
  cell: (name: string) => string;
  /** Undefined where the table has no such column, or the cell is empty (a NULL). */
  maybe: (name: string) => string | undefined;
}

/** The reader throws a Refusal for a row that is not as long as the header. */
export function tableReader(header: readonly string[]): (cells: readonly string[]) => TableRow {
  const indexes = new Map(header.map((name, index) => [plainName(name), index]));
  return cells => {
    if (!hasLength(cells, header.length)) throw wrongLength(cells, header.length);
    const cell = (name: string) => cells[indexes.get(plainName(name)) ?? -1] ?? '';
    return { cell, maybe: name => (cell(name).trim() === '' ? undefined : cell(name)) };
  };
}

/** Whether the row has so many cells; more of them are no matter where they are empty. */
export function hasLength(cells: readonly string[], length: number): boolean {
  return cells.length === length || (cells.length > length && isBlank(cells.slice(length)));
}

/** A row of nothing but delimiters, as spreadsheets write them. */
export const isBlank = (cells: readonly string[]): boolean => cells.every(cell => cell.trim() === '');

export function wrongLength(cells: readonly string[], length: number): Refusal {
  return new Refusal('INVALID_VALUE', `The row has ${cells.length} cells, expected ${length}.`);
}

/** The account that the row names, else the caller's. */
export function accountOf({ cell }: TableRow, context: DecodeContext): string {
  const accountId = id('account_id', cell('account_id')) || context.accountId;
  if (accountId === '') {
    throw new Refusal('MISSING_FIELD', 'account_id is missing, and no account was given for such rows.');
  }
  if (context.isAllowed(accountId)) return accountId;
  throw new Refusal('WRONG_ACCOUNT', `account_id is ${JSON.stringify(accountId)}, expected ${context.accountId}.`);
}
