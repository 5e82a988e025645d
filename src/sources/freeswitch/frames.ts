// Cuts the text of an event socket into frames: header lines up to a blank line, and the body that they announce.
import { LIMITS } from '../../limits.ts';

/** Header lines as sent, and the body after the blank line, as long as their `Content-Length` says. */
export interface Frame {
  head: string;
  body: string;
  /** In lower case; empty if absent. */
  contentType: string;
  /** Lines, from 1, at which head and body start. */
  headLine: number;
  bodyLine: number;
}

export interface FrameSplitter {
  /** The frames that this piece completes. */
  push: (text: string) => Frame[];
  /** The rest at the end of the text. */
  end: () => Frame[];
}

const BLANK_LINE = /\n[ \t\r]*\n/g;
const CONTENT_LENGTH = /^Content-Length:[ \t]*(\d{1,9})[ \t]*\r?$/im;
const CONTENT_TYPE = /^Content-Type:[ \t]*([^\s;]+)/im;

export function frameSplitter(): FrameSplitter {
  return new Frames();
}

class Frames implements FrameSplitter {
  private open = '';
  /** Position from which to search for the end of the head, so that nothing is searched twice. */
  private searched = 0;
  private line = 1;
  /** Whether the rest of an overlong head is being skipped. */
  private skipping = false;

  push(text: string): Frame[] {
    this.open += text;
    const frames: Frame[] = [];
    const start = this.cutAll(frames, false);
    this.open = this.open.slice(start);
    this.searched = Math.max(this.searched - start, 0);
    if (this.open.length > 2 * LIMITS.documentBytes) this.shorten(frames);
    return frames;
  }

  end(): Frame[] {
    const frames: Frame[] = [];
    this.open += '\n\n';
    this.cutAll(frames, true);
    this.open = '';
    return frames;
  }

  /** Cuts all complete frames. Returns the start of the first incomplete one. */
  private cutAll(frames: Frame[], ended: boolean): number {
    let start = this.startOfHead(0);
    for (let end = this.cut(start, frames, ended); end >= 0; end = this.cut(start, frames, ended)) {
      start = this.startOfHead(end);
    }
    return start;
  }

  /** Cuts the frame at `start`. Returns its end, or -1 if it is incomplete. */
  private cut(start: number, frames: Frame[], ended: boolean): number {
    if (start >= this.open.length) return -1;
    BLANK_LINE.lastIndex = Math.max(start, this.searched);
    const blank = BLANK_LINE.exec(this.open);
    this.searched = blank?.index ?? Math.max(start, this.open.lastIndexOf('\n'));
    if (blank === null) return -1;
    const bodyStart = blank.index + blank[0].length;
    const head = this.open.slice(start, blank.index);
    const contentType = CONTENT_TYPE.exec(head)?.[1]?.toLowerCase() ?? '';
    let bodyEnd = endOfBytes(this.open, bodyStart, bodyBytes(head, contentType));
    if (bodyEnd < 0 && !ended) return -1;
    if (bodyEnd < 0) bodyEnd = this.open.length;
    const body = this.open.slice(bodyStart, bodyEnd);
    const headLine = this.line;
    const bodyLine = headLine + lineEnds(this.open, start, bodyStart);
    this.line = bodyLine + lineEnds(body, 0, body.length);
    if (!this.skipping) frames.push({ head, body, contentType, headLine, bodyLine });
    this.skipping = false;
    return bodyEnd;
  }

  private startOfHead(from: number): number {
    let at = from;
    for (; at < this.open.length; at++) {
      const code = this.open.charCodeAt(at);
      if (code === 10) this.line++;
      else if (code !== 13 && code !== 32 && code !== 9 && code !== 0xfeff) break;
    }
    return at;
  }

  /** Handles a head without end: emits its beginning, for the reader to reject, and skips the rest up to a blank line. */
  private shorten(frames: Frame[]): void {
    const head = this.open.slice(0, LIMITS.documentBytes + 1);
    if (!this.skipping) {
      frames.push({ head, body: '', contentType: '', headLine: this.line, bodyLine: this.line });
    }
    this.skipping = true;
    const kept = Math.max(this.open.lastIndexOf('\n'), this.open.length - LIMITS.documentBytes);
    this.line += lineEnds(this.open, 0, kept);
    // A mark at the start, or blank lines there would be taken for those between frames.
    this.open = `…${this.open.slice(kept)}`;
    this.searched = 0;
  }
}

/** Length of the body in bytes; 0 for an envelope of a plain event, which is a frame by itself and ends with a blank line. */
function bodyBytes(head: string, contentType: string): number {
  if (contentType === 'text/event-plain') return 0;
  const bytes = Number(CONTENT_LENGTH.exec(head)?.[1] ?? 0);
  // No event is longer than the limit: such a length is an error, and would swallow the following frames.
  return bytes <= LIMITS.documentBytes ? bytes : 0;
}

/** The position after so many bytes of UTF-8; -1 if the text is shorter. */
function endOfBytes(text: string, start: number, bytes: number): number {
  let at = start;
  for (let left = bytes; left > 0; at++) {
    if (at >= text.length) return -1;
    const code = text.charCodeAt(at);
    // A surrogate pair has four bytes in UTF-8, two for each half.
    left -= code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return at;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
