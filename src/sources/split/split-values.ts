// Text in pieces to the elements of a JSON array, or to objects that follow each other, by matching brackets.
import type { RawDocument, TextSplitter } from '../source.ts';
import { cutDocument, hold } from './split-lines.ts';

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
/** `closer` of a value without brackets (a number, a text, garbage): it ends with its line or at a comma. */
const SCALAR = -1;
/** A wrapper's key with the white space around it. */
const MAX_KEY_LENGTH = 100;

/** With names of wrappers, the elements of an array of such a name in an object are documents, and the rest of the object is none. */
export function valueSplitter(...wrappers: readonly string[]): TextSplitter {
  return new ValueSplitter(wrappers);
}

class ValueSplitter implements TextSplitter {
  private documents: RawDocument[] = [];
  private text = '';
  private line = 1;
  /** White space since the line began; -1 once anything else was there. */
  private indent = 0;
  private inArray = false;
  /** Where the first object stands in its line: an object there is a new document, even if one is still open. */
  private column = -1;

  // The document being read: closer is 0 while there is none.
  private closer = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private held = '';
  private start = 0;
  private startLine = 1;

  /** The key of a wrapper at the end of a text. */
  private readonly wrapperKey: RegExp | undefined;
  /** Whether the wrapper being read lies in an array; undefined while there is none. */
  private wrapperInArray: boolean | undefined;
  /** Braces open after the wrapper's array. */
  private tailDepth = 0;

  constructor(wrappers: readonly string[]) {
    const names = wrappers.map(name => RegExp.escape(name)).join('|');
    this.wrapperKey = names === '' ? undefined : new RegExp(`"(?:${names})"\\s*:\\s*$`);
  }

  push(text: string): RawDocument[] {
    this.text = text;
    for (let i = 0; i < text.length; i++) this.step(text.charCodeAt(i), i);
    if (this.closer !== 0) this.held = hold(this.held, text.slice(this.start));
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

  /** No JSON text spans lines, so a missing quote is forgiven at the end of its line. */
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

  /** What follows the array in its wrapper, such as counts of all that was found, is left out. */
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
    const raw = cutDocument(hold(this.held, this.text.slice(this.start, end)));
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

/** Only brackets of the document's own kind are counted, so a missing `]` inside an object ends with the object. */
function closerOf(code: number): number {
  if (code === OPEN_BRACE) return CLOSE_BRACE;
  return code === OPEN_BRACKET ? CLOSE_BRACKET : SCALAR;
}
