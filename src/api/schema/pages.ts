// Paging of lists, by page number or by cursor.
import { type Static, Type } from 'typebox';
import type { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { invalidField } from './json-bodies.ts';
import { nullish } from './schema.ts';

const COUNT = { minimum: 1, maximum: LIMITS.pageRows };

export const PageQuery = Type.Object({
  page: Type.Optional(Type.Integer({ ...COUNT, description: 'Page number, from 1.' })),
  maxRows: Type.Optional(
    Type.Integer({ ...COUNT, description: 'Rows per page; without it, all rows are on one page.' }),
  ),
});

/** The cursor with which a page is requested, and the one in its answer. */
export const Cursor = nullish(Type.String({ maxLength: 64 }), { description: '`next` of the previous page.' });
export const NextCursor = Type.Union([Type.String(), Type.Null()], {
  description: 'Cursor of the next page; null on the last page.',
});

export const invalidCursor = (text: string): UserError =>
  invalidField('cursor', text, 'is not a cursor of this list', 'Send `next` of the previous page, or leave it out.');

/** The rows of a page. */
export function pageOf({ page, maxRows }: Static<typeof PageQuery>): { offset: number; limit: number } {
  const limit = maxRows ?? Number.MAX_SAFE_INTEGER;
  return { offset: ((page ?? 1) - 1) * (maxRows ?? LIMITS.pageRows), limit };
}

/** The rows of the page, out of all rows. */
export function pageRows<Row>(rows: readonly Row[], query: Static<typeof PageQuery>): Row[] {
  const { offset, limit } = pageOf(query);
  return rows.slice(offset, Math.min(offset + limit, rows.length));
}
