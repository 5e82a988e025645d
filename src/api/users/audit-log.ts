// The audit log for administrators of all accounts: streamed whole, or in pages.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { AUDIT_ACTIONS } from '../../access/audit/audit.ts';
import { AUDIT_FORMATS, instantNamed, streamAuditLog } from '../../access/audit/audit-log.ts';
import { type AuditCursor, readAuditPage } from '../../access/audit/audit-page.ts';
import { LIMITS } from '../../limits.ts';
import { administrationScope } from '../guard.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';
import { invalidField } from '../schema/json-bodies.ts';
import { absent, type SchemaTypes, textAnswer } from '../schema/schema.ts';

const Action = Type.Enum([...AUDIT_ACTIONS]);
const Entry = Type.Object({
  at: Instant,
  username: Type.String({ description: 'Who, or who they said they were; empty: unknown.' }),
  address: Type.String({ description: 'Of the client; «command line» for the local one.' }),
  action: Action,
  accountId: Type.String({ description: 'Empty where the action is about no account.' }),
  detail: Type.Object({}, { description: 'What it was about. Never a secret.' }),
});
const FILTER = {
  from: absent(Type.String(), { description: 'An ISO 8601 instant; it is included.' }),
  to: absent(Type.String(), { description: 'An ISO 8601 instant; it is not included.' }),
  username: absent(Type.String()),
  action: absent(Action),
};
const Filter = Type.Object(FILTER);
const schema = {
  tags: ['Administration'],
  summary: 'Who did what',
  description:
    'In order of time, as a JSON array, as lines of JSON or as CSV; of any length. Reading it is recorded, too.',
  querystring: Type.Object({
    ...FILTER,
    format: absent(Type.Enum(['json', 'ndjson', 'csv']), { description: 'json if absent' }),
  }),
  response: {
    200: {
      description: 'In the format that was asked for.',
      content: {
        'application/json': { schema: Type.Array(Entry) },
        ...textAnswer(['application/x-ndjson', 'text/csv'], '').content,
      },
    },
  },
};
const pageSchema = {
  tags: ['Administration'],
  summary: 'Who did what, in pages',
  description: 'Newest first. Reading the first page is recorded, too.',
  querystring: Type.Object({
    ...FILTER,
    maxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.auditRows })),
    cursor: absent(Type.String({ maxLength: 64 }), { description: '`next` of the page before.' }),
  }),
  response: {
    200: Type.Object({
      entries: Type.Array(Entry),
      next: Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the next page; null: none.' }),
    }),
  },
};

export async function auditLogRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  administrationScope(app, context);
  const typed = app.withTypeProvider<SchemaTypes>();

  typed.get('/admin/auditLog', { schema }, async (request, reply) => {
    const { format } = request.query;
    const filter = filterOf(request.query);
    await recordAction(context, request, 'AUDIT_READ', '', { ...request.query });
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const kind = format ?? 'json';
    const bytes = streamAuditLog(context.offhook.engine, filter, kind, left.signal);
    if (kind === 'csv') reply.header('Content-Disposition', 'attachment; filename="audit-log.csv"');
    return reply.type(AUDIT_FORMATS[kind]).send(Readable.from(bytes, { objectMode: false }));
  });

  typed.get('/admin/auditLog/pages', { schema: pageSchema }, async request => {
    const { cursor, maxRows = LIMITS.auditRows, ...asked } = request.query;
    const filter = filterOf(request.query);
    if (!cursor) await recordAction(context, request, 'AUDIT_READ', '', asked);
    const before = cursor ? cursorOf(cursor) : undefined;
    const { entries, next } = await readAuditPage(context.offhook.engine, filter, maxRows, before);
    return {
      entries: entries.map(({ atMs, ...entry }) => ({ at: isoInstant(atMs), ...entry })),
      next: next ? `${next.atMs}-${next.orderInInstant}` : null,
    };
  });
}

function filterOf({ from, to, username, action }: Type.Static<typeof Filter>) {
  return {
    fromMs: from ? instantNamed('from', from) : undefined,
    toMs: to ? instantNamed('to', to) : undefined,
    username: username ?? undefined,
    action: action ?? undefined,
  };
}

/** @throws UserError INVALID_REQUEST */
function cursorOf(text: string): AuditCursor {
  const [, atMs, orderInInstant] = /^(\d{1,15})-(\d{1,9})$/.exec(text) ?? [];
  if (atMs === undefined) {
    throw invalidField('cursor', text, 'is none of these pages', 'Send `next` of the page before, or none.');
  }
  return { atMs: Number(atMs), orderInInstant: Number(orderInInstant) };
}
