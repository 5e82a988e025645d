// The audit log, streamed whole to administrators of all accounts.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { AUDIT_ACTIONS } from '../../access/audit.ts';
import { AUDIT_FORMATS, instantNamed, streamAuditLog } from '../../access/audit-log.ts';
import { administrationScope, Instant } from '../administration.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';
import { absent, type SchemaTypes } from '../schema.ts';

const Action = Type.Enum([...AUDIT_ACTIONS]);
const Entry = Type.Object({
  at: Instant,
  username: Type.String({ description: 'Who, or who they said they were; empty: unknown.' }),
  address: Type.String({ description: 'Of the client; «command line» for the local one.' }),
  action: Action,
  accountId: Type.String({ description: 'Empty where the action is about no account.' }),
  detail: Type.Object({}, { description: 'What it was about. Never a secret.' }),
});
const schema = {
  tags: ['Administration'],
  summary: 'Who did what',
  description:
    'In order of time, as a JSON array, as lines of JSON or as CSV; of any length. Reading it is recorded, too.',
  querystring: Type.Object({
    from: absent(Type.String(), { description: 'An ISO 8601 instant; it is included.' }),
    to: absent(Type.String(), { description: 'An ISO 8601 instant; it is not included.' }),
    username: absent(Type.String()),
    action: absent(Action),
    format: absent(Type.Enum(['json', 'ndjson', 'csv']), { description: 'json if absent' }),
  }),
  response: { 200: Type.Array(Entry) },
};

export async function auditLogRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  administrationScope(app, context);
  app.withTypeProvider<SchemaTypes>().get('/admin/auditLog', { schema }, async (request, reply) => {
    const { from, to, username, action, format } = request.query;
    const filter = {
      fromMs: from ? instantNamed('from', from) : undefined,
      toMs: to ? instantNamed('to', to) : undefined,
      ...{ username: username ?? undefined, action: action ?? undefined },
    };
    await recordAction(context, request, 'AUDIT_READ', '', { ...request.query });
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const kind = format ?? 'json';
    const bytes = streamAuditLog(context.offhook.engine, filter, kind, left.signal);
    if (kind === 'csv') reply.header('Content-Disposition', 'attachment; filename="audit-log.csv"');
    return reply.type(AUDIT_FORMATS[kind]).send(Readable.from(bytes, { objectMode: false }));
  });
}
