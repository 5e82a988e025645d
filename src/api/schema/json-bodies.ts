// Parses JSON bodies regardless of their content type, and reports invalid fields.
import type { FastifyInstance } from 'fastify';
import { UserError } from '../../errors.ts';

/** Parses JSON. A byte order mark is skipped, and empty text is an empty object. @throws UserError INVALID_JSON */
export function tolerantJson(text: string): unknown {
  try {
    const plain = text.replace(/^\uFEFF/, '');
    return plain.trim() === '' ? {} : JSON.parse(plain);
  } catch (error) {
    throw new UserError(
      'INVALID_JSON',
      `The body is not valid JSON: ${(error as Error).message}`,
      'Send one JSON object.',
    );
  }
}

/** Reads all bodies as JSON: clients send it with many content types, or with none. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, text: string) => tolerantJson(text));
}

/** The error for one invalid field of a body. */
export function invalidField(attributeName: string, value: unknown, message: string, remedy: string): UserError {
  return new UserError('INVALID_REQUEST', `The field ${attributeName} ${message}.`, remedy, [
    { attributeName, message, value },
  ]);
}
