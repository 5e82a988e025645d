// Bytes as they come from a network into pieces of whole lines, as the embedded engine gives them.
const NEW_LINE = 10;

/** Each piece ends with a line, but the last one if the bytes do not. */
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
