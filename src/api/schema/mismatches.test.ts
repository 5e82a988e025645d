// One message per invalid field, however many alternatives its schema has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { mismatches } from './mismatches.ts';
import { ReportBody } from '../report/report-request.ts';
import { nullish } from './schema.ts';

const CASES: [name: string, value: unknown, expected: Record<string, string>][] = [
  ['nothing', {}, {}],
  [
    'a value of a list',
    { delimiter: 'SPACE' },
    { delimiter: "must be one of 'COMMA', 'PIPE', 'TAB', 'EXCEL', 'HTML', '' or null" },
  ],
  [
    'a flag',
    { compressReport: 'ja' },
    { compressReport: "must be one of true, false, '', 'true', 'false', '0', '1', 0, 1 or null" },
  ],
  ['a text', { reportCriteria: { startTimestamp: 5 } }, { 'reportCriteria.startTimestamp': 'must be a text or null' }],
  [
    'an item of a list',
    { reportCriteria: { agentIds: ['1', {}] } },
    { 'reportCriteria.agentIds.1': 'must be a text or a number' },
  ],
  [
    'no list',
    { reportCriteria: { agentIds: 1 } },
    { 'reportCriteria.agentIds': "must be '', a list (each a text or a number) or null" },
  ],
  ['a number', { maxRows: -1 }, { maxRows: 'must be a whole number of at least 0, a number as text or null' }],
  ['no object', { reportCriteria: 'all' }, { reportCriteria: 'must be an object or null' }],
  ['no body', [], { '': 'must be an object' }],
  [
    'several',
    {
      delimiter: 'SPACE',
      reportCriteria: { filters: [{ operator: 'IN' }], sort: [{ column: 'x', direction: 'UP' }] },
    },
    {
      delimiter: "must be one of 'COMMA', 'PIPE', 'TAB', 'EXCEL', 'HTML', '' or null",
      'reportCriteria.filters.0.column': 'is missing: it must be a text of at most 200 characters',
      'reportCriteria.sort.0.direction': "must be one of 'ASC', 'DESC' or null",
    },
  ],
];

for (const [name, value, expected] of CASES) {
  test(`of a report request: ${name}`, () => {
    const found = [...mismatches(ReportBody, value)].map(({ path, message }) => [path.join('.'), message]);
    assert.deepEqual(Object.fromEntries(found), expected);
    assert.equal(found.length, Object.keys(expected).length);
  });
}

const KINDS: [schema: Type.TSchema, expected: string][] = [
  [Type.String({ minLength: 1, maxLength: 9 }), 'must be a text of 1 to 9 characters'],
  [Type.String({ pattern: '^a$' }), 'must be a text of the form ^a$'],
  [Type.Integer({ minimum: 1, maximum: 500 }), 'must be a whole number from 1 to 500'],
  [
    Type.Array(Type.Enum(['a', 'b']), { maxItems: 2, uniqueItems: true }),
    "must be a list of at most 2 items without repetition (each one of 'a' or 'b')",
  ],
  [Type.Literal('Bearer'), "must be 'Bearer'"],
  [nullish(Type.Boolean()), 'must be one of true, false or null'],
];

for (const [schema, expected] of KINDS) {
  test(expected, () => {
    const [mismatch, ...others] = mismatches(schema, Number.NaN);
    assert.deepEqual([mismatch?.message, others], [expected, []]);
  });
}
