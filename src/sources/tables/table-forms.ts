// Which form a table is written in, told by the first line of its text.
import { delimitedReader, dialectOf } from './delimited-rows.ts';
import { sqlDumpReader } from './sql-dump.ts';
import { type IsWanted, plainName, type RowReader } from './table-rows.ts';

const SQL = /^(?:--|\/\*|#|(?:INSERT|REPLACE|CREATE|DROP|SET|COPY|BEGIN|START|USE|LOCK|ALTER|PRAGMA)[\s;])/i;

/** A reader for a dump as SQL, or an export whose header names the columns; undefined: it is neither, or not of such a table. */
export function tableReader(firstLine: string, isWanted: IsWanted): RowReader | undefined {
  if (SQL.test(firstLine)) return sqlDumpReader(isWanted);
  const { cells, ...dialect } = dialectOf(firstLine);
  const columns = cells.map(plainName);
  return isWanted('', columns) ? delimitedReader(dialect, columns) : undefined;
}
