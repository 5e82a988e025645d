// Cuts NDJSON, a JSON array or pretty-printed objects into documents without parsing them.
import { LIMITS } from '../../limits.ts';
import type { RawDocument, TextSplitter } from '../source.ts';
import { lineSplitter } from './split-lines.ts';
import { valueSplitter } from './split-values.ts';

const BYTE_ORDER_MARK = '\uFEFF';

export function jsonSplitter(): TextSplitter {
  return chosenSplitter(splitterFor);
}

/**
 * A splitter that is chosen by the beginning of the text. `choose` receives the text so far and whether it is complete, and returns
 * undefined as long as it needs more.
 */
export function chosenSplitter(choose: (head: string, ended: boolean) => TextSplitter | undefined): TextSplitter {
  let head = '';
  let chosen: TextSplitter | undefined;
  const begin = (ended: boolean): RawDocument[] => {
    chosen = choose(head, ended);
    return chosen?.push(head.startsWith(BYTE_ORDER_MARK) ? head.slice(1) : head) ?? [];
  };
  return {
    push(text) {
      if (chosen !== undefined) return chosen.push(text);
      head += text;
      return begin(false);
    },
    end() {
      const documents = chosen === undefined ? begin(true) : [];
      return documents.concat(chosen?.end() ?? []);
    },
  };
}

/** Undefined while the text is too short to decide. Looks no further than the longest document. */
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
