// Types and helpers for reading rows of database tables from dumps and exports.

/** A row of a table, from any form of file. */
export interface TableRow {
  /** Lower-case name without schema and quotes; empty if the form has none. */
  table: string;
  /** Lower-case names; empty if unknown. Consecutive rows share the same array. */
  columns: readonly string[];
  /** As text; empty for NULL. */
  values: readonly string[];
  /** Line at which the row begins, from 1. */
  line: number;
}

export interface RowReader {
  /** The rows that this piece completes. */
  push: (text: string) => TableRow[];
  /** The rest at the end of the text. */
  end: () => TableRow[];
}

/** Whether to read the rows of a table; name and columns are as in `TableRow`. */
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

/** A text with its backslash escapes resolved, as databases write them. */
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
