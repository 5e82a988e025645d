// Trends: the report's sessions summed by day, agent, team and more, with ratios of the sums.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { instantRange } from '../../report/query/range.ts';
import { readTrends, type TrendRow } from '../../report/trends/trends.ts';
import { readAccount } from '../../directory/accounts.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedIn, visibleGroupsOf } from '../guard.ts';
import { PathId, wireId } from '../schema/ids.ts';
import { readJsonBodies } from '../schema/json-bodies.ts';
import { reportAsked, requireServedReport } from './report-request.ts';
import { TrendsAnswer, TrendsBody } from './trends-request.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const schema = {
  tags: ['Report'],
  summary: 'Trends: sums of the report by day, agent, team and more',
  description:
    'The sessions that the report would show for the same criteria, summed; ratios and averages are those of the sums. A session ' +
    'counts whole on the day, in the hour and in the team of its login, as in the report, even where it goes on after midnight. ' +
    'Days, weeks (from Monday) and hours are those of the report’s zone: an hour that a clock change repeats holds the sessions of ' +
    'both. Where nobody logged in, there is no row.',
  params: Type.Object({ accountId: PathId }),
  body: TrendsBody,
  response: { 200: TrendsAnswer },
};

export async function trendsRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, slots, now, staleAfterMs } = context;
  app.addHook('onRequest', signedIn(context));
  readJsonBodies(app);
  app
    .withTypeProvider<SchemaTypes>()
    .post(
      '/admin/accounts/:accountId/trends',
      { schema, preValidation: requireServedReport },
      async (request, reply) => {
        const { accountId } = request.params;
        requireReader(request, accountId);
        const { reportCriteria, by, maxRows } = request.body;
        const asked = reportAsked({ reportCriteria: reportCriteria ?? null }, accountId);
        for (const id of asked.accountIds) requireReader(request, id);
        const timezone = asked.timezone ?? (await readAccount(offhook.engine, accountId)).timezone;
        const clock = { nowMs: now(), staleAfterMs };
        const { fromMs, toMs } = instantRange(asked.start, asked.end, timezone, clock.nowMs);
        const visibleGroups = visibleGroupsOf(request, asked.accountIds);
        const criteria = { ...asked, timezone, visibleGroups, maxRows: maxRows ?? LIMITS.trendRows };
        const left = new AbortController();
        reply.raw.once('close', () => left.abort());
        const release = await slots.take(request.principal.username, left.signal);
        try {
          const { rows, isTruncated } = await readTrends(offhook.engine, criteria, by, clock);
          const range = { timezone, from: isoInstant(fromMs), to: isoInstant(toMs) };
          return { ...range, rows: rows.map(withWireIds), isTruncated };
        } finally {
          release();
        }
      },
    );
}

const ID_KEYS = ['agentId', 'agentGroupId'] as const;

function withWireIds(row: TrendRow): TrendRow {
  const ids = ID_KEYS.filter(key => key in row).map(key => [key, wireId(String(row[key]))] as const);
  return { ...row, ...Object.fromEntries(ids) };
}
