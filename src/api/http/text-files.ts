// Files that are the bodies of requests into text, in whatever encoding they are.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { encodingNote, textOf } from '../../sources/text/text-encoding.ts';

/** Any content type is read as text. Returns what there is to tell of a request's body: that it is not UTF-8. */
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
