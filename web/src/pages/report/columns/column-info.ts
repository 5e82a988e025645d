// The report's columns as the API describes them; which ones are shown by default, and how wide.
import { useSuspenseQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';

export interface ColumnInfo {
  key: string;
  title: string;
  type: 'text' | 'dts' | 'count' | 'minutes' | 'percent' | 'labels';
  unit: string | null;
  meaning: string;
  formula: string;
  evidence: string;
  isBeyond: boolean;
  operators: readonly string[];
}

export function useColumns(): readonly ColumnInfo[] {
  const { data } = useSuspenseQuery({
    queryKey: ['/api/v1/reports/columns'],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/reports/{reportType}/columns', {
          params: { path: { reportType: 'Agent_Session_Report_Raw' } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

/** First, since the first columns stay in view. */
const FIRST = ['lastName', 'firstName', 'loginDts', 'logoutDts', 'endReason'];

/** The 39 columns of the report, and how each session ended. */
export function defaultColumns(columns: readonly ColumnInfo[]): string[] {
  const rest = columns.filter(({ key, isBeyond }) => !isBeyond && !FIRST.includes(key));
  return [...FIRST, ...rest.map(({ key }) => key)];
}

const WIDTHS: Readonly<Record<string, number>> = {
  lastName: 132,
  firstName: 120,
  username: 230,
  phone: 148,
  team: 150,
  endReason: 130,
  dialGroup: 150,
  stateLabels: 280,
};

/** The title without its unit, which is shown below it. */
export const shortTitle = ({ title }: ColumnInfo): string => title.replace(/ \(min\)$/, '');

/** In CSS pixels: the title takes at most two lines, without breaking a word. */
export function widthOf(info: ColumnInfo): number {
  const { key, type } = info;
  const known = WIDTHS[key] ?? (type === 'dts' ? 176 : type === 'text' ? 128 : undefined);
  if (known !== undefined) return known;
  const title = shortTitle(info);
  const longest = Math.max(...title.split(' ').map(word => word.length), Math.ceil(title.length / 2));
  return Math.max(88, Math.round(longest * 7.6) + 52);
}

export const isNumber = ({ type }: ColumnInfo): boolean => type === 'count' || type === 'minutes' || type === 'percent';

const EVIDENCE: Readonly<Record<string, string>> = {
  'published row': 'Confirmed: it reproduces a row that RingCentral has published.',
  'published name': 'Derived from the name that RingCentral publishes; no formula is published.',
  'our choice': 'Defined by Offhook; RingCentral publishes nothing about it.',
};
export const evidenceText = (evidence: string): string => EVIDENCE[evidence] ?? evidence;
