// Reads the rows of CSV in its variants, and of the tab-separated text of `mysql -B` and COPY.
import { LIMITS } from '../../limits.ts';
import { type RowReader, type TableRow, unescaped } from './table-rows.ts';

/** The variant of a text, detected from its first line. */
export interface Dialect {
  delimiter: string;
  /** Whether cells may be quoted; if not, tabs and line ends in them are escaped with a backslash. */
  isQuoted: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'];
const BYTE_ORDER_MARK = /^\uFEFF/;
/** NULL, as databases write it. */
const NULL = /^(?:NULL|\\N)$/;
/** The line that psql writes below a table. */
const ROW_COUNT = /^\(\d+ rows?\)$/;

/** The dialect of a text with this first line, and the line's cells. */
export function dialectOf(firstLine: string): Dialect & { cells: string[] } {
  const line = firstLine.replace(BYTE_ORDER_MARK, '').replace(/\r$/, '');
  const count = (delimiter: string) => line.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
  const isQuoted = delimiter !== '\t' || line.startsWith('"');
  return { delimiter, isQuoted, cells: cellsOf(line, { delimiter, isQuoted }) };
}

/** Reads the rows of a text. With `columns` its first non-blank line is the header and is skipped; without, it has none. */
export function delimitedReader(form: Dialect, columns: readonly string[]): RowReader {
  let open = '';
  let line = 1;
  let startLine = 1;
  let isHeader = columns.length > 0;
  /** The record so far, while one of its quotes is open. */
  let record = '';
  let isOpen = false;
  const rows: TableRow[] = [];

  function take(text: string): void {
    if (record === '') startLine = line;
    line++;
    record = record === '' ? text : `${record}\n${text}`;
    if (form.isQuoted && hasOddQuotes(text)) isOpen = !isOpen;
    if (isOpen && record.length < LIMITS.documentBytes) return;
    const whole = record.endsWith('\r') ? record.slice(0, -1) : record;
    record = '';
    isOpen = false;
    if (whole.trim() === '' || ROW_COUNT.test(whole)) return;
    if (!isHeader) rows.push({ table: '', columns, values: valuesOf(whole, form), line: startLine });
    isHeader = false;
  }

  return {
    push(text) {
      const lines = (open + text).split('\n');
      open = lines.pop()!.slice(0, LIMITS.documentBytes);
      for (const each of lines) take(each);
      return rows.splice(0);
    },
    end() {
      take(open);
      if (isOpen) take('"');
      return rows.splice(0);
    },
  };
}

function valuesOf(record: string, form: Dialect): string[] {
  const cells = cellsOf(record, form);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    if (NULL.test(cell)) cells[i] = '';
    else if (!form.isQuoted) cells[i] = unescaped(cell);
  }
  return cells;
}

function cellsOf(record: string, { delimiter, isQuoted }: Dialect): string[] {
  if (!isQuoted || !record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= record.length; ) {
    const end = record[at] === '"' ? quoteEnd(record, at) : at;
    const next = record.indexOf(delimiter, end);
    const stop = next < 0 ? record.length : next;
    const text = record.slice(at, stop);
    cells.push(end > at ? text.slice(1, end - at - 1).replaceAll('""', '"') : text);
    at = stop + 1;
  }
  return cells;
}

/** The position after the closing quote; the end of the record if there is none. */
function quoteEnd(record: string, start: number): number {
  for (let at = start + 1; ; at += 2) {
    at = record.indexOf('"', at);
    if (at < 0) return record.length;
    if (record[at + 1] !== '"') return at + 1;
  }
}

function hasOddQuotes(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count % 2 === 1;
}
