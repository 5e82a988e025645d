// The report in pages, for a table on the screen: rows with typed values, the number of rows and the totals.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { ReportCriteria } from '../../report/query/criteria.ts';
import { readViewRows, type ViewRow } from '../../report/views/view-rows.ts';
import type { ReportView } from '../../report/views/views.ts';

import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, signedInScope } from '../guard.ts';
import { Criteria, parseCriteria, REPORT_EXAMPLE, requireServedReport } from './report-request.ts';
import { runInSlot } from './report-slots.ts';
import { completeCriteria } from './requested-criteria.ts';
import { nullish } from '../schema/schema.ts';

const EXAMPLE = {
  reportCriteria: {
    ...REPORT_EXAMPLE.reportCriteria,
    filters: [{ column: 'talkTime', operator: 'AT_LEAST', value: 10 }],
    sort: [{ column: 'loginUtilization', direction: 'DESC' }],
  },
  offset: 0,
  limit: 100,
};

const RowsBody = Type.Object(
  {
    reportCriteria: nullish(Criteria),
    viewId: nullish(Type.String(), {
      description:
        'The viewId of an earlier answer to the same criteria: its rows do not change. Without it, or if it has expired, a new view ' +
        'is made.',
    }),
    offset: nullish(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), {
      description: 'The first row of the page, from 0.',
    }),
    limit: nullish(Type.Integer({ minimum: 0, maximum: LIMITS.reportPageRows }), {
      description: `Rows per page, at most ${LIMITS.reportPageRows}. Default: 100.`,
    }),
  },
  { examples: [EXAMPLE] },
);

const Values = Type.Record(Type.String(), Type.Unknown(), {
  description:
    'By column key, as in a report with the returnType JSON: text, counts, minutes and percentages with two decimals, times in UTC ' +
    '(null while the session is open), and minutes by state label.',
});
const text = Type.String();

const RowsAnswer = Type.Object({
  viewId: text,
  asOf: Type.Unsafe<string>({
    ...Instant,
    description: 'When the view was made. Open sessions count up to this time.',
  }),
  timezone: Type.String({ description: 'The time zone of the report.' }),
  rowCount: Type.Integer({ description: 'Total number of rows.' }),
  totals: Type.Unsafe<object>({
    ...Values,
    description: 'Sums of counts and times over all rows, and ratios and averages of these sums, in the same units.',
  }),
  offset: Type.Integer(),
  rows: Type.Array(
    Type.Object({
      accountId: text,
      loginSessionId: text,
      agentId: text,
      endReason: Type.String({ description: 'NORMAL, SUPERSEDED, STALE or OPEN.' }),
      origin: Type.String({ description: 'computed, imported or mixed.' }),
      values: Values,
    }),
  ),
});

const schema = {
  tags: ['Report'],
  summary: 'A page of the agent session report',
  description:
    'Takes the same criteria as reportsStreaming and returns the same rows. A request without viewId makes a view: a snapshot of the ' +
    'whole report. Request its other pages with its viewId; each takes a few ms at any offset.',
  params: Type.Object({ accountId: Type.String() }),
  body: RowsBody,
  response: { 200: RowsAnswer },
};

export async function reportRowsRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, views } = context;
  signedInScope(app, context).post(
    '/admin/accounts/:accountId/reportRows',
    { schema, preValidation: requireServedReport },
    async (request, reply) => {
      const { accountId } = request.params;
      const { reportCriteria } = request.body;
      const requested = parseCriteria({ reportCriteria: reportCriteria ?? null }, accountId);
      const criteria = await completeCriteria(context, request, accountId, requested);
      const { username } = request.principal;
      const { viewId, offset, limit } = request.body;
      const make = () => makeView(context, request, reply, accountId, criteria);
      const read = ({ viewId }: ReportView) => readViewRows(offhook.engine, viewId, offset ?? 0, limit ?? 100);
      let view = (viewId ? views.find(viewId, username, criteria) : undefined) ?? (await make());
      let rows = await read(view);
      if (rows === undefined) {
        view = await make();
        rows = await read(view);
      }
      if (rows === undefined) throw deletedMeanwhile();
      return {
        viewId: view.viewId,
        asOf: isoInstant(view.asOfMs),
        timezone: criteria.timezone,
        rowCount: view.rowCount,
        totals: view.totals,
        offset: offset ?? 0,
        rows: rows.map(rowAnswer),
      };
    },
  );
}

function deletedMeanwhile(): UserError {
  const message = 'Sessions of the report were deleted while it was read.';
  return new UserError('QUERY_TIMEOUT', message, 'Request the page again.');
}

/** Makes a view in a report slot. Stops if the client disconnects. */
function makeView(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: string,
  criteria: ReportCriteria,
): Promise<ReportView> {
  const { slots, views, now, staleAfterMs } = context;
  return runInSlot(slots, request, reply, async signal => {
    const view = await views.make(request.principal.username, criteria, { nowMs: now(), staleAfterMs }, signal);
    const { visibleGroups: _, ...detail } = criteria;
    await recordAction(context, request, 'REPORT', accountId, { ...detail, format: 'rows' });
    return view;
  });
}

function rowAnswer({ values, ...row }: ViewRow) {
  const { agentId, endReason, origin } = values as Record<string, string>;
  return { ...row, agentId: agentId!, endReason: endReason!, origin: origin!, values };
}
