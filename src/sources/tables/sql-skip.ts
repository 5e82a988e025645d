// Skips a statement of SQL, of any length and in pieces, up to its semicolon.

/** The position up to which text was skipped, and whether the statement ends there. */
export interface Skipped {
  at: number;
  isOver: boolean;
}
export type Skipper = (text: string, at: number, hasEnded: boolean) => Skipped;

/** Longest opening mark, such as a PostgreSQL dollar quote with a name. */
const MARK_CHARS = 64;
const MARKS = /['"`;#]|--(?=\s|$)|\/\*|\$\w{0,60}\$/g;
/** By quote: everything up to the closing quote or a backslash, which may escape it. */
const UP_TO_CLOSER_OR_BACKSLASH: Readonly<Record<string, RegExp>> = { "'": /[^'\\]*/y, '"': /[^"\\]*/y };
const CLOSERS: Readonly<Record<string, string>> = { '#': '\n', '--': '\n', '/*': '*/' };

/** @param hasEscapes whether a backslash in a string begins an escape, as in MySQL but not in standard SQL */
export function skipper(hasEscapes: boolean): Skipper {
  /** The end mark of the open string, name or comment; empty: none is open. */
  let closer = '';

  /** The position after the end mark; -1: not in this text. */
  function closed(text: string, start: number): number {
    const upTo = hasEscapes ? UP_TO_CLOSER_OR_BACKSLASH[closer] : undefined;
    if (upTo === undefined) {
      const found = text.indexOf(closer, start);
      return found < 0 ? -1 : found + closer.length;
    }
    for (upTo.lastIndex = start; ; upTo.lastIndex += 2) {
      upTo.test(text);
      if (upTo.lastIndex >= text.length) return -1;
      if (text[upTo.lastIndex] === closer) return upTo.lastIndex + 1;
    }
  }

  return (text, start, hasEnded) => {
    const limit = hasEnded ? text.length : Math.max(text.length - MARK_CHARS, start);
    for (let at = start; ; ) {
      if (closer !== '') {
        const end = closed(text, at);
        if (end < 0) return { at: Math.max(at, lastSafe(text, limit)), isOver: false };
        at = end;
        closer = '';
      }
      const mark = nextMark(text, at, hasEscapes);
      if (mark === undefined || mark.index >= limit) return { at: Math.max(at, limit), isOver: false };
      at = mark.index + mark.text.length;
      if (mark.text === ';') return { at, isOver: true };
      closer = CLOSERS[mark.text] ?? mark.text;
    }
  };
}

/** The last position up to `limit` that does not split an escape sequence. */
function lastSafe(text: string, limit: number): number {
  let at = limit;
  while (at > 0 && text[at - 1] === '\\') at--;
  return at;
}

function nextMark(text: string, at: number, hasEscapes: boolean): { text: string; index: number } | undefined {
  for (MARKS.lastIndex = at; ; ) {
    const match = MARKS.exec(text);
    if (match === null) return undefined;
    const isMark = match[0][0] === '#' ? hasEscapes : match[0][0] !== '$' || !hasEscapes;
    if (isMark) return { text: match[0], index: match.index };
  }
}

/** The position of the statement's semicolon; -1: not in this text. */
export function endOfStatement(text: string, start: number, hasEscapes: boolean): number {
  const { at, isOver } = skipper(hasEscapes)(text, start, true);
  return isOver ? at - 1 : -1;
}
