// The report's columns as a person reads about them: what each means, how it is computed and what that rests on.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { COLUMNS, type Column, type ColumnType } from '../../report/columns/columns.ts';
import { EXTRA_COLUMNS } from '../../report/columns/extra-columns.ts';
import { OPERATORS, operatorsFor } from '../../report/query/selection.ts';
import type { ApiContext } from '../context.ts';
import { signedIn } from '../guard.ts';
import { requireReportType } from './report-request.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const UNITS: Readonly<Record<ColumnType, string | null>> = {
  text: null,
  dts: null,
  count: null,
  minutes: 'min',
  percent: '%',
  labels: 'min',
};

const ColumnAnswer = Type.Object({
  key: Type.String({ description: 'Name in typed formats, filters and sort.' }),
  title: Type.String({ description: 'Header of the CSV.' }),
  type: Type.Enum(Object.keys(UNITS) as ColumnType[]),
  unit: Type.Union([Type.String(), Type.Null()], { description: 'min or %; null: none.' }),
  meaning: Type.String(),
  formula: Type.String({ description: 'In the words of the other columns.' }),
  evidence: Type.Enum(['published row', 'published name', 'our choice'], {
    description:
      'published row: the formula gives the values of a public report row; published name: the name says it; our choice: ' +
      'nothing is published.',
  }),
  isBeyond: Type.Boolean({ description: 'Not one of the 39: only in typed formats.' }),
  operators: Type.Array(Type.Enum([...OPERATORS]), {
    description: 'Of filters; none: not to filter or sort by.',
  }),
});

const schema = {
  tags: ['Report'],
  summary: 'The report’s columns, explained',
  description: 'The 39 columns in their order, then those that only typed formats show.',
  params: Type.Object({ reportType: Type.String() }),
  response: { 200: Type.Array(ColumnAnswer) },
};

export async function reportColumnsRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  app.addHook('onRequest', signedIn(context));
  app
    .withTypeProvider<SchemaTypes>()
    .get('/reports/:reportType/columns', { schema }, async ({ params: { reportType } }) => {
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
