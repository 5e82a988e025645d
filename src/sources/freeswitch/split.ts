// Cuts text with events (plain or JSON, with or without the envelopes of an event socket) into one document per event.
import { LIMITS } from '../../limits.ts';
import type { RawDocument, TextSplitter } from '../source.ts';
import { jsonSplitter } from '../split/split-json.ts';
import { cutDocument } from '../split/split-lines.ts';
import { type Frame, frameSplitter } from './frames.ts';

/** Content types of the socket's protocol that are no events themselves. */
const NO_EVENT = new Set([
  'auth/request',
  'command/reply',
  'api/response',
  'log/data',
  'text/disconnect-notice',
  'text/rude-rejection',
  'text/event-plain',
]);

/** Decides by the first character that is not white space: a bracket begins JSON, anything else header lines. */
export function eventSplitter(): TextSplitter {
  let head = '';
  let chosen: TextSplitter | undefined;
  return {
    push(text) {
      if (chosen !== undefined) return chosen.push(text);
      head += text;
      const first = /[^\s\uFEFF]/.exec(head)?.[0];
      if (first === undefined && head.length <= LIMITS.documentBytes) return [];
      chosen = first === '{' || first === '[' ? jsonSplitter() : plainSplitter();
      return chosen.push(head);
    },
    end: () => chosen?.end() ?? [],
  };
}

function plainSplitter(): TextSplitter {
  const frames = frameSplitter();
  return {
    push: text => frames.push(text).flatMap(documentOf),
    end: () => frames.end().flatMap(documentOf),
  };
}

/** The event of a frame; empty if the frame belongs to the protocol only. */
export function documentOf({ head, body, contentType, headLine, bodyLine }: Frame): RawDocument[] {
  if (contentType === 'text/event-json') return [{ raw: cutDocument(body), position: bodyLine }];
  if (NO_EVENT.has(contentType) && !/^CC-Action:/im.test(head)) return [];
  return [{ raw: cutDocument(body === '' ? head : `${head}\n\n${body}`), position: headLine }];
}
