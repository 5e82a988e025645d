// A stream of bytes into large pieces of whole lines, in two pieces of memory that are used in turn.
import { LIMITS } from '../../limits.ts';

const NEW_LINE = 10;
const OPEN_BRACE = 123;

/**
 * The pieces, each ending with a line feed but for the last. A piece is good until the next but one is asked for. Of a
 * line longer than a piece, which no decoder takes, the rest is left out.
 */
export async function* linePieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let [buffer, other] = [Buffer.alloc(0), Buffer.alloc(0)];
  let length = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      if (buffer.length === 0) buffer = Buffer.allocUnsafeSlow(LIMITS.importPieceBytes);
      const taken = chunk.subarray(from, from + buffer.length - length);
      buffer.set(taken, length);
      length += taken.length;
      from += taken.length;
      if (length < buffer.length) continue;
      const end = buffer.lastIndexOf(NEW_LINE) + 1;
      if (end === 0) {
        const lineFeed = chunk.indexOf(NEW_LINE, from);
        from = lineFeed < 0 ? chunk.length : lineFeed;
        length--;
        continue;
      }
      yield buffer.subarray(0, end);
      // Not before the yield: until now the piece before this one may be in use.
      if (other.length === 0) other = Buffer.allocUnsafeSlow(LIMITS.importPieceBytes);
      length = buffer.copy(other, 0, end);
      [buffer, other] = [other, buffer];
    }
  }
  if (length > 0) yield buffer.subarray(0, length);
}

/** Whether text that begins so is one JSON document a line, by the rules of `jsonSplitter`; false where it is not certain. */
export function isJsonLines(beginning: Buffer): boolean {
  if (beginning[0] !== OPEN_BRACE) return false;
  const lineFeed = beginning.subarray(0, LIMITS.documentBytes).indexOf(NEW_LINE);
  return lineFeed > 0 && beginning.toString('utf8', 0, lineFeed).trimEnd().endsWith('}');
}

/** The same bytes in chunks as a file is read: the documents of a whole piece are too much memory at once. */
export async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += LIMITS.importChunkBytes) {
      yield piece.subarray(at, at + LIMITS.importChunkBytes);
    }
  }
}

/** Its first element looked at before all of them are gone through. */
export async function peeked<T>(
  elements: AsyncGenerator<T>,
): Promise<{ first: T | undefined; all: () => AsyncGenerator<T> }> {
  const first = await elements.next();
  async function* all() {
    if (first.done) return;
    yield first.value;
    yield* elements;
  }
  return { first: first.done ? undefined : first.value, all };
}
