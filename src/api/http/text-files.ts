// Reads request bodies that are text files, in any text encoding.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { encodingNote, textOf } from '../../sources/text/text-encoding.ts';

/** For the descriptions of calls that accept text files. */
export const TEXT_ENCODINGS =
  'Any content type is accepted. Text is read as UTF-8 or, with a byte order mark, as UTF-16; text that is not valid UTF-8 is read as ' +
  'Windows-1252.';

/** Reads bodies of any content type as text. Returns a function that gives a note about a body that is not UTF-8. */
export function readTextFiles(app: FastifyInstance): (request: FastifyRequest) => string | undefined {
  const notes = new WeakMap<FastifyRequest, string>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const { text, foreign } = textOf(body);
    if (foreign !== undefined) notes.set(request, encodingNote(foreign));
    return text;
  });
  return request => notes.get(request);
}
