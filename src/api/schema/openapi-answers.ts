// Adds to the OpenAPI document what all calls share: error answers, and examples of path parameters.
import { STATUS_CODES } from 'node:http';
import { Type } from 'typebox';
import { ERROR_CODES } from '../../errors.ts';

interface Operation {
  parameters?: { in: string; name: string; example?: unknown }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
  /** Undefined: any credentials of a user; empty: no credentials. */
  security?: object[];
  tags?: string[];
}

interface Document {
  components?: { schemas?: object; responses?: object };
  paths?: Record<string, Record<string, Operation>>;
}

const ErrorBody = Type.Object(
  {
    errorCode: Type.String({ description: 'One of the codes in docs/errors.md.', examples: ['INVALID_REQUEST'] }),
    generalMessage: Type.String({ description: 'What is wrong and where.' }),
    details: Type.Optional(Type.String({ description: 'How to fix it.' })),
    developerMessage: Type.Optional(Type.String({ description: 'What the code means.' })),
    requestUri: Type.Optional(Type.String()),
    timestamp: Type.Integer({ description: 'Milliseconds since 1970, UTC.' }),
    validationErrors: Type.Optional(
      Type.Array(
        Type.Object({
          attributeName: Type.String({ description: 'The field, such as reportCriteria.returnType.' }),
          message: Type.String({ description: 'What the value must be.' }),
          value: Type.Optional(Type.Unknown({ description: 'The value that was sent.' })),
        }),
      ),
    ),
    error: Type.Optional(
      Type.String({ description: 'The error code of OAuth 2.0 (RFC 6749), only in answers of /restapi/oauth.' }),
    ),
    error_description: Type.Optional(Type.String()),
  },
  { description: 'The format of all errors.' },
);

/** Example values of path parameters. Others refer to fields of earlier answers, such as `$viewId`. */
const PATH_EXAMPLES: Readonly<Record<string, string>> = {
  accountId: '15300002',
  source: 'ringcx',
  reportType: 'CASPER_REPORT',
  loginSessionId: '111222333',
  columnKey: 'loginTime',
  username: 'payroll',
  token: '$apiToken',
};

/** Adds the shared answers and examples to the document. */
export function withCommonAnswers<T extends object>(openApi: T): T {
  const document = openApi as Document;
  document.components = {
    ...document.components,
    schemas: { Error: ErrorBody },
    responses: Object.fromEntries(STATUSES.map(status => [`Error${status}`, errorAnswer(status)])),
  };
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      for (const status of errorStatuses(method, path, operation)) {
        operation.responses[status] ??= { $ref: `#/components/responses/Error${status}` };
      }
      for (const parameter of operation.parameters ?? []) {
        if (parameter.in === 'path') parameter.example ??= PATH_EXAMPLES[parameter.name] ?? `$${parameter.name}`;
      }
    }
  }
  return openApi;
}

const STATUSES = [...new Set(Object.values(ERROR_CODES).map(({ status }) => status))]
  .filter(status => status >= 400)
  .concat(500 as never)
  .sort();

function errorAnswer(status: number) {
  const json = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  const expired = { 'text/plain': { schema: Type.Literal('Jwt is expired') } };
  return { description: STATUS_CODES[status], content: { ...json, ...(status === 401 && expired) } };
}

/** The error statuses that a call may return. */
function errorStatuses(method: string, path: string, operation: Operation): number[] {
  const { parameters = [], requestBody, security, tags = [] } = operation;
  const hasCredentials = security?.length !== 0 || tags.includes('Sign-in');
  const isUsers = security === undefined;
  const may: [number, boolean][] = [
    [400, parameters.length > 0 || requestBody !== undefined],
    [401, hasCredentials],
    [403, isUsers],
    [404, path.includes('{')],
    [409, isUsers && method !== 'get'],
    [413, requestBody !== undefined],
    [415, requestBody !== undefined],
    [429, hasCredentials],
    [500, true],
    [503, true],
  ];
  return may.filter(([, isPossible]) => isPossible).map(([status]) => status);
}
