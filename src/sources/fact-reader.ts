// Wraps the reader of a feed without login sessions, so that it returns rejects instead of throwing.
import { LIMITS } from '../limits.ts';
import type { AgentFact } from './agent-source.ts';
import { Refusal } from './fields.ts';
import type { DecodeContext, RawDocument, Reject } from './source.ts';

/** The facts and rejects of a document; empty if it is about no agent. */
export type ReadFacts<Body> = readonly (AgentFact<Body> | Reject)[];

/** A reader that never throws: a Refusal of `read` becomes a reject of the whole document. */
export function factReader<Body>(
  source: string,
  context: DecodeContext,
  read: (document: RawDocument) => ReadFacts<Body>,
): (document: RawDocument) => ReadFacts<Body> {
  return document => {
    try {
      if (document.raw.length > LIMITS.documentBytes) {
        throw new Refusal('TOO_LARGE', `The document is longer than ${LIMITS.documentBytes} characters.`);
      }
      return read(document);
    } catch (refusal) {
      return [rejectOf(refusal, document, source, context)];
    }
  };
}

/** @throws the caught error itself if it is not a Refusal, since it is a bug then */
export function rejectOf(
  refusal: unknown,
  { raw, position }: RawDocument,
  source: string,
  { accountId, receivedAt }: DecodeContext,
): Reject {
  if (!(refusal instanceof Refusal)) throw refusal;
  const { reason, detail } = refusal;
  return { accountId, source, reason, detail, position, raw, receivedAt };
}
