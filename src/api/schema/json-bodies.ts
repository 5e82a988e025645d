// JSON bodies, whatever content type the client gives them, and refusals of one field.
import type { FastifyInstance } from 'fastify';
import { UserError } from '../../errors.ts';

/** Reads any body as JSON, whatever it calls itself; a byte order mark is skipped and nothing is an empty object. */
export function tolerantJson(text: string): unknown {
  try {
    const plain = text.replace(/^\uFEFF/, '');
    return plain.trim() === '' ? {} : JSON.parse(plain);
  } catch (error) {
    throw new UserError('INVALID_JSON', `The body is not JSON: ${(error as Error).message}`, 'Send one JSON object.');
  }
}

/** Clients send JSON under many names, or none; what counts is that it is JSON. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, text: string) => tolerantJson(text));
}

/** A refusal of one field of a body. */
export function invalidField(attributeName: string, value: unknown, message: string, remedy: string): UserError {
  return new UserError('INVALID_REQUEST', `The field ${attributeName} ${message}.`, remedy, [
    { attributeName, message, value },
  ]);
}
