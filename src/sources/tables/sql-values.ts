// Parses the tuples of an INSERT and the columns of a CREATE TABLE.
import { plainName, unescaped } from './table-rows.ts';

export interface Tuple {
  values: string[];
  /** Position after the closing bracket. */
  end: number;
}

/** A column of a CREATE TABLE. */
export interface Column {
  name: string;
  /** Whether it is MySQL's TIMESTAMP, which a dump writes in the zone of its connection. */
  isTimestamp: boolean;
}

const SPACE = /\s*/y;
const UP_TO_QUOTE = /[^']*/y;
const UP_TO_QUOTE_OR_BACKSLASH = /[^'\\]*/y;
/** The prefix of a string: its character set or type, or PostgreSQL's E for escapes. */
const INTRODUCER = /(?:_\w+\s*|[a-z]|(?:date|timestamp)\s*)?(?=')/iy;
const CAST = /(?:\s*::\s*[\w" ]+(?:\(\d+\))?(?:\[\])?)*/y;
const BARE = /(?:[^,()'"]+|"[^"]*"|\((?:[^()']|'[^']*')*\))+/y;
const NOT_A_COLUMN = /^(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK|EXCLUDE|LIKE|PERIOD)\b/i;
const COLUMN = /^(`[^`]*`|"[^"]*"|[^\s`"]+)\s*([a-z]*)/i;

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/**
 * The tuple whose bracket opens at `start`. 'open': the text ends within it; 'bad': it is not a tuple.
 * @param hasEscapes whether a backslash in a string begins an escape, as in MySQL but not in standard SQL
 */
export function readTuple(text: string, start: number, hasEscapes: boolean): Tuple | 'open' | 'bad' {
  const values: string[] = [];
  for (let at = after(SPACE, text, start + 1); ; at = after(SPACE, text, at + 1)) {
    const introducer = text.slice(at, after(INTRODUCER, text, at));
    const quote = at + introducer.length;
    if (text[quote] === "'") {
      const escapes = hasEscapes || /^e$/i.test(introducer);
      const end = textEnd(text, quote, escapes);
      if (end < 0) return 'open';
      values.push(textValue(text.slice(quote + 1, end - 1), escapes));
      at = after(CAST, text, end);
    } else {
      const end = after(BARE, text, at);
      if (end >= text.length) return 'open';
      values.push(bareValue(text.slice(at, end)));
      at = end;
    }
    at = after(SPACE, text, at);
    if (at >= text.length) return 'open';
    if (text[at] === ')') return { values, end: at + 1 };
    if (text[at] !== ',') return 'bad';
  }
}

/** The position after the closing quote; -1: the text ends before it is certain. */
function textEnd(text: string, quote: number, hasEscapes: boolean): number {
  const upTo = hasEscapes ? UP_TO_QUOTE_OR_BACKSLASH : UP_TO_QUOTE;
  for (let at = quote + 1; ; at += 2) {
    at = after(upTo, text, at);
    if (at + 1 >= text.length) return -1;
    if (text[at] === "'" && text[at + 1] !== "'") return at + 1;
  }
}

function textValue(inner: string, hasEscapes: boolean): string {
  const plain = inner.includes("''") ? inner.replaceAll("''", "'") : inner;
  return hasEscapes ? unescaped(plain) : plain;
}

function bareValue(token: string): string {
  const value = token.trim();
  return /^(?:NULL|DEFAULT)$/i.test(value) ? '' : value;
}

/** The columns in the list of a CREATE TABLE, INSERT or COPY; text after its closing bracket is ignored. */
export function readColumns(list: string): Column[] {
  return parts(list)
    .filter(part => part !== '' && !NOT_A_COLUMN.test(part))
    .map(part => {
      const [, name = '', type = ''] = COLUMN.exec(part) ?? [];
      return { name: plainName(name), isTimestamp: /^timestamp$/i.test(type) };
    });
}

/** The parts of a list, cut at commas outside brackets and quotes. */
function parts(list: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of list.matchAll(/'(?:[^'\\]|\\.|'')*'|`[^`]*`|"[^"]*"|--[^\n]*|[(),]/g)) {
    if (mark === '(') depth++;
    else if (mark === ')' && depth-- === 0) return [...found, list.slice(start, index).trim()];
    else if (mark === ',' && depth === 0) {
      found.push(list.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...found, list.slice(start).trim()];
}
