// A report in pages, for a table that a person scrolls through: rows as typed values, their number and their totals.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import type { ReportCriteria } from '../../report/query/criteria.ts';
import { readViewRows } from '../../report/views/view-rows.ts';
import type { ReportView } from '../../report/views/views.ts';
import { readAccount } from '../../directory/accounts.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireReader, signedIn, visibleGroupsOf } from '../guard.ts';
import { readJsonBodies } from '../schema/json-bodies.ts';
import { Criteria, REPORT_EXAMPLE, reportAsked, requireServedReport } from './report-request.ts';
import { absent, type SchemaTypes } from '../schema/schema.ts';

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
    reportCriteria: absent(Criteria),
    viewId: absent(Type.String(), {
      description:
        'Of an earlier answer to the same criteria: its rows stay as they were. Absent, or not known any more: made anew.',
    }),
    offset: absent(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), {
      description: 'From 0.',
    }),
    limit: absent(Type.Integer({ minimum: 0, maximum: LIMITS.reportPageRows }), {
      description: `Rows of the page, at most ${LIMITS.reportPageRows}; absent: 100.`,
    }),
  },
  { examples: [EXAMPLE] },
);

const Values = Type.Record(Type.String(), Type.Unknown(), {
  description:
    'By the columns’ keys, as in a report of returnType JSON: texts, counts, minutes and per cents with two places, instants in ' +
    'UTC (null while open), and minutes by state label.',
});
const text = Type.String();

const RowsAnswer = Type.Object({
  viewId: text,
  asOf: Type.Unsafe<string>({
    ...Instant,
    description: 'When the view was made: open sessions are counted up to here.',
  }),
  timezone: Type.String({ description: 'Of the report.' }),
  rowCount: Type.Integer({ description: 'Rows in all pages.' }),
  totals: Type.Unsafe<object>({
    ...Values,
    description: 'Counts and times summed over all rows; ratios and averages made of the sums, in the same units.',
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
    'The same criteria as those of reportsStreaming, which gives the same rows as a file. A request without viewId makes a view: ' +
    'the whole report, ordered and counted, as it is then. Pages of it are read by its viewId, each in some ms at any offset.',
  params: Type.Object({ accountId: Type.String() }),
  body: RowsBody,
  response: { 200: RowsAnswer },
};

export async function reportRowsRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, views } = context;
  app.addHook('onRequest', signedIn(context));
  readJsonBodies(app);
  app
    .withTypeProvider<SchemaTypes>()
    .post(
      '/admin/accounts/:accountId/reportRows',
      { schema, preValidation: requireServedReport },
      async (request, reply) => {
        const { accountId } = request.params;
        const criteria = await criteriaOf(context, request, accountId, request.body);
        const { username } = request.principal;
        const { viewId, offset, limit } = request.body;
        const view =
          (viewId ? views.find(viewId, username, criteria) : undefined) ??
          (await madeView(context, request, reply, accountId, criteria));
        const rows = await readViewRows(offhook.engine, view.viewId, offset ?? 0, limit ?? 100);
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

async function criteriaOf(
  { offhook }: ApiContext,
  request: FastifyRequest,
  accountId: string,
  { reportCriteria }: Static<typeof RowsBody>,
): Promise<ReportCriteria> {
  requireReader(request, accountId);
  const {
    format: _,
    isZipped: __,
    fileName: ___,
    ...asked
  } = reportAsked({ reportCriteria: reportCriteria ?? null }, accountId);
  for (const id of asked.accountIds) requireReader(request, id);
  const timezone = asked.timezone ?? (await readAccount(offhook.engine, accountId)).timezone;
  return { ...asked, timezone, visibleGroups: visibleGroupsOf(request, asked.accountIds) };
}

/** Makes the view when it is the report's turn; a client that leaves ends it. */
async function madeView(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: string,
  criteria: ReportCriteria,
): Promise<ReportView> {
  const { slots, views, now, staleAfterMs } = context;
  const { username } = request.principal;
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  const release = await slots.take(username, left.signal);
  try {
    const view = await views.make(username, criteria, { nowMs: now(), staleAfterMs }, left.signal);
    const { visibleGroups: _, ...detail } = criteria;
    await recordAction(context, request, 'REPORT', accountId, { ...detail, format: 'rows' });
    return view;
  } finally {
    release();
  }
}

function rowAnswer({ values, ...row }: Awaited<ReturnType<typeof readViewRows>>[number]) {
  const { agentId, endReason, origin } = values as Record<string, string>;
  return { ...row, agentId: agentId!, endReason: endReason!, origin: origin!, values };
}
