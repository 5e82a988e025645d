// Text of an event socket, in pieces, to frames: header lines up to a blank line, and the body that they announce.
import { LIMITS } from '../../limits.ts';

/** Header lines as they were sent, and what their `Content-Length` says follows the blank line. */
export interface Frame {
  head: string;
  body: string;
  /** In lower case; empty if not given. */
  contentType: string;
  /** Lines from 1 where head and body start. */
  headLine: number;
  bodyLine: number;
}

export interface FrameSplitter {
  /** The frames that this piece completes. */
  push: (text: string) => Frame[];
  /** What is still open at the end. */
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
  /** Where the search for the end of the head goes on: nothing is searched twice. */
  private searched = 0;
  private line = 1;
  /** The rest of a head that was too long is not kept. */
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

  /** Returns where the first frame starts that is not whole yet. */
  private cutAll(frames: Frame[], ended: boolean): number {
    let start = this.startOfHead(0);
    for (let end = this.cut(start, frames, ended); end >= 0; end = this.cut(start, frames, ended)) {
      start = this.startOfHead(end);
    }
    return start;
  }

  /** Reads the frame that starts there. Returns where it ends, or -1 if it is not whole yet. */
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

  /** A head without end: its beginning is given out, for its reader to refuse, and the rest waits for a blank line. */
  private shorten(frames: Frame[]): void {
    const head = this.open.slice(0, LIMITS.documentBytes + 1);
    if (!this.skipping) {
      frames.push({ head, body: '', contentType: '', headLine: this.line, bodyLine: this.line });
    }
    this.skipping = true;
    const kept = Math.max(this.open.lastIndexOf('\n'), this.open.length - LIMITS.documentBytes);
    this.line += lineEnds(this.open, 0, kept);
    // Not blank at its start, or its end would be taken for lines between frames.
    this.open = `…${this.open.slice(kept)}`;
    this.searched = 0;
  }
}

/** An enclosed plain event is a frame by itself, which ends with a blank line: its length is not needed. */
function bodyBytes(head: string, contentType: string): number {
  if (contentType === 'text/event-plain') return 0;
  const bytes = Number(CONTENT_LENGTH.exec(head)?.[1] ?? 0);
  // No event is that long: such a length is a fault, and would swallow what follows.
  return bytes <= LIMITS.documentBytes ? bytes : 0;
}

/** Where so many bytes of UTF-8 end; -1 if the text is shorter. */
function endOfBytes(text: string, start: number, bytes: number): number {
  let at = start;
  for (let left = bytes; left > 0; at++) {
    if (at >= text.length) return -1;
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of its four bytes.
    left -= code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return at;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
