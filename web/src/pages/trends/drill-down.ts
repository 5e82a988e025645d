// A point of a trend into the address of the report that shows its sessions.
import type { TrendPeriod } from './periods.ts';
import type { Split } from './trend-fields.ts';
import type { TrendLine } from './use-trends.ts';

/** The report's names for what is chosen, by what the lines are. */
const FIELDS = { none: '', team: 'team', agentGroup: 'group', agent: 'agent', account: 'account' } as const;

/** @param search the trends page's own; @param period absent: the whole range; @param line absent: all sessions */
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
