// Cuts text into events: NDJSON, JSON arrays, and objects without separators, as Firehose writes them to S3.
import { LIMITS } from '../../limits.ts';
import type { TextSplitter } from '../source.ts';
import { chosenSplitter, jsonSplitter } from '../split/split-json.ts';
import { valueSplitter } from '../split/split-values.ts';

const OBJECT_AFTER_OBJECT = /\}\s*\{/;

/** Decides by the first line. Only if it holds several objects are brackets counted, which is slower than cutting at line ends. */
export function eventSplitter(): TextSplitter {
  return chosenSplitter((head, ended) => {
    const lineEnd = head.indexOf('\n');
    if (lineEnd < 0 && head.length < LIMITS.documentBytes && !ended) return undefined;
    const firstLine = lineEnd < 0 ? head : head.slice(0, lineEnd);
    return OBJECT_AFTER_OBJECT.test(firstLine) ? valueSplitter() : jsonSplitter();
  });
}
