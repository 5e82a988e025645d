// The rows of an exported table by the names in its header, which may stand in any order.
import { Refusal } from '../../sources/fields.ts';
import type { DecodeContext } from '../../sources/source.ts';
import { id } from './cells.ts';
import { invalidExport } from './export.ts';

/** The cell under a name; empty where the table has no such column. */
export interface TableRow {
  cell: (name: string) => string;
  /** Undefined where the table has no such column, or the cell is empty (a NULL). */
  maybe: (name: string) => string | undefined;
}

/** @throws UserError INVALID_REQUEST where a column that is needed is missing; the reader throws a Refusal */
export function tableReader(
  table: string,
  header: readonly string[],
  needed: readonly string[],
): (cells: readonly string[]) => TableRow {
  const indexes = new Map(header.map((name, index) => [name.trim().toLowerCase(), index]));
  const absent = needed.filter(name => !indexes.has(name));
  if (absent.length > 0) {
    throw invalidExport(
      `The header has no column ${absent.join(', ')}.`,
      `Give a CSV file of the table ${table} whose first line names its columns.`,
    );
  }
  return cells => {
    if (cells.length !== header.length) {
      throw new Refusal('INVALID_VALUE', `The row has ${cells.length} cells, expected ${header.length}.`);
    }
    const cell = (name: string) => cells[indexes.get(name) ?? -1] ?? '';
    return { cell, maybe: name => (cell(name).trim() === '' ? undefined : cell(name)) };
  };
}

/** The account that the row names, else the caller's. */
export function accountOf({ cell }: TableRow, context: DecodeContext): string {
  const accountId = id('account_id', cell('account_id')) || context.accountId;
  if (accountId === '') {
    throw new Refusal('MISSING_FIELD', 'account_id is missing, and no account was given for such rows.');
  }
  if (context.isAllowed(accountId)) return accountId;
  throw new Refusal(
    'WRONG_ACCOUNT',
    `account_id is ${JSON.stringify(accountId)}, expected ${context.accountId}.`,
  );
}
