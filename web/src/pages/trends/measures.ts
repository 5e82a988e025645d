// The measures that can be drawn, in groups, under the report's names.
import { formatCount, formatDecimals, formatPercent } from '../../format/numbers.ts';

export interface Measure {
  key: string;
  name: string;
  unit: 'count' | 'minutes' | 'percent';
  /** A ratio or an average, which cannot be added up. */
  isRate?: true;
}

const count = (key: string, name: string): Measure => ({ key, name, unit: 'count' });
const minutes = (key: string, name: string): Measure => ({ key, name: `${name} (min)`, unit: 'minutes' });
const average = (key: string, name: string): Measure => ({ ...minutes(key, name), isRate: true });
const share = (key: string, name: string): Measure => ({ key, name, unit: 'percent', isRate: true });

export const MEASURE_GROUPS: readonly { group: string; measures: readonly Measure[] }[] = [
  {
    group: 'Utilization',
    measures: [
      share('loginUtilization', 'Login utilization'),
      share('offHookUtilization', 'Off-hook utilization'),
      share('offHookToLogin', 'Off hook to login'),
      share('callsXferedPercent', 'Calls transferred'),
    ],
  },
  {
    group: 'Calls',
    measures: [
      count('presented', 'Calls presented'),
      count('accepted', 'Calls accepted'),
      count('rna', 'Calls missed'),
      count('manualNoConnect', 'Manual no connect'),
      count('dispXfers', 'Transfers'),
      count('callsPlacedOnHold', 'Calls placed on hold'),
      average('avgTalkTime', 'Average talk time'),
      count('monitoringSessions', 'Monitoring sessions'),
    ],
  },
  {
    group: 'Logins',
    measures: [count('sessions', 'Logins'), count('agents', 'Agents'), minutes('loginTime', 'Login time')],
  },
  {
    group: 'Time by state',
    measures: [
      minutes('workTime', 'Work time'),
      minutes('availableTime', 'Available time'),
      minutes('ringTime', 'Ring time'),
      minutes('engagedTime', 'Engaged time'),
      minutes('wrapUpTime', 'Wrap-up time'),
      minutes('monitoringTime', 'Monitoring time'),
      minutes('breakTime', 'Break time'),
      minutes('awayTime', 'Away time'),
      minutes('lunchTime', 'Lunch time'),
      minutes('trainingTime', 'Training time'),
      minutes('rnaTime', 'RNA time'),
      minutes('unaccountedTime', 'Unaccounted time'),
    ],
  },
  {
    group: 'Time on the phone',
    measures: [
      minutes('talkTime', 'Talk time'),
      minutes('timeOnHold', 'Time on hold'),
      minutes('offHookTime', 'Off-hook time'),
      minutes('roundedOffHookTime', 'Rounded off-hook time'),
      minutes('pendingDispTime', 'Pending disposition time'),
      average('avgPendingDispTime', 'Average pending disposition time'),
    ],
  },
];

const MEASURES = MEASURE_GROUPS.flatMap(({ measures }) => measures);
export const MEASURE_KEYS = MEASURES.map(({ key }) => key);

export const measureNamed = (key: string): Measure =>
  MEASURES.find(measure => measure.key === key) ?? (MEASURES[0] as Measure);

/** Rates cannot be added, nor can numbers of agents: the same agent may work on two days. */
export const isAdditive = ({ key, isRate }: Measure): boolean => !isRate && key !== 'agents';

/** With the report's number of decimals. */
export function formatMeasure({ unit }: Measure, value: number | undefined): string {
  if (value === undefined) return '–';
  if (unit === 'percent') return formatPercent(value / 100);
  return unit === 'minutes' ? formatDecimals(value) : formatCount(value);
}
