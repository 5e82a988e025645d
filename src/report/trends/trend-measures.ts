// The measures of trends: the report's columns that can be summed or computed from sums, and two more states.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { EXTRA_COLUMNS } from '../columns/extra-columns.ts';

const EXTRA_STATES: readonly Column[] = [
  {
    key: 'wrapUpTime',
    header: 'Wrap-up Time (min)',
    type: 'minutes',
    meaning: 'Time of work after calls; part of the work time.',
    formula: 'WORKING',
    sql: 'wrap_ms',
    evidence: 'our choice',
  },
  {
    key: 'monitoringTime',
    header: 'Monitoring Time (min)',
    type: 'minutes',
    meaning: 'Time monitoring other agents’ calls; part of the work time.',
    formula: 'MONITORING',
    sql: 'monitoring_ms',
    evidence: 'our choice',
  },
];

const isMeasure = ({ key, type }: Column) => ['count', 'minutes', 'percent'].includes(type) && key !== 'loginRecorded';

/** Each is computed like the report's column of the same key, over sums: counts, minutes or per cent with two decimals. */
export const TREND_MEASURES: readonly Column[] = [
  ...COLUMNS.filter(isMeasure),
  ...EXTRA_STATES,
  ...EXTRA_COLUMNS.filter(isMeasure),
];
