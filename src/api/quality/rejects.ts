// Rejects: inputs of an account that could not be used, as a list and one by one.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ALL_ACCOUNTS, mayRead, visibleGroups } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { countRejects, type KeptReject, readReject, readRejects, type RejectCursor } from '../../quality/rejects.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, requireReader, signedInScope } from '../guard.ts';
import { AccountParams, PathId } from '../schema/ids.ts';
import { Cursor, invalidCursor, NextCursor } from '../schema/pages.ts';
import { ShortText } from '../schema/texts.ts';
import { nullish } from '../schema/schema.ts';

const Reject = Type.Object({
  rejectId: Type.String({
    description: 'If the same input is rejected again for the same reason, its id stays the same.',
  }),
  accountId: Type.String({ description: 'Empty if the input named no account.' }),
  source: Type.String({ description: 'The feed.' }),
  reason: Type.String({ description: 'The code of the reason.' }),
  detail: Type.String({ description: 'What is wrong with the input.' }),
  position: Type.Integer({ description: 'Line or document in the request or file, from 1.' }),
  receivedAt: Instant,
  raw: Type.String({
    description: `The input as received; in lists only its first ${LIMITS.rejectPreviewChars} characters.`,
  }),
  rawChars: Type.Integer({ description: 'Length of the whole input in characters.' }),
});

const listSchema = {
  tags: ['Data quality'],
  summary: 'Inputs that could not be used',
  description:
    'Newest first, in pages. For readers of all agent groups; inputs that name no account are only listed for readers of all ' +
    'accounts.',
  params: AccountParams,
  querystring: Type.Object({
    source: nullish(ShortText, { description: 'Only rejects of this feed.' }),
    reason: nullish(ShortText, { description: 'Only rejects with this reason.' }),
    maxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.rejectRows })),
    cursor: Cursor,
  }),
  response: {
    200: Type.Object({
      rejects: Type.Array(Reject),
      next: NextCursor,
      counts: Type.Array(Type.Object({ source: Type.String(), reason: Type.String(), count: Type.Integer() }), {
        description: 'Counts of all rejects, including those that the filter excludes.',
      }),
    }),
  },
};
const readSchema = {
  tags: ['Data quality'],
  summary: 'One input that could not be used, in full',
  params: Type.Object({ accountId: PathId, rejectId: PathId }),
  response: { 200: Reject },
};

export async function rejectRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { engine } = context.offhook;
  const typed = signedInScope(app, context);

  typed.get('/admin/accounts/:accountId/rejects', { schema: listSchema }, async request => {
    const { source, reason, maxRows, cursor } = request.query;
    const filter = {
      ...visibleTo(request, request.params.accountId),
      source: source ?? '',
      reason: reason ?? '',
    };
    const [{ rejects, next }, counts] = await Promise.all([
      readRejects(engine, filter, maxRows ?? LIMITS.rejectRows, cursor ? cursorOf(cursor) : undefined),
      countRejects(engine, filter),
    ]);
    return { rejects: rejects.map(rejectAnswer), next: next ? `${next.receivedMs}-${next.id}` : null, counts };
  });

  typed.get('/admin/accounts/:accountId/rejects/:rejectId', { schema: readSchema }, async request => {
    const { accountId, rejectId } = request.params;
    const reject = await readReject(engine, visibleTo(request, accountId), rejectId);
    if (reject === undefined) throw noSuchReject(rejectId);
    return rejectAnswer(reject);
  });
}

/** @throws UserError ACCESS_DENIED for readers of some agent groups: the agent of a rejected input is not known */
function visibleTo(request: FastifyRequest, accountId: string) {
  requireReader(request, accountId);
  if (visibleGroups(request.principal, accountId) !== undefined) throw accessDenied();
  return { accountId, seesUnassigned: mayRead(request.principal, ALL_ACCOUNTS) };
}

/** @throws UserError INVALID_REQUEST */
function cursorOf(text: string): RejectCursor {
  const [, ms, id] = /^(\d{1,15})-([0-9a-f]{16})$/.exec(text) ?? [];
  if (ms === undefined || id === undefined) throw invalidCursor(text);
  return { receivedMs: Number(ms), id };
}

const rejectAnswer = ({ id, receivedMs, ...reject }: KeptReject) => ({
  rejectId: id,
  receivedAt: isoInstant(receivedMs),
  ...reject,
});

function noSuchReject(rejectId: string): UserError {
  return new UserError(
    'NOT_FOUND',
    `The reject ${rejectId} does not exist.`,
    'List the rejects with GET. A replay may have turned it into an event.',
  );
}
