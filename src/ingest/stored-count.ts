// Counts stored events or imported rows, so that an import can report how many of its own were new.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';

/** Tables in which rows with the same key count once. */
export type CountedTable = 'events' | 'imported_sessions' | 'imported_states';

const ROWS_SQL = `
  SELECT count() AS rows FROM {table:Identifier} WHERE {account:String} IN ('', account_id)`;
const KEYS_SQL = `
  SELECT count() AS rows FROM {table:Identifier} FINAL WHERE {account:String} IN ('', account_id)`;

/**
 * Rows of the account (empty: of all accounts), each key once.
 * @returns undefined if there are too many to count while a person waits
 */
export async function storedCount(engine: Engine, table: CountedTable, accountId: string): Promise<number | undefined> {
  const count = async (sql: string) =>
    (await engine.query<{ rows: number }>(sql, { table, account: accountId }))[0]?.rows ?? 0;
  return (await count(ROWS_SQL)) > LIMITS.countedRows ? undefined : count(KEYS_SQL);
}
