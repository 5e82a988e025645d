// What the page shows, as fields of its address: the selection, the measure, the points and the lines.
import { urlChoice } from '../../parts/address/url-state.ts';
import { SELECTION_FIELDS, type StateOf } from '../../parts/selection/selection-fields.ts';
import { MEASURE_KEYS } from './measures.ts';

/** What the points are. */
export const PERIODS = { day: 'Day', week: 'Week', month: 'Month', hourOfDay: 'Hour of the day' } as const;
export type Period = keyof typeof PERIODS;

/** What the lines are. */
export const SPLITS = {
  none: 'All together',
  team: 'Team',
  agentGroup: 'Agent group',
  agent: 'Agent',
  account: 'Account',
} as const;
export type Split = keyof typeof SPLITS;

export const TREND_FIELDS = {
  ...SELECTION_FIELDS,
  measure: urlChoice(MEASURE_KEYS, 'loginUtilization'),
  per: urlChoice<Period>(Object.keys(PERIODS) as Period[], 'day'),
  by: urlChoice<Split>(Object.keys(SPLITS) as Split[], 'team'),
};

export type TrendState = StateOf<typeof TREND_FIELDS>;
export type ChangeTrend = (changes: Partial<TrendState>, isStep?: boolean) => void;
