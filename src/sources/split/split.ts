// Cuts a stream of bytes, or a whole text, into documents with a feed's splitter.
import { LIMITS } from '../../limits.ts';
import type { RawDocument, TextSplitter } from '../source.ts';
import { utf8Decoder } from '../text/utf8.ts';

/**
 * The documents of a stream, in batches of at most `LIMITS.importBatchDocuments`. A batch never spans two chunks, so memory
 * holds one chunk and one document. Never throws because of the content.
 */
export async function* splitBytes(
  chunks: AsyncIterable<Uint8Array>,
  splitter: TextSplitter,
): AsyncGenerator<RawDocument[]> {
  const decoder = utf8Decoder();
  for await (const chunk of chunks) yield* batches(splitter.push(decoder.write(chunk)));
  yield* batches([...splitter.push(decoder.end()), ...splitter.end()]);
}

export function splitText(text: string, splitter: TextSplitter): RawDocument[] {
  return [...splitter.push(text), ...splitter.end()];
}

function* batches(documents: RawDocument[]): Generator<RawDocument[]> {
  const size = LIMITS.importBatchDocuments;
  if (documents.length > 0 && documents.length <= size) yield documents;
  else for (let i = 0; i < documents.length; i += size) yield documents.slice(i, i + size);
}
