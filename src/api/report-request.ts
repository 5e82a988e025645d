// The body of a `reportsStreaming` request into criteria: unknown fields are ignored, known ones are checked.
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { UserError, type ValidationError } from '../errors.ts';
import type { ReportCriteria } from '../report/criteria.ts';
import type { FormatName } from '../report/formats/formats.ts';

const REPORT_NAME = 'Agent_Session_Report_Raw';

const absent = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
/** Ids come as numbers or texts; where there are none, as an empty list, an empty text or null. */
const Ids = absent(Type.Union([Type.Array(Type.Union([Type.String(), Type.Number()])), Type.Literal('')]));

const ReportBody = Type.Object({
  reportType: absent(Type.Literal('CASPER_REPORT')),
  reportTypeName: absent(Type.String()),
  delimiter: absent(Type.Enum(['COMMA', 'PIPE', 'TAB', 'EXCEL', 'HTML', ''])),
  reportCriteria: absent(
    Type.Object({
      criteriaType: absent(Type.String()),
      reportName: absent(Type.String()),
      startTimestamp: absent(Type.String()),
      endTimestamp: absent(Type.String()),
      timezoneName: absent(Type.String()),
      returnType: absent(Type.Enum(['CSV', 'XML', 'JSON', 'NDJSON', 'XLSX', 'PARQUET', ''])),
      agentIds: Ids,
      agentGroupIds: Ids,
      agentTeams: Ids,
      accountIds: Ids,
    }),
  ),
});
type ReportBody = Static<typeof ReportBody>;

/** Criteria whose zone may still be the account's. */
export type AskedReport = Omit<ReportCriteria, 'timezone'> & {
  timezone: string | undefined;
  format: FormatName;
};

/** @throws UserError INVALID_JSON, INVALID_REQUEST, UNKNOWN_REPORT_TYPE */
export function readReportRequest(text: string, accountId: string): AskedReport {
  const body = checkedBody(text);
  const criteria = body.reportCriteria ?? {};
  for (const name of [body.reportTypeName, criteria.reportName]) {
    if (name && name !== REPORT_NAME) throw unknownReport(name);
  }
  const accountIds = texts(criteria.accountIds);
  return {
    accountIds: accountIds.length > 0 ? accountIds : [accountId],
    start: criteria.startTimestamp || undefined,
    end: criteria.endTimestamp || undefined,
    timezone: criteria.timezoneName || undefined,
    agentIds: texts(criteria.agentIds),
    agentGroupIds: texts(criteria.agentGroupIds),
    agentTeams: texts(criteria.agentTeams),
    format: formatOf(body.delimiter || 'COMMA', criteria.returnType || 'CSV'),
  };
}

function checkedBody(text: string): ReportBody {
  const body = parse(text);
  if (Value.Check(ReportBody, body)) return body;
  const errors = Value.Errors(ReportBody, body).map(({ instancePath, message }) => ({
    attributeName: instancePath.slice(1).replaceAll('/', '.'),
    message,
    value: valueAt(body, instancePath),
  }));
  const [first] = errors;
  throw new UserError(
    'INVALID_REQUEST',
    `The field ${first?.attributeName || '(the body)'} is not as it must be: ${first?.message}.`,
    'Mend the fields named in validationErrors.',
    errors satisfies ValidationError[],
  );
}

function parse(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UserError(
      'INVALID_JSON',
      `The body is not JSON: ${(error as Error).message}`,
      'Send the criteria as one JSON object.',
    );
  }
}

function valueAt(body: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}

const texts = (ids: readonly (string | number)[] | '' | null | undefined): string[] =>
  (ids || []).map(String);

const BY_DELIMITER = { COMMA: 'csv', PIPE: 'pipe', TAB: 'tab', EXCEL: 'xlsx', HTML: 'html' } as const;
const BY_RETURN_TYPE = {
  XML: 'xml',
  JSON: 'json',
  NDJSON: 'ndjson',
  XLSX: 'xlsx',
  PARQUET: 'parquet',
} as const;

/** The delimiter tells the kind of text where the return type is CSV, RingCentral's default. */
function formatOf(
  delimiter: keyof typeof BY_DELIMITER,
  returnType: 'CSV' | keyof typeof BY_RETURN_TYPE,
): FormatName {
  return returnType === 'CSV' ? BY_DELIMITER[delimiter] : BY_RETURN_TYPE[returnType];
}

function unknownReport(name: string): UserError {
  return new UserError('UNKNOWN_REPORT_TYPE', `There is no report '${name}'.`, `Ask for ${REPORT_NAME}.`, [
    { attributeName: 'reportTypeName', message: `must be ${REPORT_NAME}`, value: name },
  ]);
}
