// Converts text to UTF-8: UTF-16 by its byte order mark, and bytes that are not valid UTF-8 as Windows-1252.
import { isUtf8 } from 'node:buffer';

/** The encoding of a text that is not UTF-8. */
export interface OtherEncoding {
  encoding: 'Windows-1252' | 'UTF-16';
  /** The first line that is not UTF-8, from 1. */
  line: number;
}

interface Utf8Transcoder {
  /** The next piece as valid UTF-8, the input itself if it is valid; a character that is cut off waits for the next piece. */
  write: (chunk: Uint8Array) => Uint8Array;
  /** The rest of the last piece. */
  end: () => Uint8Array;
}

const NEW_LINE = 10;
const FIRST_OF_MANY_BYTES = 0x80;
const NOTHING: Uint8Array = new Uint8Array(0);
/** The UTF-8 bytes of each Windows-1252 character from 0x80 on. */
const WINDOWS_1252 = Array.from({ length: 128 }, (_, i) =>
  Buffer.from(new TextDecoder('windows-1252').decode(Uint8Array.of(FIRST_OF_MANY_BYTES + i))),
);

/** The note to the user about such a text. */
export function encodingNote({ encoding, line }: OtherEncoding): string {
  if (encoding === 'UTF-16') return 'The text is read as UTF-16.';
  return `The text is not valid UTF-8 (first in line ${line}). Invalid bytes are read as Windows-1252.`;
}

/** Any bytes as valid UTF-8, in constant memory. `found` is called at most once, at the first line that is not UTF-8. */
export async function* utf8Bytes(
  chunks: AsyncIterable<Uint8Array>,
  found: (foreign: OtherEncoding) => void,
): AsyncGenerator<Uint8Array> {
  const transcoder = utf8Transcoder(found);
  for await (const chunk of chunks) yield transcoder.write(chunk);
  yield transcoder.end();
}

/** The text of complete bytes in any of these encodings. */
export function textOf(bytes: Uint8Array): { text: string; foreign?: OtherEncoding } {
  if (isUtf8(bytes)) return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString() };
  let foreign: OtherEncoding | undefined;
  const transcoder = utf8Transcoder(first => {
    foreign = first;
  });
  const text = Buffer.concat([transcoder.write(bytes), transcoder.end()]).toString();
  return foreign === undefined ? { text } : { text, foreign };
}

/** A text with its percent-encoding decoded; invalid sequences stay as they are. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const bytes = Buffer.from(text)
      .toString('latin1')
      .replace(/%([\da-f]{2})/gi, byteNamed);
    return textOf(Buffer.from(bytes, 'latin1')).text;
  }
}

const byteNamed = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 16));

function utf8Transcoder(found: (foreign: OtherEncoding) => void): Utf8Transcoder {
  let cut = NOTHING;
  let chosen: Utf8Transcoder | undefined;
  return {
    write(chunk) {
      if (chosen !== undefined) return chosen.write(chunk);
      const beginning = joined(cut, chunk);
      if (beginning.length < 2) {
        cut = new Uint8Array(beginning);
        return NOTHING;
      }
      cut = NOTHING;
      chosen = transcoderFor(beginning, found);
      return chosen.write(beginning);
    },
    end() {
      chosen ??= mixedTranscoder(found);
      return Buffer.concat([chosen.write(cut), chosen.end()]);
    },
  };
}

function transcoderFor([first, second]: Uint8Array, found: (foreign: OtherEncoding) => void): Utf8Transcoder {
  if (first === 0xff && second === 0xfe) return utf16Transcoder('utf-16le', found);
  return first === 0xfe && second === 0xff ? utf16Transcoder('utf-16be', found) : mixedTranscoder(found);
}

function utf16Transcoder(label: string, found: (foreign: OtherEncoding) => void): Utf8Transcoder {
  const decoder = new TextDecoder(label);
  found({ encoding: 'UTF-16', line: 1 });
  return {
    write: chunk => Buffer.from(decoder.decode(chunk, { stream: true })),
    end: () => Buffer.from(decoder.decode()),
  };
}

/**
 * Decides for each character, not for the file or the line: programs truncate names in the middle of a character, and a line may
 * combine names from several programs. So a name reads the same wherever it occurs.
 */
function mixedTranscoder(found: (foreign: OtherEncoding) => void): Utf8Transcoder {
  let cut = NOTHING;
  let line = 1;
  let isFound = false;
  const utf8Of = (bytes: Uint8Array): Uint8Array => {
    const isValid = isUtf8(bytes);
    if (!isFound) line += lineFeeds(bytes, isValid ? bytes.length : firstForeign(bytes));
    if (isValid) return bytes;
    if (!isFound) found({ encoding: 'Windows-1252', line });
    isFound = true;
    return fixed(bytes);
  };
  return {
    write(chunk) {
      const bytes = joined(cut, chunk);
      const whole = bytes.length - cutLength(bytes);
      // A copy: the reader of a file may use the chunk's memory again.
      cut = new Uint8Array(bytes.subarray(whole));
      return utf8Of(bytes.subarray(0, whole));
    },
    end: () => utf8Of(cut),
  };
}

function fixed(bytes: Uint8Array): Uint8Array {
  const utf8 = Buffer.allocUnsafe(bytes.length * 3);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!;
    const width = widthAt(bytes, at);
    if (byte < FIRST_OF_MANY_BYTES) utf8[length++] = byte;
    else {
      const character = width > 0 ? bytes.subarray(at, at + width) : WINDOWS_1252[byte - FIRST_OF_MANY_BYTES]!;
      utf8.set(character, length);
      length += character.length;
    }
    at += width || 1;
  }
  return utf8.subarray(0, length);
}

function firstForeign(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const width = widthAt(bytes, at);
    if (width === 0) return at;
    at += width;
  }
  return bytes.length;
}

/** Length in bytes of the UTF-8 character at `at`; 0: there is none. */
function widthAt(bytes: Uint8Array, at: number): number {
  const width = widthBy(bytes[at]!);
  if (width <= 1) return width;
  return at + width <= bytes.length && isUtf8(bytes.subarray(at, at + width)) ? width : 0;
}

function widthBy(firstByte: number): number {
  if (firstByte < FIRST_OF_MANY_BYTES) return 1;
  if (firstByte < 0xc2 || firstByte > 0xf4) return 0;
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : 2;
}

/** Number of bytes at the end that begin a character without completing it. */
function cutLength(bytes: Uint8Array): number {
  for (let length = 1; length <= Math.min(3, bytes.length); length++) {
    const byte = bytes[bytes.length - length]!;
    if (byte < FIRST_OF_MANY_BYTES) return 0;
    if (byte >= 0xc0) return length < widthBy(byte) ? length : 0;
  }
  return 0;
}

function lineFeeds(bytes: Uint8Array, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0 && at < end; at = bytes.indexOf(NEW_LINE, at + 1)) count++;
  return count;
}

function joined(cut: Uint8Array, chunk: Uint8Array): Uint8Array {
  return cut.length === 0 ? chunk : Buffer.concat([cut, chunk]);
}
