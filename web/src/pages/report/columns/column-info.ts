// The report's columns as the API explains them, and which of them the table shows by itself, how wide.
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

/** Who and when come first, since they stay in sight. */
const FIRST = ['lastName', 'firstName', 'loginDts', 'logoutDts', 'endReason'];

/** The 39 columns, and how each session ended. */
export function shownByItself(columns: readonly ColumnInfo[]): string[] {
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

/** The title without its unit, which stands below it. */
export const shortTitle = ({ title }: ColumnInfo): string => title.replace(/ \(min\)$/, '');

/** In CSS pixels: the title takes two lines at most, and no word of it is broken. */
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
  'published row': 'It gives the values of a row that RingCentral has published.',
  'published name': 'RingCentral publishes the name, which says it; no formula is published.',
  'our choice': 'Nothing is published: the meaning is Offhook’s decision.',
};
export const evidenceText = (evidence: string): string => EVIDENCE[evidence] ?? evidence;
