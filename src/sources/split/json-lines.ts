// Tells by its beginning whether a text has one JSON document per line.
import { LIMITS } from '../../limits.ts';

const NEW_LINE = 10;
const OPEN_BRACE = 123;

/** Whether a text with this beginning has one JSON document per line, as `jsonSplitter` would decide; false if uncertain. */
export function isJsonLines(beginning: Buffer): boolean {
  if (beginning[0] !== OPEN_BRACE) return false;
  const lineFeed = beginning.subarray(0, LIMITS.documentBytes).indexOf(NEW_LINE);
  return lineFeed > 0 && beginning.toString('utf8', 0, lineFeed).trimEnd().endsWith('}');
}

/** The first line of a stream, as far as a document may be long, and a function that iterates over all chunks. */
export async function peekLine(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ beginning: Buffer; all: () => AsyncGenerator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let beginning = Buffer.alloc(0);
  while (beginning.length < LIMITS.documentBytes && !beginning.includes(NEW_LINE)) {
    const next = await iterator.next();
    if (next.done) break;
    beginning = Buffer.concat([beginning, next.value]);
  }
  async function* all() {
    if (beginning.length > 0) yield beginning;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { beginning, all };
}
