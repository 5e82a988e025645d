// Reads the cells of an exported table's rows by column name, in any order of columns.
import { Refusal } from '../fields.ts';
import type { DecodeContext } from '../source.ts';
import { plainName } from '../tables/delimited.ts';
import { id } from './cells.ts';

/** A row's cells by column name. */
export interface TableRow {
  /** Empty if the table lacks the column. */
  cell: (name: string) => string;
  /** Undefined if the table lacks the column, or the cell is empty (a NULL). */
  optionalCell: (name: string) => string | undefined;
}

/** The returned function throws a Refusal for a row with another number of cells than the header. */
export function tableReader(header: readonly string[]): (cells: readonly string[]) => TableRow {
  const indexes = new Map(header.map((name, index) => [plainName(name), index]));
  return cells => {
    if (!hasLength(cells, header.length)) throw wrongLength(cells, header.length);
    const cell = (name: string) => cells[indexes.get(plainName(name)) ?? -1] ?? '';
    return { cell, optionalCell: name => (cell(name).trim() === '' ? undefined : cell(name)) };
  };
}

/** Whether the row has so many cells; empty cells beyond them do not matter. */
export function hasLength(cells: readonly string[], length: number): boolean {
  return cells.length === length || (cells.length > length && isBlank(cells.slice(length)));
}

/** Whether a row has only empty cells, as spreadsheets write them. */
export const isBlank = (cells: readonly string[]): boolean => cells.every(cell => cell.trim() === '');

export function wrongLength(cells: readonly string[], length: number): Refusal {
  return new Refusal('INVALID_VALUE', `The row has ${cells.length} cells, expected ${length}.`);
}

/** The account that the row names, else the caller's. @throws Refusal MISSING_FIELD, WRONG_ACCOUNT */
export function accountOf({ cell }: TableRow, context: DecodeContext): string {
  const accountId = id('account_id', cell('account_id')) || context.accountId;
  if (accountId === '') {
    throw new Refusal('MISSING_FIELD', 'account_id is missing. Name the account of such rows with --account ID.');
  }
  if (context.isAllowed(accountId)) return accountId;
  throw new Refusal('WRONG_ACCOUNT', `account_id is ${JSON.stringify(accountId)}, expected ${context.accountId}.`);
}
