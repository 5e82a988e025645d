// The schemas of a trends request and its answer.
import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { TREND_MEASURES } from '../../report/trends/trend-measures.ts';
import { TREND_DIMENSIONS } from '../../report/trends/trends.ts';
import { Instant } from '../schema/instants.ts';
import { WireId } from '../schema/ids.ts';
import { REPORT_EXAMPLE, ReportBody } from './report-request.ts';
import { nullish } from '../schema/schema.ts';

export const TrendsBody = Type.Object(
  {
    reportCriteria: ReportBody.properties.reportCriteria,
    by: Type.Array(Type.Enum(TREND_DIMENSIONS), {
      maxItems: TREND_DIMENSIONS.length,
      uniqueItems: true,
      description:
        'What to group and sort the rows by: `["day", "team"]` gives one row per team and day. Empty: one row for everything.',
    }),
    maxRows: nullish(Type.Integer({ minimum: 1, maximum: LIMITS.trendRows }), {
      description: `Maximum number of rows. Default: ${LIMITS.trendRows}.`,
    }),
  },
  { examples: [{ reportCriteria: REPORT_EXAMPLE.reportCriteria, by: ['day', 'team'] }] },
);

const key = (description: string) => Type.Optional(Type.String({ description }));

const UNITS = { count: 'Count.', minutes: 'Minutes with two decimals.', percent: 'Percentage with two decimals.' };
const measures = Object.fromEntries(
  TREND_MEASURES.map(({ key, header, type, formula }) => [
    key,
    Type.Number({ title: header, description: `${formula}. ${UNITS[type as keyof typeof UNITS]}` }),
  ]),
);

const TrendRow = Type.Object({
  day: key('`2026-03-02`.'),
  week: key('The Monday of the week, `2026-03-02`.'),
  month: key('`2026-03`.'),
  hourOfDay: Type.Optional(Type.Integer({ description: '0 to 23.' })),
  accountId: key('The account of the row, agent or group.'),
  agentId: Type.Optional(WireId),
  firstName: key('Names are those at the latest login in the row.'),
  lastName: key(''),
  team: key('`[No Team Name]` if none.'),
  agentGroupId: Type.Optional(WireId),
  agentGroupName: key(''),
  sessions: Type.Integer({ description: 'Number of login sessions.' }),
  agents: Type.Integer({ description: 'Number of different agents.' }),
  ...measures,
});

export const TrendsAnswer = Type.Object({
  timezone: Type.String({ description: 'The time zone of the days and hours.' }),
  from: Instant,
  to: Instant,
  rows: Type.Array(TrendRow),
  isTruncated: Type.Boolean({ description: 'True: rows are missing. Request a shorter period or fewer groupings.' }),
});
