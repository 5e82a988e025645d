// Cuts text into the elements of a JSON array, or into consecutive objects, by matching brackets.
import type { RawDocument, TextSplitter } from '../source.ts';
import { appendPiece, cutDocument } from './split-lines.ts';

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
/** `closer` of a value without brackets (a number, a string, garbage), which ends with its line or at a comma. */
const SCALAR = -1;
/** Longest key of a wrapper, with the white space around it. */
const MAX_KEY_LENGTH = 100;

/** @param wrappers names of arrays: their elements are documents, and the object around such an array is dropped */
export function valueSplitter(...wrappers: readonly string[]): TextSplitter {
  return new ValueSplitter(wrappers);
}

class ValueSplitter implements TextSplitter {
  private documents: RawDocument[] = [];
  private text = '';
  private line = 1;
  /** White space since the start of the line; -1 after any other character. */
  private indent = 0;
  private inArray = false;
  /** Column of the first object: an object in this column is a new document, even if one is still open. */
  private column = -1;

  // The document being read: closer is 0 while there is none.
  private closer = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private held = '';
  private start = 0;
  private startLine = 1;

  /** Matches a text that ends with the key of a wrapper. */
  private readonly wrapperKey: RegExp | undefined;
  /** Whether the open wrapper is an element of an array; undefined while no wrapper is open. */
  private wrapperInArray: boolean | undefined;
  /** Open braces after the wrapper's array. */
  private tailDepth = 0;

  constructor(wrappers: readonly string[]) {
    const names = wrappers.map(name => RegExp.escape(name)).join('|');
    this.wrapperKey = names === '' ? undefined : new RegExp(`"(?:${names})"\\s*:\\s*$`);
  }

  push(text: string): RawDocument[] {
    this.text = text;
    for (let i = 0; i < text.length; i++) this.step(text.charCodeAt(i), i);
    if (this.closer !== 0) this.held = appendPiece(this.held, text.slice(this.start));
    this.start = 0;
    return this.take();
  }

  end(): RawDocument[] {
    this.text = '';
    if (this.closer !== 0) this.finish(0);
    return this.take();
  }

  private step(code: number, index: number): void {
    if (code === NEWLINE) this.endLine(index);
    else if (this.inString) this.stepInString(code);
    else if (code === 32 || code === 9 || code === 13) this.indent += this.indent < 0 ? 0 : 1;
    else {
      const column = this.indent;
      this.indent = -1;
      if (this.tailDepth > 0) this.stepInTail(code, index, column);
      else if (this.closer === 0) this.begin(code, index, column);
      else this.stepInside(code, index, column);
    }
  }

  private stepInString(code: number): void {
    if (this.escaped) this.escaped = false;
    else if (code === BACKSLASH) this.escaped = true;
    else if (code === QUOTE) this.inString = false;
  }

  /** JSON strings never span lines, so the end of the line closes a string whose quote is missing. */
  private endLine(index: number): void {
    this.line++;
    this.indent = 0;
    this.inString = false;
    this.escaped = false;
    if (this.closer === SCALAR) this.finish(index);
  }

  private begin(code: number, index: number, column: number): void {
    if (code === COMMA) return;
    if (code === OPEN_BRACKET && !this.inArray) this.inArray = true;
    else if (code === CLOSE_BRACKET && this.inArray) this.leaveArray();
    else {
      if (code === OPEN_BRACE && this.column < 0) this.column = column;
      this.closer = closerOf(code);
      this.depth = 1;
      this.inString = code === QUOTE;
      this.start = index;
      this.startLine = this.line;
    }
  }

  private stepInside(code: number, index: number, column: number): void {
    if (code === QUOTE) this.inString = true;
    else if (this.opensWrapper(code, index)) {
      this.wrapperInArray = this.inArray;
      this.inArray = true;
      this.held = '';
      this.closer = 0;
    } else if (this.endsBefore(code, column)) {
      this.finish(index);
      this.begin(code, index, column);
    } else if (code === this.closer) {
      if (--this.depth === 0) this.finish(index + 1);
    } else if (closerOf(code) === this.closer && this.closer !== SCALAR) this.depth++;
  }

  private opensWrapper(code: number, index: number): boolean {
    if (this.wrapperKey === undefined || code !== OPEN_BRACKET) return false;
    if (this.closer !== CLOSE_BRACE || this.depth !== 1) return false;
    const near = this.text.slice(Math.max(this.start, index - MAX_KEY_LENGTH), index);
    return this.wrapperKey.test(this.held.slice(-MAX_KEY_LENGTH) + near);
  }

  private leaveArray(): void {
    this.inArray = this.wrapperInArray ?? false;
    this.tailDepth = this.wrapperInArray === undefined ? 0 : 1;
    this.wrapperInArray = undefined;
  }

  /** Skips the rest of a wrapper after its array, such as a total count. */
  private stepInTail(code: number, index: number, column: number): void {
    if (code === QUOTE) this.inString = true;
    else if (code === CLOSE_BRACE) this.tailDepth--;
    else if (code === OPEN_BRACE && column >= 0 && column === this.column) {
      this.tailDepth = 0;
      this.begin(code, index, column);
    } else if (code === OPEN_BRACE) this.tailDepth++;
  }

  private endsBefore(code: number, column: number): boolean {
    if (this.closer !== SCALAR) return code === OPEN_BRACE && column >= 0 && column === this.column;
    if (code === CLOSE_BRACKET) return this.inArray;
    return code === COMMA || code === OPEN_BRACE || code === OPEN_BRACKET;
  }

  private finish(end: number): void {
    const raw = cutDocument(appendPiece(this.held, this.text.slice(this.start, end)));
    this.documents.push({ raw, position: this.startLine });
    this.held = '';
    this.closer = 0;
    this.inString = false;
    this.escaped = false;
  }

  private take(): RawDocument[] {
    const documents = this.documents;
    this.documents = [];
    return documents;
  }
}

/** Only brackets of the document's own kind are counted, so the end of an object closes an array whose `]` is missing. */
function closerOf(code: number): number {
  if (code === OPEN_BRACE) return CLOSE_BRACE;
  return code === OPEN_BRACKET ? CLOSE_BRACKET : SCALAR;
}
