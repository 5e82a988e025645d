// Describes the columns of the report: meaning, formula and evidence.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { COLUMNS, type Column, type ColumnType } from '../../report/columns/columns.ts';
import { EXTRA_COLUMNS } from '../../report/columns/extra-columns.ts';
import { OPERATORS, operatorsFor } from '../../report/query/selection.ts';
import type { ApiContext } from '../context.ts';
import { signedInScope } from '../guard.ts';
import { requireReportType } from './report-request.ts';

const UNITS: Readonly<Record<ColumnType, string | null>> = {
  text: null,
  dts: null,
  count: null,
  minutes: 'min',
  percent: '%',
  labels: 'min',
};

const ColumnAnswer = Type.Object({
  key: Type.String({ description: 'The column’s name in typed formats, filters and sorting.' }),
  title: Type.String({ description: 'The column’s header in CSV files.' }),
  type: Type.Enum(Object.keys(UNITS) as ColumnType[]),
  unit: Type.Union([Type.String(), Type.Null()], { description: 'min or %; null if none.' }),
  meaning: Type.String(),
  formula: Type.String({ description: 'How it is computed from other columns and times.' }),
  evidence: Type.Enum(['published row', 'published name', 'our choice'], {
    description:
      'Why the formula is right. published row: it reproduces the values of a published report row; published name: the column’s ' +
      'name implies it; our choice: nothing is published.',
  }),
  isBeyond: Type.Boolean({ description: 'True: not one of RingCentral’s 39 columns; only in typed formats.' }),
  operators: Type.Array(Type.Enum([...OPERATORS]), {
    description: 'Operators for filters. If there are none, the report cannot be filtered or sorted by this column.',
  }),
});

const schema = {
  tags: ['Report'],
  summary: 'The columns of the report',
  description: 'The 39 columns in the order of the report, then those that only typed formats have.',
  params: Type.Object({ reportType: Type.String() }),
  response: { 200: Type.Array(ColumnAnswer) },
};

export async function reportColumnsRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  signedInScope(app, context).get('/reports/:reportType/columns', { schema }, async ({ params: { reportType } }) => {
    requireReportType(reportType);
    return [...COLUMNS.map(columnAnswer(false)), ...EXTRA_COLUMNS.map(columnAnswer(true))];
  });
}

const columnAnswer =
  (isBeyond: boolean) =>
  ({ key, header, type, meaning, formula, evidence }: Column) => ({
    key,
    title: header,
    type,
    unit: UNITS[type],
    meaning,
    formula,
    evidence,
    isBeyond,
    operators: operatorsFor(type),
  });
