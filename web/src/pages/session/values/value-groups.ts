// The columns of the report in groups.
import type { SessionValue } from '../session-types.ts';

interface ValueGroup {
  title: string;
  keys: readonly string[];
}

export const VALUE_GROUPS: readonly ValueGroup[] = [
  {
    title: 'Time',
    keys: [
      'loginTime',
      'workTime',
      'availableTime',
      'ringTime',
      'engagedTime',
      'talkTime',
      'timeOnHold',
      'rnaTime',
      'breakTime',
      'awayTime',
      'lunchTime',
      'trainingTime',
      'pendingDispTime',
      'offHookTime',
      'roundedOffHookTime',
    ],
  },
  {
    title: 'Calls',
    keys: ['presented', 'accepted', 'rna', 'manualNoConnect', 'dispXfers', 'callsPlacedOnHold', 'monitoringSessions'],
  },
  {
    title: 'Rates',
    keys: [
      'loginUtilization',
      'offHookUtilization',
      'offHookToLogin',
      'callsXferedPercent',
      'avgTalkTime',
      'avgPendingDispTime',
    ],
  },
  {
    title: 'Identity',
    keys: [
      'loginDts',
      'logoutDts',
      'firstName',
      'lastName',
      'username',
      'agentId',
      'team',
      'dialGroup',
      'phone',
      'externalAgentId',
      'loginSessionId',
    ],
  },
  {
    title: 'Additional',
    keys: ['unaccountedTime', 'stateLabels', 'endReason', 'loginRecorded', 'origin'],
  },
];

/** Without the unit, which the value has; with the space that one of the report's headers lacks. */
export const plainHeader = (header: string): string =>
  header.replace(' (min)', '').replace('EngagedTime', 'Engaged Time');

export function valuesOf(values: readonly SessionValue[], { keys }: ValueGroup): SessionValue[] {
  return keys.flatMap(key => values.filter(({ columnKey }) => columnKey === key));
}
