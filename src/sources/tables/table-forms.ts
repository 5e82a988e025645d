// Recognizes the form of a table (SQL dump or delimited text) by the first line.
import { delimitedReader, dialectOf } from './delimited-rows.ts';
import { sqlDumpReader } from './sql-dump.ts';
import { type IsWanted, plainName, type RowReader } from './table-rows.ts';

const SQL = /^(?:--|\/\*|#|(?:INSERT|REPLACE|CREATE|DROP|SET|COPY|BEGIN|START|USE|LOCK|ALTER|PRAGMA)[\s;])/i;

/** A reader for an SQL dump, or for an export whose header names wanted columns; undefined: it is neither. */
export function tableReader(firstLine: string, isWanted: IsWanted): RowReader | undefined {
  if (SQL.test(firstLine)) return sqlDumpReader(isWanted);
  const { cells, ...dialect } = dialectOf(firstLine);
  const columns = cells.map(plainName);
  return isWanted('', columns) ? delimitedReader(dialect, columns) : undefined;
}
