// Inputs of an account that could not be used: listed with their reasons, and each whole, as it came.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ALL_ACCOUNTS, mayRead, visibleGroups } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { countRejects, type KeptReject, readReject, readRejects, type RejectCursor } from '../../quality/rejects.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, requireReader, signedIn } from '../guard.ts';
import { invalidField } from '../schema/json-bodies.ts';
import { PathId } from '../schema/ids.ts';
import { ShortText } from '../schema/texts.ts';
import { absent, type SchemaTypes } from '../schema/schema.ts';

const Reject = Type.Object({
  rejectId: Type.String({ description: 'The same input, rejected again for the same reason, keeps it.' }),
  accountId: Type.String({ description: 'Empty: the input named no account.' }),
  source: Type.String({ description: 'The feed.' }),
  reason: Type.String({ description: 'One of a fixed list.' }),
  detail: Type.String({ description: 'For a person.' }),
  position: Type.Integer({ description: 'Line or document of the request or file, from 1.' }),
  receivedAt: Instant,
  raw: Type.String({
    description: `As it came; in a list its first ${LIMITS.rejectPreviewChars} characters.`,
  }),
  rawChars: Type.Integer({ description: 'Characters of the whole input.' }),
});

const listSchema = {
  tags: ['Data quality'],
  summary: 'Inputs that could not be used',
  description:
    'Newest first, in pages. For readers of all groups; inputs that name no account are listed for readers of all accounts.',
  params: Type.Object({ accountId: PathId }),
  querystring: Type.Object({
    source: absent(ShortText, { description: 'Only of this feed.' }),
    reason: absent(ShortText, { description: 'Only of this reason.' }),
    maxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.rejectRows })),
    cursor: absent(Type.String({ maxLength: 64 }), { description: '`next` of the page before.' }),
  }),
  response: {
    200: Type.Object({
      rejects: Type.Array(Reject),
      next: Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the next page; null: none.' }),
      counts: Type.Array(Type.Object({ source: Type.String(), reason: Type.String(), count: Type.Integer() }), {
        description: 'Of all rejects, also of those that are filtered out.',
      }),
    }),
  },
};
const readSchema = {
  tags: ['Data quality'],
  summary: 'One input that could not be used, whole',
  params: Type.Object({ accountId: PathId, rejectId: PathId }),
  response: { 200: Reject },
};

export async function rejectRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { engine } = context.offhook;
  app.addHook('onRequest', signedIn(context));
  const typed = app.withTypeProvider<SchemaTypes>();

  typed.get('/admin/accounts/:accountId/rejects', { schema: listSchema }, async request => {
    const { source, reason, maxRows, cursor } = request.query;
    const asked = {
      ...visibleTo(request, request.params.accountId),
      source: source ?? '',
      reason: reason ?? '',
    };
    const [{ rejects, next }, counts] = await Promise.all([
      readRejects(engine, asked, maxRows ?? LIMITS.rejectRows, cursor ? cursorOf(cursor) : undefined),
      countRejects(engine, asked),
    ]);
    return { rejects: rejects.map(shown), next: next ? `${next.receivedMs}-${next.id}` : null, counts };
  });

  typed.get('/admin/accounts/:accountId/rejects/:rejectId', { schema: readSchema }, async request => {
    const { accountId, rejectId } = request.params;
    const reject = await readReject(engine, visibleTo(request, accountId), rejectId);
    if (reject === undefined) throw noSuchReject(rejectId);
    return shown(reject);
  });
}

/** @throws UserError ACCESS_DENIED: whose agent an input is about is not known, so that readers of some groups see none */
function visibleTo(request: FastifyRequest, accountId: string) {
  requireReader(request, accountId);
  if (visibleGroups(request.principal, accountId) !== undefined) throw accessDenied();
  return { accountId, seesUnassigned: mayRead(request.principal, ALL_ACCOUNTS) };
}

/** @throws UserError INVALID_REQUEST */
function cursorOf(text: string): RejectCursor {
  const [, ms, id] = /^(\d{1,15})-([0-9a-f]{16})$/.exec(text) ?? [];
  if (ms === undefined || id === undefined) {
    throw invalidField('cursor', text, 'is none of these pages', 'Send `next` of the page before, or none.');
  }
  return { receivedMs: Number(ms), id };
}

const shown = ({ id, receivedMs, ...reject }: KeptReject) => ({
  rejectId: id,
  receivedAt: isoInstant(receivedMs),
  ...reject,
});

function noSuchReject(rejectId: string): UserError {
  return new UserError(
    'NOT_FOUND',
    `There is no reject ${rejectId}.`,
    'List them with GET; a replay may have made it an event.',
  );
}
