// What a trend measures: the report's columns that can be summed or recomputed from sums, and the two states beside them.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { EXTRA_COLUMNS } from '../columns/extra-columns.ts';

const STATES_BEYOND: readonly Column[] = [
  {
    key: 'wrapUpTime',
    header: 'Wrap-up Time (min)',
    type: 'minutes',
    meaning: 'Time of work after calls; a part of the work time.',
    formula: 'WORKING',
    sql: 'wrap_ms',
    evidence: 'our choice',
  },
  {
    key: 'monitoringTime',
    header: 'Monitoring Time (min)',
    type: 'minutes',
    meaning: 'Time monitoring other agents’ calls; a part of the work time.',
    formula: 'MONITORING',
    sql: 'monitoring_ms',
    evidence: 'our choice',
  },
];

const isMeasure = ({ key, type }: Column) => ['count', 'minutes', 'percent'].includes(type) && key !== 'loginRecorded';

/** Each as the report's column of the same key, over sums: minutes with two decimals, per cent, counts. */
export const TREND_MEASURES: readonly Column[] = [
  ...COLUMNS.filter(isMeasure),
  ...STATES_BEYOND,
  ...EXTRA_COLUMNS.filter(isMeasure),
];
