// The body of a trends request and of its answer: the report's criteria, what they are grouped by, and rows of measures.
import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { TREND_MEASURES } from '../../report/trends/trend-measures.ts';
import { TREND_DIMENSIONS } from '../../report/trends/trends.ts';
import { Instant } from '../schema/instants.ts';
import { WireId } from '../schema/ids.ts';
import { REPORT_EXAMPLE, ReportBody } from './report-request.ts';
import { absent } from '../schema/schema.ts';

export const TrendsBody = Type.Object(
  {
    reportCriteria: ReportBody.properties.reportCriteria,
    by: Type.Array(Type.Enum(TREND_DIMENSIONS), {
      maxItems: TREND_DIMENSIONS.length,
      uniqueItems: true,
      description:
        'What the rows are, and their order: `["day", "team"]` is a row for each team on each day. Empty: one row for all.',
    }),
    maxRows: absent(Type.Integer({ minimum: 1, maximum: LIMITS.trendRows }), {
      description: `At most so many rows, ${LIMITS.trendRows} if absent.`,
    }),
  },
  { examples: [{ reportCriteria: REPORT_EXAMPLE.reportCriteria, by: ['day', 'team'] }] },
);

const key = (description: string) => Type.Optional(Type.String({ description }));

const UNITS = { count: 'A number.', minutes: 'Minutes, two decimals.', percent: 'Per cent, two decimals.' };
const measures = Object.fromEntries(
  TREND_MEASURES.map(({ key, header, type, formula }) => [
    key,
    Type.Number({ title: header, description: `${formula}. ${UNITS[type as keyof typeof UNITS]}` }),
  ]),
);

const TrendRow = Type.Object({
  day: key('`2026-03-02`.'),
  week: key('Its Monday, `2026-03-02`.'),
  month: key('`2026-03`.'),
  hourOfDay: Type.Optional(Type.Integer({ description: '0 to 23.' })),
  accountId: key('Of the account, the agent or the group.'),
  agentId: Type.Optional(WireId),
  firstName: key('Names are those of the latest login of the row.'),
  lastName: key(''),
  team: key('`[No Team Name]` if none.'),
  agentGroupId: Type.Optional(WireId),
  agentGroupName: key(''),
  sessions: Type.Integer({ description: 'Logins.' }),
  agents: Type.Integer({ description: 'Different agents.' }),
  ...measures,
});

export const TrendsAnswer = Type.Object({
  timezone: Type.String({ description: 'Of the days and hours.' }),
  from: Instant,
  to: Instant,
  rows: Type.Array(TrendRow),
  isTruncated: Type.Boolean({ description: 'There are more rows: ask for less time, or by less.' }),
});
