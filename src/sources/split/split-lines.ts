// Cuts text into one document per line; blank lines are skipped.
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
        const raw = cutDocument(i === 0 ? appendPiece(open, parts[0]!) : parts[i]!);
        if (raw !== '') documents.push({ raw, position: line });
        line++;
      }
      open = appendPiece(last === 0 ? open : '', parts[last]!);
      return documents;
    },
    end() {
      const raw = cutDocument(open);
      return raw === '' ? [] : [{ raw, position: line }];
    },
  };
}

/** Appends a piece to the open document; text beyond the limit is dropped. */
export function appendPiece(open: string, piece: string): string {
  if (open === '') return piece.trimStart().slice(0, LIMITS.documentBytes + 1);
  if (open.length > LIMITS.documentBytes) return open;
  return (open + piece).slice(0, LIMITS.documentBytes + 1);
}

/** The trimmed document. A text over the limit is cut to one character more than the limit, so that its decoder rejects it. */
export function cutDocument(text: string): string {
  const started = text.trimStart();
  if (started.length <= LIMITS.documentBytes) return copied(started.trimEnd());
  return started.slice(0, LIMITS.documentBytes + 1).toWellFormed();
}

/**
 * A copy with memory of its own. V8 implements a slice as a pointer into the original text, so a cached document (such as an
 * agent's last one) would keep the whole chunk of the file in memory. Slicing a concatenation forces V8 to copy.
 */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}
