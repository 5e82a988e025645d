// The columns of the live table: header, sort key, and how a value is shown.
import type { ReactNode } from 'react';
import { formatDuration } from '../../format/durations.ts';
import { formatCount } from '../../format/numbers.ts';
import { type LiveAgent, labelOf, loginMs, pendingMs, stateMs, talkMs } from './live-agent.ts';
import { groupOf, type SortKey, teamOf } from './live-view.ts';
import { StateMark } from './state-mark.tsx';

export interface AgentField {
  key: SortKey;
  header: string;
  isNumber?: true;
  show: (agent: LiveAgent, nowMs: number) => ReactNode;
}

/** All but the name, which links to the session. */
export const AGENT_FIELDS: readonly AgentField[] = [
  {
    key: 'state',
    header: 'State',
    show: agent => <StateMark state={agent.agentState} label={labelOf(agent)} />,
  },
  {
    key: 'stateTime',
    header: 'In state',
    isNumber: true,
    show: (agent, nowMs) => formatDuration(stateMs(agent, nowMs)),
  },
  {
    key: 'loginTime',
    header: 'Logged in',
    isNumber: true,
    show: (agent, nowMs) => formatDuration(loginMs(agent, nowMs)),
  },
  { key: 'calls', header: 'Calls', isNumber: true, show: agent => formatCount(agent.callsHandled) },
  { key: 'rna', header: 'Missed', isNumber: true, show: agent => formatCount(agent.rna) },
  {
    key: 'talk',
    header: 'Talk time',
    isNumber: true,
    show: (agent, nowMs) => formatDuration(talkMs(agent, nowMs)),
  },
  { key: 'offHook', header: 'Line', show: agent => (agent.isOffhook ? 'Off hook' : 'On hook') },
  {
    key: 'pending',
    header: 'Pending',
    isNumber: true,
    show: (agent, nowMs) => (agent.pendingDisposition ? formatDuration(pendingMs(agent, nowMs)) : '–'),
  },
  { key: 'team', header: 'Team', show: teamOf },
  { key: 'group', header: 'Group', show: groupOf },
];
