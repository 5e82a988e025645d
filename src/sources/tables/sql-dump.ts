// Reads the rows of selected tables from an SQL dump (mysqldump, phpMyAdmin, pg_dump, SQLite).
import { LIMITS } from '../../limits.ts';
import { endOfStatement, type Skipper, skipper } from './sql-skip.ts';
import { type Column, readColumns, readTuple } from './sql-values.ts';
import { type IsWanted, plainName, type RowReader, type TableRow, unescaped } from './table-rows.ts';

const NAME = '(?:`[^`]+`|"[^"]+"|[\\w$]+)(?:\\s*\\.\\s*(?:`[^`]+`|"[^"]+"|[\\w$]+))*';
const INSERT = new RegExp(
  `(?:INSERT|REPLACE)\\b[\\w\\s]*?\\bINTO\\s+(${NAME})\\s*(?:\\(([^()']*)\\))?\\s*(?:OVERRIDING[\\w\\s]*)?VALUES\\s*(?=\\()`,
  'iy',
);
const CREATE = new RegExp(`CREATE\\b[\\w\\s]*?\\bTABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(${NAME})\\s*\\(`, 'iy');
const COPY = new RegExp(`COPY\\s+(${NAME})\\s*(?:\\(([^()']*)\\))?\\s+FROM\\s+stdin[^;\\n]*;[^\\n]*\\n`, 'iy');
const BLANK = /(?:[\s;]+|--[^\n]*\n|#[^\n]*\n|\\[^\n]*\n|\/\*(?!!)[\s\S]*?\*\/)+/y;
/** Set in dumps of MySQL, possibly within a comment that only MySQL executes. */
const UTC = /SET\s+(?:SESSION\s+)?TIME_ZONE\s*=\s*['"]\+00:00['"]/i;
/** Statements that show that backslashes are ordinary characters, as in standard SQL. */
const STANDARD_TEXTS = /^(?:SET\s+standard_conforming_strings\s*=\s*on|PRAGMA)\b/i;
const BETWEEN = /[\s,]*/y;
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[ T][\d:.]+$/;
const COMMENT = /^(?:--|#|\\|\/\*(?!!))/;
/** A statement that is complete: it has its semicolon, and a COPY also the end of its line. */
const WHOLE = /^(?!COPY\b)[^;]*;|;[^\n]*\n/i;
/** Characters kept of a tuple that cannot be read. */
const SHOWN_CHARS = 500;
/** Characters of a statement by which it is recognized; a log's list of columns is shorter. */
const HEAD_CHARS = 16 * 1024;

/** Reads a dump of any size in constant memory; other tables are skipped. */
export function sqlDumpReader(isWanted: IsWanted): RowReader {
  return new SqlDump(isWanted);
}

interface Table {
  name: string;
  columns: readonly string[];
  /** Indexes of the columns of MySQL's type TIMESTAMP. */
  timestamps: readonly number[];
}

class SqlDump implements RowReader {
  private readonly isWanted: IsWanted;
  private readonly made = new Map<string, Column[]>();
  private text = '';
  private at = 0;
  private hasEnded = false;
  private rows: TableRow[] = [];
  /** The current line, and the position of its line feed; -1: not searched yet. */
  private line = 1;
  private lineFeed = -1;
  private hasEscapes = true;
  private isUtc = false;
  /** The next step; returns false if it needs more text. */
  private step: () => boolean = () => this.statement();
  private table: Table = { name: '', columns: [], timestamps: [] };
  private skip: Skipper = skipper(true);

  constructor(isWanted: IsWanted) {
    this.isWanted = isWanted;
  }

  push(text: string): TableRow[] {
    this.text = this.text.slice(this.at) + text;
    this.at = 0;
    this.lineFeed = -1;
    while (this.step());
    this.lineHere();
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  end(): TableRow[] {
    this.hasEnded = true;
    return this.push('\n');
  }

  /** Whether fewer than so many characters are left, and more text may come. */
  private needsMoreText(chars: number): boolean {
    return !this.hasEnded && this.text.length - this.at < chars;
  }

  private statement(): boolean {
    const { text } = this;
    BLANK.lastIndex = this.at;
    if (BLANK.test(text)) this.at = BLANK.lastIndex;
    if (this.at >= text.length) return false;
    const insert = this.match(INSERT);
    if (insert !== null) return this.insert(insert);
    const copy = this.match(COPY);
    if (copy !== null) return this.copy(copy);
    const create = this.match(CREATE);
    if (create !== null) return this.create(create);
    const head = text.slice(this.at, this.at + HEAD_CHARS);
    if (COMMENT.test(head) && this.needsMoreText(LIMITS.documentBytes)) return false;
    if (!WHOLE.test(head) && this.needsMoreText(HEAD_CHARS)) return false;
    if (UTC.test(head)) this.isUtc = true;
    if (STANDARD_TEXTS.test(head)) this.hasEscapes = false;
    return this.skipFrom(this.at);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  private skipFrom(at: number): true {
    this.at = at;
    this.skip = skipper(this.hasEscapes);
    this.step = () => {
      const end = this.skip(this.text, this.at, this.hasEnded);
      this.at = end.at;
      if (end.isOver) this.step = () => this.statement();
      return end.isOver;
    };
    return true;
  }

  private insert({ 0: { length }, 1: name, 2: list, index }: RegExpExecArray): true {
    this.table = this.tableOf(name!, list);
    if (!this.isWanted(this.table.name, this.table.columns)) return this.skipFrom(index + length);
    this.at = index + length;
    this.step = () => this.tuple();
    return true;
  }

  private tableOf(quotedName: string, list: string | undefined): Table {
    const name = plainName(quotedName);
    const known = this.made.get(name) ?? [];
    const columns = list === undefined ? known.map(column => column.name) : readColumns(list).map(({ name }) => name);
    const isTimestamp = (column: string) => known.some(({ name, isTimestamp }) => name === column && isTimestamp);
    const timestamps = columns.flatMap((column, i) => (isTimestamp(column) ? [i] : []));
    return { name, columns, timestamps };
  }

  private tuple(): boolean {
    BETWEEN.lastIndex = this.at;
    BETWEEN.test(this.text);
    const start = BETWEEN.lastIndex;
    if (start >= this.text.length) return false;
    // The end of the statement, or a clause such as ON CONFLICT.
    if (this.text[start] !== '(') return this.skipFrom(start);
    const tuple = readTuple(this.text, start, this.hasEscapes);
    // An unreadable tuple may only be incomplete.
    if (tuple === 'open' && this.needsMoreText(LIMITS.documentBytes)) return false;
    if (tuple === 'bad' && this.needsMoreText(HEAD_CHARS)) return false;
    this.at = start;
    if (typeof tuple === 'string') {
      // Passed on as a row without columns, so that it becomes a reject.
      const values = [this.text.slice(start, start + SHOWN_CHARS)];
      this.rows.push({ table: this.table.name, columns: [], values, line: this.lineHere() });
      return this.skipFrom(start);
    }
    this.row(tuple.values);
    this.at = tuple.end;
    return true;
  }

  private row(values: string[]): void {
    const { name, columns, timestamps } = this.table;
    if (this.isUtc) {
      for (const i of timestamps) if (WITHOUT_ZONE.test(values[i] ?? '')) values[i] += 'Z';
    }
    this.rows.push({ table: name, columns, values, line: this.lineHere() });
  }

  private create({ 0: { length }, 1: name, index }: RegExpExecArray): boolean {
    const body = index + length;
    const end = endOfStatement(this.text, body, this.hasEscapes);
    if (end < 0 && this.needsMoreText(LIMITS.documentBytes)) return false;
    this.made.set(plainName(name!), readColumns(this.text.slice(body, end < 0 ? undefined : end)));
    return this.skipFrom(body);
  }

  private copy({ 0: { length }, 1: name, 2: list, index }: RegExpExecArray): true {
    this.table = this.tableOf(name!, list);
    const isWanted = this.isWanted(this.table.name, this.table.columns);
    this.at = index + length;
    this.step = () => {
      const end = this.text.indexOf('\n', this.at);
      if (end < 0) return false;
      const line = this.text.slice(this.at, this.text[end - 1] === '\r' ? end - 1 : end);
      if (line === '\\.') this.step = () => this.statement();
      else if (isWanted) this.row(line.split('\t').map(cell => (cell === '\\N' ? '' : unescaped(cell))));
      this.at = end + 1;
      return true;
    };
    return true;
  }

  /** The number of the line at the current position. */
  private lineHere(): number {
    if (this.lineFeed < 0) this.lineFeed = this.lineFeedFrom(0);
    for (; this.lineFeed < this.at; this.line++) this.lineFeed = this.lineFeedFrom(this.lineFeed + 1);
    return this.line;
  }

  private lineFeedFrom(at: number): number {
    const found = this.text.indexOf('\n', at);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }
}
