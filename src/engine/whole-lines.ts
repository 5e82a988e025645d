// Cuts a byte stream into chunks of whole lines, as the embedded engine yields them.
const NEW_LINE = 10;

/** Each chunk ends with a line feed, except perhaps the last. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEW_LINE) + 1;
    if (end > 0) {
      const lines = chunk.subarray(0, end);
      yield begun.length === 0 ? lines : Buffer.concat([...begun, lines]);
      begun = [];
    }
    if (end < chunk.length) begun.push(chunk.subarray(end));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
