// Cuts a stream of bytes into large pieces of whole lines, with two buffers that are used alternately.
import { LIMITS } from '../../limits.ts';

const NEW_LINE = 10;
const OPEN_BRACE = 123;

/**
 * The pieces; each but the last ends with a line feed. A piece is valid until the next but one is requested. A line longer than
 * a piece, which no decoder accepts, is cut off.
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
      // Not before the yield: the caller may use the previous piece until then.
      if (other.length === 0) other = Buffer.allocUnsafeSlow(LIMITS.importPieceBytes);
      length = buffer.copy(other, 0, end);
      [buffer, other] = [other, buffer];
    }
  }
  if (length > 0) yield buffer.subarray(0, length);
}

/** Whether a text with this beginning has one JSON document per line, as `jsonSplitter` would decide; false if uncertain. */
export function isJsonLines(beginning: Buffer): boolean {
  if (beginning[0] !== OPEN_BRACE) return false;
  const lineFeed = beginning.subarray(0, LIMITS.documentBytes).indexOf(NEW_LINE);
  return lineFeed > 0 && beginning.toString('utf8', 0, lineFeed).trimEnd().endsWith('}');
}

/** The same bytes in smaller chunks, since the documents of a whole piece take too much memory at once. */
export async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += LIMITS.importChunkBytes) {
      yield piece.subarray(at, at + LIMITS.importChunkBytes);
    }
  }
}

/** The first element of a stream, and a function that iterates over all elements including it. */
export async function peekFirst<T>(
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
