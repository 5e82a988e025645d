// Text in pieces to one document per line that is not blank.
import { LIMITS } from '../../limits.ts';
import type { RawDocument, TextSplitter } from '../source.ts';

export function lineSplitter(): TextSplitter {
  let line = 1;
  let open = '';
  return {
    push(text) {
      const documents: RawDocument[] = [];
      const parts = text.split('\n');
      const last = parts.length - 1;
      for (let i = 0; i < last; i++) {
        const raw = cutDocument(i === 0 ? hold(open, parts[0]!) : parts[i]!);
        if (raw !== '') documents.push({ raw, position: line });
        line++;
      }
      open = hold(last === 0 ? open : '', parts[last]!);
      return documents;
    },
    end() {
      const raw = cutDocument(open);
      return raw === '' ? [] : [{ raw, position: line }];
    },
  };
}

/** The document grown by one piece; what is beyond the limit is not kept. */
export function hold(open: string, piece: string): string {
  if (open === '') return piece.trimStart().slice(0, LIMITS.documentBytes + 1);
  if (open.length > LIMITS.documentBytes) return open;
  return (open + piece).slice(0, LIMITS.documentBytes + 1);
}

/** Without surrounding white space; too long a text is cut to one character above the limit, for its decoder to refuse. */
export function cutDocument(text: string): string {
  const started = text.trimStart();
  if (started.length <= LIMITS.documentBytes) return ofItsOwn(started.trimEnd());
  return started.slice(0, LIMITS.documentBytes + 1).toWellFormed();
}

/**
 * V8 cuts a text by pointing into it: a document that is remembered (an agent's last one is) would keep the whole piece of file
 * that it came in. To slice a joined text, V8 first writes it out.
 */
function ofItsOwn(text: string): string {
  return ` ${text}`.slice(1);
}
