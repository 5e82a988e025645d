// Text in pieces to events: NDJSON and arrays, and objects with nothing between them, as Firehose writes them to S3.
import { LIMITS } from '../../limits.ts';
import type { RawDocument, TextSplitter } from '../source.ts';
import { jsonSplitter } from '../split-json.ts';
import { valueSplitter } from '../split-values.ts';

const OBJECT_AFTER_OBJECT = /\}\s*\{/;
const BYTE_ORDER_MARK = '\uFEFF';

/** Waits for the first line: only where it holds several objects are brackets counted, which costs more than line ends. */
export function eventSplitter(): TextSplitter {
  let head = '';
  let chosen: TextSplitter | undefined;
  const choose = (ended: boolean): RawDocument[] => {
    const lineEnd = head.indexOf('\n');
    if (lineEnd < 0 && head.length < LIMITS.documentBytes && !ended) return [];
    const start = head.startsWith(BYTE_ORDER_MARK) ? head.slice(1) : head;
    const firstLine = lineEnd < 0 ? head : head.slice(0, lineEnd);
    chosen = OBJECT_AFTER_OBJECT.test(firstLine) ? valueSplitter() : jsonSplitter();
    return chosen.push(start);
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
