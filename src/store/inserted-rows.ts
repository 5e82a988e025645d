// Rows of a database dump, as INSERT or COPY statements say them.

/** The table's name and the columns, where they are named. */
const INSERT = /\bINSERT\s+INTO\s+([`"\w.[\]]+)\s*(?:\(([^()]*)\))?\s*VALUES\s*/gi;
const COPY = /^COPY\s+[\w."]+\s*\(([^()]*)\)\s+FROM\s+stdin;\r?\n([\s\S]*?)^\\\./gim;
/** Columns in their order, where an INSERT names none. */
const CREATE_TABLE = /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([`"\w.[\]]+)\s*\(([\s\S]*?)\n\)/gi;
const NOT_A_COLUMN = /^(?:PRIMARY|UNIQUE|KEY|CONSTRAINT|FOREIGN|INDEX|CHECK|FULLTEXT)\b/i;
/** A value in a text's quotes, or a number or word; brackets around a row. */
const TOKEN = /\s*(?:'((?:[^'\\]|\\[\s\S]|'')*)'|([^\s,();']+)|([(),;]))/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

const nameOf = (name: string) => name.trim().replace(/^[`"[]|[`"\]]$/g, '');

/** The rows below a header of their columns; undefined where the text holds no such statement. */
export function insertedRows(text: string): string[][] | undefined {
  const rows: string[][] = [];
  for (const [, columns = '', lines = ''] of text.matchAll(COPY)) {
    addRows(rows, columns.split(',').map(nameOf), copied(lines));
  }
  const tables = new Map(
    [...text.matchAll(CREATE_TABLE)].map(([, table = '', body = '']) => [nameOf(table), body]),
  );
  for (const { index, 0: statement, 1: table = '', 2: named } of text.matchAll(INSERT)) {
    const columns = named?.split(',').map(nameOf) ?? columnsOf(tables.get(nameOf(table)) ?? '');
    addRows(rows, columns, valuesFrom(text, index + statement.length));
  }
  return rows.length === 0 ? undefined : rows;
}

/** The columns of the first statement are the header; those of others that have the same names follow it. */
function addRows(rows: string[][], columns: readonly string[], values: readonly string[][]): void {
  if (rows.length === 0) rows.push([...columns]);
  const header = rows[0]!;
  const places = header.map(name => columns.indexOf(name));
  if (!places.some(place => place >= 0)) return;
  for (const row of values) rows.push(places.map(place => row[place] ?? ''));
}

function columnsOf(body: string): string[] {
  const lines = body.split('\n').map(line => line.trim());
  return lines
    .filter(line => line !== '' && !NOT_A_COLUMN.test(line))
    .map(line => nameOf(line.split(/\s/)[0]!));
}

/** Rows in brackets, up to the end of the statement. */
function valuesFrom(text: string, start: number): string[][] {
  const rows: string[][] = [];
  let row: string[] | undefined;
  TOKEN.lastIndex = start;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const [, quoted, word, mark] = found;
    if (quoted !== undefined) row?.push(unescaped(quoted));
    else if (word !== undefined) row?.push(/^null$/i.test(word) ? '' : word);
    else if (mark === '(') row = [];
    else if (mark === ')' && row !== undefined) {
      rows.push(row);
      row = undefined;
    } else if (mark === ';') break;
  }
  return rows;
}

const unescaped = (text: string) =>
  text.replace(/\\([\s\S])|''/g, (_, char?: string) => (char === undefined ? "'" : (ESCAPES[char] ?? char)));

const copied = (lines: string) =>
  lines
    .split(/\r?\n/)
    .filter(Boolean)
    .map(line => line.split('\t').map(cell => (cell === '\\N' ? '' : unescaped(cell))));
