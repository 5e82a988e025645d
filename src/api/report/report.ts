// RingCentral's `reportsStreaming` call, which answers with the report.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { FORMATS } from '../../report/formats/formats.ts';
import { readWatermark } from '../../report/watermark.ts';

import type { ApiContext } from '../context.ts';
import { recordAction, requireReader, signedInScope } from '../guard.ts';
import { abortOnClose } from '../http/abort-on-close.ts';
import { afterFirstBytes, sendReport } from './report-answer.ts';
import {
  parseCriteria,
  parsePackaging,
  ReportBody,
  type RequestedCriteria,
  requireServedReport,
} from './report-request.ts';
import { completeCriteria } from './requested-criteria.ts';
import { textAnswer } from '../schema/schema.ts';

const CONTENT_TYPES = [...Object.values(FORMATS).map(({ contentType }) => contentType), 'application/zip'];

const schema = {
  tags: ['Report'],
  summary: 'The agent session report',
  description:
    'The body of the answer is the report, streamed. Unknown fields are ignored. Without timestamps, the report covers today in its ' +
    'time zone. The header X-Offhook-Latest-Event has the time of the latest event, X-Offhook-Rejects the number of inputs that could ' +
    'not be used so far. If the connection breaks off, the report is incomplete: send the request again.',
  params: Type.Object({ accountId: Type.String() }),
  body: ReportBody,
  response: { 200: textAnswer(CONTENT_TYPES, 'The report in the requested format.') },
};

export async function reportRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  signedInScope(app, context).post(
    '/admin/accounts/:accountId/reportsStreaming',
    { schema, preValidation: requireServedReport },
    async (request, reply) => {
      const { accountId } = request.params;
      const requested = parseCriteria(request.body, accountId);
      for (const id of [accountId, ...requested.accountIds]) requireReader(request, id);
      return answer(context, request, reply, accountId, requested, parsePackaging(request.body));
    },
  );
}

async function answer(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: string,
  requested: RequestedCriteria,
  packaging: ReturnType<typeof parsePackaging>,
): Promise<FastifyReply> {
  const { offhook, slots, now, staleAfterMs, keepFormulas } = context;
  const { format } = packaging;
  // The slot is held until the answer and its statement have ended, which is later than this function.
  const closed = abortOnClose(reply);
  const release = await slots.take(request.principal.username, closed.signal);
  const timeout = setTimeout(() => closed.abort(queryTimeout()), LIMITS.reportFirstByteMs);
  try {
    const criteria = await completeCriteria(context, request, accountId, requested);
    const { visibleGroups: _, ...recorded } = { ...criteria, ...packaging };
    const report = offhook.report(
      criteria,
      { nowMs: now(), staleAfterMs },
      { format, keepFormulas, signal: closed.signal },
    );
    const [{ bytes, end }, watermark] = await Promise.all([
      afterFirstBytes(report),
      readWatermark(offhook.engine, criteria.accountIds),
      recordAction(context, request, 'REPORT', accountId, recorded),
    ]);
    atAbort(closed.signal, () => void end().finally(release));
    // Checked only if there are no events, so that reports of known accounts do not wait for it.
    if (watermark.latestEventMs === undefined) await knownAccounts(offhook.engine, criteria.accountIds);
    return sendReport(reply, bytes, watermark, { ...packaging, acceptEncoding: request.headers['accept-encoding'] });
  } catch (error) {
    release();
    throw error;
  } finally {
    clearTimeout(timeout);
  }
}

function atAbort(signal: AbortSignal, run: () => void): void {
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
}

function queryTimeout(): UserError {
  return new UserError(
    'QUERY_TIMEOUT',
    `The report took longer than ${LIMITS.reportFirstByteMs / 1000} seconds and was stopped.`,
    'Request a shorter period or fewer accounts.',
  );
}
