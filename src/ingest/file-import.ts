// Imports a file of a feed: plain lines are read by the engine itself where it can, everything else by the decoder.
import type { Engine } from '../engine/engine.ts';
import type { Feed } from '../sources/registry.ts';
import type { DecodeContext } from '../sources/source.ts';
import { isJsonLines, peekLine } from '../sources/split/json-lines.ts';
import { splitBytes } from '../sources/split/split.ts';
import { type DocumentStore, importDocuments } from './document-import.ts';
import type { EventWriter, Written } from './events/event-writer.ts';
import { hasPlainLines, importLines, readsLines } from './lines/line-import.ts';
import { linePieces } from './lines/line-pieces.ts';

interface FileImport {
  engine: Engine;
  writer: EventWriter;
  /** For what the decoder reads. */
  store: DocumentStore;
  context: DecodeContext;
  /** The number of the first line, for an import that continues in the middle of a file. */
  firstLine: number;
}

/** A file of any size in constant memory; yields the totals of what is durable so far, with `bytes` where lines are read. */
export async function* importFile(
  feed: Feed,
  bytes: AsyncIterable<Uint8Array>,
  { engine, writer, store, context, firstLine }: FileImport,
): AsyncGenerator<Written & { bytes?: number }> {
  const decoded = (chunks: AsyncIterable<Uint8Array>) => importDocuments(store, splitBytes(chunks, feed.splitter()));
  if (!hasPlainLines(feed) || !readsLines(engine)) return yield* decoded(bytes);
  const { beginning, all } = await peekLine(bytes);
  if (firstLine > 1 || isJsonLines(beginning)) {
    const pieces = linePieces(all(), engine.lines.directory);
    yield* importLines(engine, writer, feed, pieces, { context, firstLine });
  } else yield* decoded(all());
}
