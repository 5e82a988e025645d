// The bytes of NDJSON, of a JSON array or of pretty-printed objects to raw documents, without parsing them.
import { LIMITS } from '../limits.ts';
import type { RawDocument } from './source.ts';
import { lineSplitter, type TextSplitter } from './split-lines.ts';
import { valueSplitter } from './split-values.ts';
import { utf8Decoder } from './utf8.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Cuts a stream into its documents, in batches of at most `LIMITS.importBatchDocuments`. A batch never spans two
 * chunks, so the memory in use is one chunk and one document. Never throws because of the content.
 */
export async function* splitJson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawDocument[]> {
  const decoder = utf8Decoder();
  const splitter = jsonSplitter();
  for await (const chunk of chunks) yield* batches(splitter.push(decoder.write(chunk)));
  yield* batches([...splitter.push(decoder.end()), ...splitter.end()]);
}

/** The documents of a whole text, such as a request's body. */
export function splitJsonText(text: string): RawDocument[] {
  const splitter = jsonSplitter();
  return [...splitter.push(text), ...splitter.end()];
}

/** Waits until the beginning tells the form, then leaves the rest to the splitter of that form. */
function jsonSplitter(): TextSplitter {
  let head = '';
  let chosen: TextSplitter | undefined;
  const choose = (ended: boolean): RawDocument[] => {
    chosen = splitterFor(head, ended);
    return chosen?.push(head.startsWith(BYTE_ORDER_MARK) ? head.slice(1) : head) ?? [];
  };
  return {
    push(text) {
      if (chosen !== undefined) return chosen.push(text);
      head += text;
      return choose(false);
    },
    end() {
      const documents = chosen === undefined ? choose(true) : [];
      return documents.concat(chosen?.end() ?? []);
    },
  };
}

/** Undefined while the text is too short to tell. Looks no further than one document may reach. */
function splitterFor(text: string, ended: boolean): TextSplitter | undefined {
  const start = text.slice(0, LIMITS.documentBytes).trimStart();
  const isWhole = ended || text.length >= LIMITS.documentBytes;
  if (start === '') return isWhole ? lineSplitter() : undefined;
  if (start[0] === '[') return valueSplitter();
  if (start[0] !== '{') return lineSplitter();
  const lineEnd = start.indexOf('\n');
  if (lineEnd < 0) return isWhole ? lineSplitter() : undefined;
  if (start.slice(0, lineEnd).trimEnd().endsWith('}')) return lineSplitter();
  const next = start.slice(lineEnd).trimStart();
  if (next === '' && !isWhole) return undefined;
  return next.startsWith('{') ? lineSplitter() : valueSplitter();
}

function* batches(documents: RawDocument[]): Generator<RawDocument[]> {
  const size = LIMITS.importBatchDocuments;
  if (documents.length > 0 && documents.length <= size) yield documents;
  else for (let i = 0; i < documents.length; i += size) yield documents.slice(i, i + size);
}
