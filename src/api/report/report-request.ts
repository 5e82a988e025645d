// The body of a `reportsStreaming` request: its schema, and its criteria and format.
import { type Static, Type } from 'typebox';
import { UserError } from '../../errors.ts';
import type { ReportCriteria } from '../../report/query/criteria.ts';
import type { FormatName } from '../../report/formats/formats.ts';
import type { Packaging } from './report-answer.ts';
import { parseSelection, SELECTION } from './report-selection.ts';
import { nullish } from '../schema/schema.ts';

const REPORT_TYPE = 'CASPER_REPORT';
export const REPORT_NAME = 'Agent_Session_Report_Raw';

/** Clients send ids as numbers or text, and no ids as an empty list, empty text or null. */
const ids = (description: string) =>
  nullish(Type.Union([Type.Array(Type.Union([Type.String(), Type.Number()])), Type.Literal('')]), {
    description: `${description} As numbers or text; empty: all.`,
  });
/** RingCentral's clients send true as true, 'true' or 1, and false also as empty text. */
const flag = (description: string) =>
  nullish(Type.Union([Type.Boolean(), Type.Enum(['', 'true', 'false', '0', '1']), Type.Enum([0, 1])]), {
    description,
  });
const words = (values: readonly string[], description: string) => nullish(Type.Enum([...values, '']), { description });
const text = (description: string) => nullish(Type.String(), { description });

const Schedule = Type.Object({
  repeatOption: words(
    ['ONCE', 'SINGLE', 'MINUTE', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'CALENDAR', 'YEARLY'],
    'Must be valid, but has no effect: each request is answered once.',
  ),
});

export const Criteria = Type.Object({
  criteriaType: words(['CASPER_CRITERIA'], 'Must be valid, but has no effect.'),
  reportName: text(`${REPORT_NAME}.`),
  startTimestamp: text(
    'Earliest login, such as `2020-04-22 00:00:00`, with or without a fraction, in the time zone. Default: today.',
  ),
  endTimestamp: text('Latest login, included at the given precision.'),
  timezoneName: text('A name in the tz database. Default: the account’s time zone.'),
  returnType: words(
    ['CSV', 'XML', 'JSON', 'NDJSON', 'XLSX', 'PARQUET'],
    'Default: CSV. JSON, NDJSON, XLSX and PARQUET are Offhook’s own, with typed values and more than the 39 columns.',
  ),
  agentIds: ids('Agents.'),
  agentGroupIds: ids('Agent groups of the agents at login.'),
  agentTeams: ids('Teams of the agents at login.'),
  accountIds: ids('Accounts that the user may read; empty means the one in the address.'),
  rollupAgent: flag('True: one row per agent instead of one per session.'),
  schedule: nullish(Schedule),
  ...SELECTION,
});

/** The example in RingCentral's documentation. */
export const REPORT_EXAMPLE = {
  reportId: null,
  destination: null,
  delimiter: 'COMMA',
  reportType: REPORT_TYPE,
  reportTypeName: REPORT_NAME,
  compressReport: false,
  maxRows: 0,
  reportCriteria: {
    criteriaType: 'CASPER_CRITERIA',
    reportName: REPORT_NAME,
    startTimestamp: '2020-04-27 00:00:00.0000',
    endTimestamp: '2020-04-27 23:59:59.0000',
    timezoneName: 'US/Arizona',
    returnType: 'CSV',
    agentIds: [],
    agentGroupIds: [],
    agentTeams: [],
    accountIds: [],
    rollupAgent: '',
    schedule: { repeatOption: 'ONCE' },
  },
};

export const ReportBody = Type.Object(
  {
    reportId: Type.Optional(Type.Unknown({ description: 'Ignored.' })),
    destination: Type.Optional(Type.Null({ description: 'Must be null: the report is the body of the answer.' })),
    delimiter: words(
      ['COMMA', 'PIPE', 'TAB', 'EXCEL', 'HTML'],
      'How the return type CSV is written; EXCEL is a workbook, HTML a page with a table.',
    ),
    reportType: words([REPORT_TYPE], 'The report; the only one.'),
    reportTypeName: text(`${REPORT_NAME}.`),
    compressReport: flag('True: the report is sent as a file in a zip archive.'),
    maxRows: nullish(
      Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^\\d{0,15}$', title: 'a number as text' })]),
      {
        description: 'Maximum number of rows, earliest logins first. Default, or 0: all.',
      },
    ),
    reportCriteria: nullish(Criteria),
  },
  { examples: [REPORT_EXAMPLE] },
);
export type ReportBody = Static<typeof ReportBody>;

