// What the lookups have in common: ids as numbers or texts, pages, JSON under any name, and refusals of one field.
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { tolerantJson } from './schema.ts';

/** No control characters, and no spaces at the ends. */
const ID_PATTERN = '^(?!\\s)[^\\u0000-\\u001f\\u007f-\\u009f]+(?<!\\s)$';

/** In a message to whoever sent another text. */
const ID_TITLE = 'an id without control characters, and without spaces at its ends,';

/** An id in an address. */
export const PathId = Type.String({ minLength: 1, maxLength: 256, pattern: ID_PATTERN, title: ID_TITLE });

/** An id in a body: a number, as in RingCX, or a text. */
export const Id = Type.Union([PathId, Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })]);

/** An id in a body, or an empty text for none. */
export const IdOrNone = Type.Union([Id, Type.Literal('')]);

/** An id in an answer. */
export const WireId = Type.Union([Type.Integer(), Type.String()], {
  description: 'A number, as in RingCX, where the id is one; else a text.',
});

/** A name or another short text. */
export const ShortText = Type.String({ maxLength: 256 });

/** A name that is needed. */
export const SomeText = Type.String({ maxLength: 256, pattern: '\\S', title: 'a text that is not blank,' });

/** The text of an id, as it is stored. */
export const idText = (id: string | number): string => String(id).toWellFormed();

/** The text of a name, as it is stored. */
export const plainText = (text: string): string => text.toWellFormed().trim();

/** Programs written against RingCX read the ids of agents, groups and states as numbers. */
export function wireId(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) && number >= 0 && String(number) === id ? number : id;
}

const COUNT = { minimum: 1, maximum: LIMITS.pageRows };

export const PageQuery = Type.Object({
  page: Type.Optional(Type.Integer({ ...COUNT, description: 'From 1.' })),
  maxRows: Type.Optional(Type.Integer({ ...COUNT, description: 'Rows of a page; without it, all rows are one page.' })),
});

/** Which rows a page holds. */
export function pageOf({ page, maxRows }: Static<typeof PageQuery>): { offset: number; limit: number } {
  const limit = maxRows ?? Number.MAX_SAFE_INTEGER;
  return { offset: ((page ?? 1) - 1) * (maxRows ?? LIMITS.pageRows), limit };
}

/** The rows of the page, out of all. */
export function pageRows<Row>(rows: readonly Row[], query: Static<typeof PageQuery>): Row[] {
  const { offset, limit } = pageOf(query);
  return rows.slice(offset, Math.min(offset + limit, rows.length));
}

/** Clients send JSON under many names, or none; what counts is that it is JSON. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, text: string) => tolerantJson(text));
}

/** A refusal of one field of a body. */
export function invalidField(attributeName: string, value: unknown, message: string, mend: string): UserError {
  return new UserError('INVALID_REQUEST', `The field ${attributeName} ${message}.`, mend, [
    { attributeName, message, value },
  ]);
}
