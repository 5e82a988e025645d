// Bodies that are files which a person chose: text of any content type, in whatever encoding it was written.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { encodingNote, textOf } from '../sources/text-encoding.ts';

/** For the routes of `app`. Returns what a person is told of a body that is not UTF-8; undefined: it is. */
export function readTextBodies(app: FastifyInstance): (request: FastifyRequest) => string | undefined {
  const notes = new WeakMap<FastifyRequest, string>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const { text, foreign } = textOf(body);
    if (foreign !== undefined) notes.set(request, encodingNote(foreign));
    return text;
  });
  return request => notes.get(request);
}
