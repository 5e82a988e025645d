// The form in which queue_log comes, told by how the text begins: lines, JSON, or the table as a dump or an export.
import { LIMITS } from '../../limits.ts';
import { delimitedReader, dialectOf } from '../tables/delimited-rows.ts';
import type { TextSplitter } from '../source.ts';
import { chosenSplitter, jsonSplitter } from '../split/split-json.ts';
import { cutDocument, lineSplitter } from '../split/split-lines.ts';
import { valueSplitter } from '../split/split-values.ts';
import { tableReader } from '../tables/table-forms.ts';
import type { RowReader, TableRow } from '../tables/table-rows.ts';
import { isNakedRow, isQueueLog, lineMaker } from './queue-row.ts';

const PLAIN_LINE = /^\d{1,10}(?:\.\d{1,9})?\|/;
/** phpMyAdmin's JSON: the rows are the elements of the array of this name. */
const PHPMYADMIN = /^\[\s*\{\s*"type"\s*:\s*"header"/;
const ROWS_OF_PHPMYADMIN = 'data';

export function queueLogSplitter(): TextSplitter {
  return chosenSplitter(splitterFor);
}

/** Undefined while the text is too short to tell. */
function splitterFor(text: string, ended: boolean): TextSplitter | undefined {
  const isWhole = ended || text.length >= LIMITS.documentBytes;
  const start = text.slice(0, LIMITS.documentBytes).trimStart();
  const lineEnd = start.indexOf('\n');
  if (lineEnd < 0 && !isWhole) return undefined;
  const line = lineEnd < 0 ? start : start.slice(0, lineEnd);
  const { cells, ...dialect } = dialectOf(line);
  if (isNakedRow(cells)) return rowSplitter(delimitedReader(dialect, []));
  if (PLAIN_LINE.test(line)) return lineSplitter();
  if (PHPMYADMIN.test(start)) return valueSplitter(ROWS_OF_PHPMYADMIN);
  if (start[0] === '{' || start[0] === '[') return jsonSplitter();
  const reader = tableReader(line, isQueueLog);
  return reader === undefined ? lineSplitter() : rowSplitter(reader);
}

/** Each row as the line that it was, before the time is known by its zone. */
function rowSplitter(reader: RowReader): TextSplitter {
  const lineOf = lineMaker();
  const documentOf = (row: TableRow) => ({ raw: cutDocument(lineOf(row)), position: row.line });
  return {
    push: text => reader.push(text).map(documentOf),
    end: () => reader.end().map(documentOf),
  };
}
