// RingCentral's `reportsStreaming` call: a request's criteria into the report's bytes.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayRead } from '../../access/principal.ts';
import { FORMATS } from '../../report/formats/formats.ts';
import { readAccount } from '../../store/accounts.ts';
import { type ApiContext, PREFIXES } from '../context.ts';
import { accessDenied } from '../errors.ts';
import { readReportRequest } from '../report-request.ts';

type ReportRequest = FastifyRequest<{ Params: { accountId: string } }>;

export async function reportRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, authenticate, now, staleAfterMs, keepFormulas } = context;
  // Clients send JSON under many names, or none; what counts is that it is JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  for (const prefix of PREFIXES) {
    app.post(`${prefix}/admin/accounts/:accountId/reportsStreaming`, async (request, reply) => {
      const { accountId } = (request as ReportRequest).params;
      const principal = await authenticate(request.headers);
      const asked = readReportRequest(typeof request.body === 'string' ? request.body : '', accountId);
      if (!asked.accountIds.every(id => mayRead(principal, id))) throw accessDenied();
      const timezone = asked.timezone ?? (await readAccount(offhook.engine, accountId)).timezone;
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      const bytes = offhook.report(
        { ...asked, timezone },
        { nowMs: now(), staleAfterMs },
        { format: asked.format, keepFormulas, signal: left.signal },
      );
      const { contentType, extension } = FORMATS[asked.format];
      return reply
        .type(contentType)
        .header('Content-Disposition', `attachment; filename="Agent_Session_Report_Raw.${extension}"`)
        .send(Readable.from(bytes, { objectMode: false }));
    });
  }
}
