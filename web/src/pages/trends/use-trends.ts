// The lines of a chart from the server's sums: one for each of the largest groups, one for the others or for all.
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';
import type { SelectionCriteria } from '../../parts/selection/selection-fields.ts';
import { isAdditive, type Measure } from './measures.ts';
import type { TrendPeriod } from './periods.ts';
import type { Period, Split } from './trend-fields.ts';

type Call = paths['/api/v1/admin/accounts/{accountId}/trends']['post'];
type Row = Call['responses'][200]['content']['application/json']['rows'][number];
type Dimension = Call['requestBody']['content']['application/json']['by'][number];

/** More lines cannot be told apart. */
export const MOST_LINES = 6;

export interface TrendLine {
  /** Empty for «all» and «others». */
  id: string;
  name: string;
  kind: 'group' | 'others' | 'all';
  /** One for each period; undefined: nobody was logged in, so there is no rate. */
  values: readonly (number | undefined)[];
  /** Of the whole range; undefined where there is no rate. */
  total: number | undefined;
}

interface Asked {
  accountId: string;
  criteria: SelectionCriteria;
  measure: Measure;
  period: Period;
  split: Split;
  periods: readonly TrendPeriod[];
}

export function useTrends({ accountId, criteria, measure, period, split, periods }: Asked) {
  const groups = useTrendRows(accountId, criteria, split === 'none' ? [] : [split]);
  const ranked = split === 'none' ? [] : largest(groups.data ?? [], measure);
  const ids = ranked.map(row => idOf(row, split));
  const bySplit = split === 'none' ? [] : [split];
  const own = useTrendRows(accountId, narrowed(criteria, split, ids), [period, ...bySplit], ids.length > 0);
  const whole = useTrendRows(accountId, criteria, [period]);
  const total = useTrendRows(accountId, criteria, []);
  const queries = [groups, whole, total, ...(ids.length > 0 ? [own] : [])];
  const error = queries.map(query => query.error).find(Boolean) ?? undefined;
  const isComplete = queries.every(query => query.data !== undefined);
  const pointOf = (row: Row | undefined) =>
    row === undefined ? (isAdditive(measure) ? 0 : undefined) : numberOf(row, measure);
  const along = (rows: readonly Row[]) => {
    const byPeriod = new Map(rows.map(row => [String(row[period]), row]));
    return periods.map(({ key }) => pointOf(byPeriod.get(key)));
  };
  const lines = ranked.map(
    (row, nth): TrendLine => ({
      id: ids[nth] as string,
      name: nameOf(row, split),
      kind: 'group',
      total: numberOf(row, measure),
      values: along((own.data ?? []).filter(point => idOf(point, split) === ids[nth])),
    }),
  );
  const all: TrendLine = {
    id: '',
    name: 'All',
    kind: 'all',
    total: pointOf(total.data?.[0]),
    values: along(whole.data ?? []),
  };
  const hidden = (groups.data?.length ?? 0) - ranked.length;
  return {
    error,
    isComplete,
    hasSessions: (total.data?.length ?? 0) > 0,
    retry: () => {
      for (const query of queries) if (query.error) query.refetch();
    },
    lines: split === 'none' ? [all] : [...lines, ...rest(lines, all, hidden, measure)],
    /** For the table's last column. */
    all,
  };
}

function useTrendRows(accountId: string, criteria: SelectionCriteria, by: readonly Dimension[], enabled = true) {
  const body = { reportCriteria: criteria, by: [...by] };
  return useQuery({
    queryKey: ['/api/v1/admin/accounts/trends', accountId, body],
    queryFn: async () => {
      const call = api.POST('/api/v1/admin/accounts/{accountId}/trends', {
        params: { path: { accountId } },
        body,
      });
      return (await answerOf(call)).rows;
    },
    enabled,
  });
}

/** Criteria that select only these groups. */
function narrowed(criteria: SelectionCriteria, split: Split, ids: string[]): SelectionCriteria {
  const lists = { team: 'agentTeams', agentGroup: 'agentGroupIds', agent: 'agentIds', account: 'accountIds' };
  return split === 'none' ? criteria : { ...criteria, [lists[split]]: ids };
}

function largest(rows: readonly Row[], measure: Measure): Row[] {
  // Rates of short logins are high by chance: the longest logged in come first.
  const size = (row: Row) => (measure.isRate ? row.loginTime : numberOf(row, measure));
  return rows.toSorted((a, b) => (size(b) ?? 0) - (size(a) ?? 0)).slice(0, MOST_LINES);
}

/** The line after the groups: the others where sums make sense, else all. */
function rest(lines: readonly TrendLine[], all: TrendLine, hidden: number, measure: Measure): TrendLine[] {
  if (!isAdditive(measure)) return [all];
  if (hidden <= 0) return [];
  const less = (value: number | undefined, parts: readonly (number | undefined)[]) =>
    parts.reduce<number>((left, part) => left - hundredths(part), hundredths(value)) / 100;
  return [
    {
      id: '',
      name: `${hidden} others`,
      kind: 'others',
      values: all.values.map((value, nth) =>
        less(
          value,
          lines.map(line => line.values[nth]),
        ),
      ),
      total: less(
        all.total,
        lines.map(line => line.total),
      ),
    },
  ];
}

const hundredths = (value: number | undefined) => Math.round(100 * (value ?? 0));

const numberOf = (row: Row, { key }: Measure): number | undefined => row[key as keyof Row] as number | undefined;

const ID_KEYS = {
  none: '',
  team: 'team',
  agentGroup: 'agentGroupId',
  agent: 'agentId',
  account: 'accountId',
};
const idOf = (row: Row, split: Split): string => String(row[ID_KEYS[split] as keyof Row] ?? '');

function nameOf(row: Row, split: Split): string {
  if (split === 'agent') return `${row.firstName ?? ''} ${row.lastName ?? ''}`.trim() || idOf(row, split);
  if (split === 'agentGroup') return row.agentGroupName || idOf(row, split) || 'No group';
  return idOf(row, split);
}
