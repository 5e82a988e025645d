// The address of the report that shows the sessions of a trend's point.
import type { TrendPeriod } from './periods.ts';
import type { Split } from './trend-fields.ts';
import type { TrendLine } from './use-trends.ts';

/** The report's parameter for each split. */
const FIELDS = { none: '', team: 'team', agentGroup: 'group', agent: 'agent', account: 'account' } as const;

/** @param search of the trends page @param period undefined: the whole range @param line undefined: all sessions */
export function reportAddress(
  search: URLSearchParams,
  split: Split,
  period: TrendPeriod | undefined,
  line: TrendLine | undefined,
): string {
  const asked = new URLSearchParams(search);
  for (const name of ['measure', 'per', 'by', 'rollup', 'sort', 'filter']) asked.delete(name);
  if (period?.days !== undefined) {
    asked.set('range', 'custom');
    asked.set('from', period.days.from);
    asked.set('to', period.days.to);
  }
  if (split !== 'none' && line?.kind === 'group') {
    if (split === 'account') asked.delete('with');
    asked.set(FIELDS[split], line.id);
  }
  const query = asked.toString();
  return query === '' ? '/report' : `/report?${query}`;
}
