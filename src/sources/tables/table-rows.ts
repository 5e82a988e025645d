// The rows of database tables, as dumps and exports have them, one by one, out of text that arrives in pieces.

/** A row, whatever the form it came in. */
export interface TableRow {
  /** In lower case, without schema and quotes; empty where the form names none. */
  table: string;
  /** In lower case; empty where nothing names them. The same list for rows that follow each other. */
  columns: readonly string[];
  /** As text; of NULL the empty text. */
  values: readonly string[];
  /** The line where the row begins, from 1. */
  line: number;
}

export interface RowReader {
  /** The rows that this piece completes. */
  push: (text: string) => TableRow[];
  /** What is still open at the end. */
  end: () => TableRow[];
}

/** Whether the rows of a table are to be read, by its name and columns, both as in a row. */
export type IsWanted = (table: string, columns: readonly string[]) => boolean;

const ESCAPED = /\\([0-7]{1,3}|x[\da-f]{1,2}|.)/gis;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  Z: '\x1a',
};

/** A text with a database's backslash escapes read. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPED, (_, what: string) => {
    if (/^x./is.test(what)) return String.fromCharCode(Number.parseInt(what.slice(1), 16));
    if (/^[0-7]/.test(what)) return String.fromCharCode(Number.parseInt(what, 8) & 0xff);
    return ESCAPES[what] ?? what;
  });
}

/** `"public"."Queue_Log"` as `queue_log`. */
export function plainName(name: string): string {
  const last = /(?:`([^`]+)`|"([^"]+)"|([^`".\s]+))\s*$/.exec(name);
  return (last?.[1] ?? last?.[2] ?? last?.[3] ?? '').trim().toLowerCase();
}