/** The criteria in a request. Without a time zone, the account's is used. */
export type RequestedCriteria = Omit<ReportCriteria, 'timezone' | 'visibleGroups'> & { timezone: string | undefined };

/** @param accountId the account in the address */
export function parseCriteria({ reportCriteria, maxRows }: ReportBody, accountId: string): RequestedCriteria {
  const criteria = reportCriteria ?? {};
  const accountIds = texts(criteria.accountIds);
  return {
    accountIds: accountIds.length > 0 ? accountIds : [accountId],
    start: criteria.startTimestamp || undefined,
    end: criteria.endTimestamp || undefined,
    timezone: criteria.timezoneName || undefined,
    agentIds: texts(criteria.agentIds),
    agentGroupIds: texts(criteria.agentGroupIds),
    agentTeams: texts(criteria.agentTeams),
    maxRows: Number(maxRows) || undefined,
    rollupAgent: isTrue(criteria.rollupAgent),
    ...parseSelection(criteria),
  };
}

export function parsePackaging(body: ReportBody): Omit<Packaging, 'acceptEncoding'> {
  const criteria = body.reportCriteria ?? {};
  return {
    format: formatOf(body.delimiter || 'COMMA', criteria.returnType || 'CSV'),
    isZipped: isTrue(body.compressReport),
    fileName: [REPORT_NAME, dayOf(criteria.startTimestamp), dayOf(criteria.endTimestamp)].filter(Boolean).join('_'),
  };
}

const texts = (list: readonly (string | number)[] | '' | null | undefined): string[] => (list || []).map(String);
const isTrue = (value: unknown): boolean => [true, 'true', '1', 1].includes(value as string);
const dayOf = (timestamp: string | null | undefined) => /^\d{4}-\d\d-\d\d/.exec(timestamp ?? '')?.[0];

const BY_DELIMITER = { COMMA: 'csv', PIPE: 'pipe', TAB: 'tab', EXCEL: 'excel', HTML: 'html' } as const;
const BY_RETURN_TYPE = {
  XML: 'xml',
  JSON: 'json',
  NDJSON: 'ndjson',
  XLSX: 'xlsx',
  PARQUET: 'parquet',
} as const;

/** With the return type CSV, RingCentral's default, the delimiter chooses the format. */
function formatOf(delimiter: string, returnType: string): FormatName {
  return returnType === 'CSV'
    ? BY_DELIMITER[delimiter as keyof typeof BY_DELIMITER]
    : BY_RETURN_TYPE[returnType as keyof typeof BY_RETURN_TYPE];
}

/** @throws UserError UNKNOWN_REPORT_TYPE */
export function requireReportType(reportType: string): void {
  const served = [REPORT_TYPE, REPORT_NAME];
  if (!served.includes(reportType)) throw unknownReport([['reportType', reportType, served]]);
}

/**
 * A hook before the body is validated, so that a request for another report gets this error and no others.
 * @throws UserError UNKNOWN_REPORT_TYPE (by the request)
 */
export async function requireServedReport({ body }: { body: unknown }): Promise<void> {
  const { reportType, reportTypeName, reportCriteria } = fieldsOf(body);
  const named: NamedReport[] = [
    ['reportType', reportType, [REPORT_TYPE]],
    ['reportTypeName', reportTypeName, [REPORT_NAME]],
    ['reportCriteria.reportName', fieldsOf(reportCriteria).reportName, [REPORT_NAME]],
  ];
  const unknown = named.filter(([, name, served]) => typeof name === 'string' && name !== '' && !served.includes(name));
  if (unknown.length > 0) throw unknownReport(unknown);
}

const fieldsOf = (value: unknown): Record<string, unknown> => Object(value);

/** A field, the report that it names, and the names that it may have. */
type NamedReport = [attributeName: string, name: unknown, served: string[]];

function unknownReport(named: readonly NamedReport[]): UserError {
  return new UserError(
    'UNKNOWN_REPORT_TYPE',
    `The report '${named[0]?.[1]}' does not exist.`,
    `The only report has the reportType ${REPORT_TYPE} and the reportTypeName ${REPORT_NAME}.`,
    named.map(([attributeName, value, served]) => ({
      attributeName,
      message: `must be ${served.map(name => `'${name}'`).join(' or ')}`,
      value,
    })),
  );
}
