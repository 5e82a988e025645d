// RingCentral's `reportsStreaming` call: a request's criteria into the report's bytes.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { FORMATS } from '../../report/formats/formats.ts';
import { readWatermark } from '../../report/watermark.ts';
import { readAccount } from '../../directory/accounts.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireReader, signedIn, visibleGroupsOf } from '../guard.ts';
import { begun, sendReport } from './report-answer.ts';
import { type AskedReport, ReportBody, reportAsked, requireServedReport } from './report-request.ts';
import { type SchemaTypes, textAnswer } from '../schema/schema.ts';
import { tolerantJson } from '../schema/json-bodies.ts';

const CONTENT_TYPES = [...Object.values(FORMATS).map(({ contentType }) => contentType), 'application/zip'];

const schema = {
  tags: ['Report'],
  summary: 'The agent session report',
  description:
    'The report as the answer’s body, streamed. Unknown fields are ignored, known ones are checked. Without timestamps: today in ' +
    'the report’s zone. The header X-Offhook-Latest-Event tells how far the data reaches, X-Offhook-Rejects how many inputs could ' +
    'not be used so far. An answer that breaks off is not whole: ask again.',
  params: Type.Object({ accountId: Type.String() }),
  body: ReportBody,
  response: { 200: textAnswer(CONTENT_TYPES, 'The report, in the format that was asked for.') },
};

export async function reportRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  app.addHook('onRequest', signedIn(context));
  // Clients send JSON under many names, or none; what counts is that it is JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, text: string) => tolerantJson(text));

  app
    .withTypeProvider<SchemaTypes>()
    .post(
      '/admin/accounts/:accountId/reportsStreaming',
      { schema, preValidation: requireServedReport },
      async (request, reply) => {
        const { accountId } = request.params;
        requireReader(request, accountId);
        const asked = reportAsked(request.body, accountId);
        for (const id of asked.accountIds) requireReader(request, id);
        return answer(context, request, reply, accountId, asked);
      },
    );
}

async function answer(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: string,
  asked: AskedReport,
): Promise<FastifyReply> {
  const { offhook, slots, now, staleAfterMs, keepFormulas } = context;
  const { format, isZipped, fileName, ...criteria } = asked;
  // Aborted when the answer has ended, whether it is whole or its client has left.
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  const release = await slots.take(request.principal.username, left.signal);
  atAbort(left.signal, release);
  const tooSlow = setTimeout(() => left.abort(queryTimeout()), LIMITS.reportFirstByteMs);
  try {
    const timezone = asked.timezone ?? (await readAccount(offhook.engine, accountId)).timezone;
    const report = offhook.report(
      { ...criteria, timezone, visibleGroups: visibleGroupsOf(request, asked.accountIds) },
      { nowMs: now(), staleAfterMs },
      { format, keepFormulas, signal: left.signal },
    );
    const [{ bytes, end }, watermark] = await Promise.all([
      begun(report),
      readWatermark(offhook.engine, asked.accountIds),
      recordAction(context, request, 'REPORT', accountId, { ...asked, timezone }),
    ]);
    atAbort(left.signal, end);
    // Only where there is nothing: a report of a known account does not wait for this.
    if (watermark.latestEventMs === undefined) await knownAccounts(offhook.engine, asked.accountIds);
    const acceptEncoding = request.headers['accept-encoding'];
    return sendReport(reply, bytes, watermark, { format, fileName, isZipped, acceptEncoding });
  } catch (error) {
    release();
    throw error;
  } finally {
    clearTimeout(tooSlow);
  }
}

function atAbort(signal: AbortSignal, run: () => void): void {
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
}

function queryTimeout(): UserError {
  return new UserError(
    'QUERY_TIMEOUT',
    `The report did not begin within ${LIMITS.reportFirstByteMs / 1000} seconds.`,
    'Ask again, for a shorter time or fewer accounts.',
  );
}
