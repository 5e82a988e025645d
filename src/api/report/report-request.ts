// The body of a `reportsStreaming` request into criteria: unknown fields are ignored, known ones are checked.
import { type Static, Type } from 'typebox';
import { UserError } from '../../errors.ts';
import type { ReportCriteria } from '../../report/query/criteria.ts';
import type { FormatName } from '../../report/formats/formats.ts';
import { SELECTION, selectionAsked } from './report-selection.ts';
import { absent } from '../schema/schema.ts';

const REPORT_TYPE = 'CASPER_REPORT';
export const REPORT_NAME = 'Agent_Session_Report_Raw';

/** Ids come as numbers or texts; where there are none, as an empty list, an empty text or null. */
const ids = (description: string) =>
  absent(Type.Union([Type.Array(Type.Union([Type.String(), Type.Number()])), Type.Literal('')]), {
    description: `${description} As numbers or texts; empty: all.`,
  });
/** RingCentral's clients write true as true, 'true' or 1, and false as an empty text, too. */
const flag = (description: string) =>
  absent(Type.Union([Type.Boolean(), Type.Enum(['', 'true', 'false', '0', '1']), Type.Enum([0, 1])]), {
    description,
  });
const words = (values: readonly string[], description: string) => absent(Type.Enum([...values, '']), { description });
const text = (description: string) => absent(Type.String(), { description });

const Schedule = Type.Object({
  repeatOption: words(
    ['ONCE', 'SINGLE', 'MINUTE', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'CALENDAR', 'YEARLY'],
    'Checked, without effect: each request is answered once.',
  ),
});

export const Criteria = Type.Object({
  criteriaType: words(['CASPER_CRITERIA'], 'Checked, without effect.'),
  reportName: text(`${REPORT_NAME}.`),
  startTimestamp: text(
    'First login, `2020-04-22 00:00:00` with or without a fraction, in the time zone; absent: today.',
  ),
  endTimestamp: text('Last login, included at the precision given.'),
  timezoneName: text('A name of the tz database; absent: the account’s.'),
  returnType: words(
    ['CSV', 'XML', 'JSON', 'NDJSON', 'XLSX', 'PARQUET'],
    'CSV if absent; those after XML are Offhook’s own, with typed values and columns beyond the 39.',
  ),
  agentIds: ids('Agents.'),
  agentGroupIds: ids('Groups that the agents are in as of the login.'),
  agentTeams: ids('Teams that the agents are in as of the login.'),
  accountIds: ids('Accounts that the user may read; empty means the one in the address.'),
  rollupAgent: flag('True: one row for each agent instead of each session.'),
  schedule: absent(Schedule),
  ...SELECTION,
});

/** The request as RingCentral's documentation shows it. */
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
    reportId: Type.Optional(Type.Unknown({ description: 'Accepted, without effect.' })),
    destination: Type.Optional(Type.Null({ description: 'null: the report is the answer’s body.' })),
    delimiter: words(
      ['COMMA', 'PIPE', 'TAB', 'EXCEL', 'HTML'],
      'How a CSV is written: EXCEL is a workbook, HTML a page with a table.',
    ),
    reportType: words([REPORT_TYPE], 'Which report; absent: this one.'),
    reportTypeName: text(`${REPORT_NAME}.`),
    compressReport: flag('True: the report comes as a zip that holds it as a file.'),
    maxRows: absent(
      Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^\\d{0,15}$', title: 'a number as a text' })]),
      {
        description: 'At most so many rows, the first by login; 0 or absent: all.',
      },
    ),
    reportCriteria: absent(Criteria),
  },
  { examples: [REPORT_EXAMPLE] },
);
export type ReportBody = Static<typeof ReportBody>;

/** Criteria whose zone may still be the account's, and how the report is packed. */
export type AskedReport = Omit<ReportCriteria, 'timezone' | 'visibleGroups'> & {
  timezone: string | undefined;
  format: FormatName;
  isZipped: boolean;
  /** Of the file, without extension. */
  fileName: string;
};

export function reportAsked(body: ReportBody, accountId: string): AskedReport {
  const criteria = body.reportCriteria ?? {};
  const accountIds = texts(criteria.accountIds);
  return {
    accountIds: accountIds.length > 0 ? accountIds : [accountId],
    start: criteria.startTimestamp || undefined,
    end: criteria.endTimestamp || undefined,
    timezone: criteria.timezoneName || undefined,
    agentIds: texts(criteria.agentIds),
    agentGroupIds: texts(criteria.agentGroupIds),
    agentTeams: texts(criteria.agentTeams),
    maxRows: Number(body.maxRows) || undefined,
    rollupAgent: isTrue(criteria.rollupAgent),
    ...selectionAsked(criteria),
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

/** The delimiter tells the kind of text where the return type is CSV, RingCentral's default. */
function formatOf(delimiter: string, returnType: string): FormatName {
  return returnType === 'CSV'
    ? BY_DELIMITER[delimiter as keyof typeof BY_DELIMITER]
    : BY_RETURN_TYPE[returnType as keyof typeof BY_RETURN_TYPE];
}

/** @throws UserError UNKNOWN_REPORT_TYPE for neither type of the report */
export function requireReportType(reportType: string): void {
  const served = [REPORT_TYPE, REPORT_NAME];
  if (!served.includes(reportType)) throw unknownReport([['reportType', reportType, served]]);
}

/**
 * A hook before a body is checked: of a request for another report, only that is said, not what its other fields must be here.
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

/** A field, the report that it names, and what it may name. */
type NamedReport = [attributeName: string, name: unknown, served: string[]];

function unknownReport(named: readonly NamedReport[]): UserError {
  return new UserError(
    'UNKNOWN_REPORT_TYPE',
    `There is no report '${named[0]?.[1]}'.`,
    `One report is served: reportType ${REPORT_TYPE}, reportTypeName ${REPORT_NAME}.`,
    named.map(([attributeName, value, served]) => ({
      attributeName,
      message: `must be ${served.map(name => `'${name}'`).join(' or ')}`,
      value,
    })),
  );
}
