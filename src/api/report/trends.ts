// Trends: sums of the report by day, agent, team and more, with ratios of the sums.
import type { FastifyInstance } from 'fastify';

import { LIMITS } from '../../limits.ts';
import { instantRange } from '../../report/query/range.ts';
import { readTrends, type TrendRow } from '../../report/trends/trends.ts';

import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { signedInScope } from '../guard.ts';
import { AccountParams, wireId } from '../schema/ids.ts';
import { parseCriteria, requireServedReport } from './report-request.ts';
import { runInSlot } from './report-slots.ts';
import { completeCriteria } from './requested-criteria.ts';
import { TrendsAnswer, TrendsBody } from './trends-request.ts';

const schema = {
  tags: ['Report'],
  summary: 'Trends: sums of the report by day, agent, team and more',
  description:
    'Sums of the sessions that the report has for the same criteria; ratios and averages are computed from the sums. As in the ' +
    'report, a session counts in full on the day, in the hour and in the team of its login, even if it goes on after midnight. ' +
    'Days, weeks (from Monday) and hours are in the report’s time zone; when a clock change repeats an hour, both count as one. ' +
    'There are no rows for times without logins.',
  params: AccountParams,
  body: TrendsBody,
  response: { 200: TrendsAnswer },
};

export async function trendsRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, slots, now, staleAfterMs } = context;
  signedInScope(app, context).post(
    '/admin/accounts/:accountId/trends',
    { schema, preValidation: requireServedReport },
    async (request, reply) => {
      const { accountId } = request.params;
      const { reportCriteria, by, maxRows } = request.body;
      const requested = parseCriteria({ reportCriteria: reportCriteria ?? null }, accountId);
      const criteria = await completeCriteria(context, request, accountId, requested);
      const { start, end, timezone } = criteria;
      const clock = { nowMs: now(), staleAfterMs };
      const { fromMs, toMs } = instantRange(start, end, timezone, clock.nowMs);
      const limited = { ...criteria, maxRows: maxRows ?? LIMITS.trendRows };
      const { rows, isTruncated } = await runInSlot(slots, request, reply, () =>
        readTrends(offhook.engine, limited, by, clock),
      );
      const range = { timezone, from: isoInstant(fromMs), to: isoInstant(toMs) };
      return { ...range, rows: rows.map(withWireIds), isTruncated };
    },
  );
}

const ID_KEYS = ['agentId', 'agentGroupId'] as const;

function withWireIds(row: TrendRow): TrendRow {
  const ids = ID_KEYS.filter(key => key in row).map(key => [key, wireId(String(row[key]))] as const);
  return { ...row, ...Object.fromEntries(ids) };
}
