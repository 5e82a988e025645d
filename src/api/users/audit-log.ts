// The audit log for administrators of all accounts, as one stream or in pages.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { AUDIT_ACTIONS } from '../../access/audit/audit.ts';
import { parseInstant } from '../../access/audit/audit-filter.ts';
import { AUDIT_FORMATS, streamAuditLog } from '../../access/audit/audit-log.ts';
import { type AuditCursor, readAuditPage } from '../../access/audit/audit-page.ts';
import { LIMITS } from '../../limits.ts';
import { administrationScope } from '../guard.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';
import { abortOnClose } from '../http/abort-on-close.ts';
import { Cursor, invalidCursor, NextCursor } from '../schema/pages.ts';
import { nullish, textAnswer } from '../schema/schema.ts';

const Action = Type.Enum([...AUDIT_ACTIONS]);
const Entry = Type.Object({
  at: Instant,
  username: Type.String({ description: 'The user, or the name entered at a refused sign-in; empty: unknown.' }),
  address: Type.String({ description: 'Network address of the client, or «command line».' }),
  action: Action,
  accountId: Type.String({ description: 'Empty if the action concerns no account.' }),
  detail: Type.Object({}, { description: 'Details of the action. Never contains secrets.' }),
});
const FILTER = {
  from: nullish(Type.String(), { description: 'Start, in ISO 8601 format; included.' }),
  to: nullish(Type.String(), { description: 'End, in ISO 8601 format; not included.' }),
  username: nullish(Type.String()),
  action: nullish(Action),
};
const Filter = Type.Object(FILTER);
const schema = {
  tags: ['Administration'],
  summary: 'The audit log',
  description:
    'All entries in chronological order, as a JSON array, as lines of JSON or as CSV. Reading the audit log is recorded in it.',
  querystring: Type.Object({
    ...FILTER,
    format: nullish(Type.Enum(['json', 'ndjson', 'csv']), { description: 'Default: json.' }),
  }),
  response: {
    200: {
      description: 'The entries in the requested format.',
      content: {
        'application/json': { schema: Type.Array(Entry) },
        ...textAnswer(['application/x-ndjson', 'text/csv'], '').content,
      },
    },
  },
};
const pageSchema = {
  tags: ['Administration'],
  summary: 'The audit log in pages',
  description: 'Newest entries first. Reading the first page is recorded in the audit log.',
  querystring: Type.Object({
    ...FILTER,
    maxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.auditRows })),
    cursor: Cursor,
  }),
  response: {
    200: Type.Object({
      entries: Type.Array(Entry),
      next: NextCursor,
    }),
  },
};

export async function auditLogRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const typed = administrationScope(app, context);

  typed.get('/admin/auditLog', { schema }, async (request, reply) => {
    const { format } = request.query;
    const filter = filterOf(request.query);
    await recordAction(context, request, 'AUDIT_READ', '', { ...request.query });
    const kind = format ?? 'json';
    const bytes = streamAuditLog(context.offhook.engine, filter, kind, abortOnClose(reply).signal);
    if (kind === 'csv') reply.header('Content-Disposition', 'attachment; filename="audit-log.csv"');
    return reply.type(AUDIT_FORMATS[kind]).send(Readable.from(bytes, { objectMode: false }));
  });

  typed.get('/admin/auditLog/pages', { schema: pageSchema }, async request => {
    const { cursor, maxRows = LIMITS.auditRows, ...recordedFilter } = request.query;
    const filter = filterOf(request.query);
    if (!cursor) await recordAction(context, request, 'AUDIT_READ', '', recordedFilter);
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
    fromMs: from ? parseInstant('from', from) : undefined,
    toMs: to ? parseInstant('to', to) : undefined,
    username: username ?? undefined,
    action: action ?? undefined,
  };
}

/** @throws UserError INVALID_REQUEST */
function cursorOf(text: string): AuditCursor {
  const [, atMs, orderInInstant] = /^(\d{1,15})-(\d{1,9})$/.exec(text) ?? [];
  if (atMs === undefined) throw invalidCursor(text);
  return { atMs: Number(atMs), orderInInstant: Number(orderInInstant) };
}
