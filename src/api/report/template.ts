// RingCentral's criteria template: what a report of a type may be asked with.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { ApiContext } from '../context.ts';
import { signedIn } from '../guard.ts';
import { REPORT_EXAMPLE, ReportBody, requireReportType } from './report-request.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const schema = {
  tags: ['Report'],
  summary: 'A template of the report’s request',
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
  app.addHook('onRequest', signedIn(context));
  app
    .withTypeProvider<SchemaTypes>()
    .get('/admin/reports/:reportType', { schema }, async ({ params: { reportType } }) => {
      requireReportType(reportType);
      return TEMPLATE;
    });
}
