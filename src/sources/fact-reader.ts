// A document of a feed about agents to its facts, or to the reject that says what is wrong.
import { LIMITS } from '../limits.ts';
import type { AgentFact } from './agent-source.ts';
import { Refusal } from './fields.ts';
import type { DecodeContext, RawDocument, Reject } from './source.ts';

/** What came of a document; nothing if it is about no agent. */
export type ReadFacts<Body> = readonly (AgentFact<Body> | Reject)[];

/** A reader that never throws: every refusal of `read` becomes a reject of the whole document. */
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

/** @throws whatever was caught, if it is no refusal but a bug */
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
