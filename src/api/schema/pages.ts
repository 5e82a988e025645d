// Lists in pages: the query that asks for one, and its rows.
import { type Static, Type } from 'typebox';
import { LIMITS } from '../../limits.ts';

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
