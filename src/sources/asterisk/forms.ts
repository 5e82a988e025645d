// Recognizes the form of a queue_log by its beginning (lines, JSON, or a dump or export of the table) and cuts it into documents.
import { LIMITS } from '../../limits.ts';
import type { TextSplitter } from '../source.ts';
import { chosenSplitter, jsonSplitter } from '../split/split-json.ts';
import { cutDocument, lineSplitter } from '../split/split-lines.ts';
import { valueSplitter } from '../split/split-values.ts';
import { delimitedReader, dialectOf } from '../tables/delimited-rows.ts';
import { tableReader } from '../tables/table-forms.ts';
import type { RowReader, TableRow } from '../tables/table-rows.ts';
import { isHeaderlessRow, isQueueLog, rowFormatter } from './queue-row.ts';

const PLAIN_LINE = /^\d{1,10}(?:\.\d{1,9})?\|/;
/** phpMyAdmin's JSON, which keeps the rows in an array of this name. */
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
  if (isHeaderlessRow(cells)) return rowSplitter(delimitedReader(dialect, []));
  if (PLAIN_LINE.test(line)) return lineSplitter();
  if (PHPMYADMIN.test(start)) return valueSplitter(ROWS_OF_PHPMYADMIN);
  if (start[0] === '{' || start[0] === '[') return jsonSplitter();
  const reader = tableReader(line, isQueueLog);
  return reader === undefined ? lineSplitter() : rowSplitter(reader);
}

/** Makes each row a line of the log; its time stays as written, since the zone is known only to the reader. */
function rowSplitter(reader: RowReader): TextSplitter {
  const lineOf = rowFormatter();
  const documentOf = (row: TableRow) => ({ raw: cutDocument(lineOf(row)), position: row.line });
  return {
    push: text => reader.push(text).map(documentOf),
    end: () => reader.end().map(documentOf),
  };
}
