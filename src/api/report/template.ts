// RingCentral's criteria template: an example body for a report request.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { ApiContext } from '../context.ts';
import { signedInScope } from '../guard.ts';
import { REPORT_EXAMPLE, ReportBody, requireReportType } from './report-request.ts';

const schema = {
  tags: ['Report'],
  summary: 'A template for report requests',
  description:
    'For the types CASPER_REPORT and Agent_Session_Report_Raw. Fill in the timestamps and send it to reportsStreaming.',
  params: Type.Object({ reportType: Type.String() }),
  response: { 200: ReportBody },
};

const TEMPLATE = {
  ...REPORT_EXAMPLE,
  reportCriteria: {
    ...REPORT_EXAMPLE.reportCriteria,
    startTimestamp: null,
    endTimestamp: null,
    timezoneName: null,
  },
};

export async function templateRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  signedInScope(app, context).get('/admin/reports/:reportType', { schema }, async ({ params: { reportType } }) => {
    requireReportType(reportType);
    return TEMPLATE;
  });
}
