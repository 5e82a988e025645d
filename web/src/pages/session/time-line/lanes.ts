// The lanes of the time line: name, position and intervals.
import { stateLook } from '../../../parts/looks/state-colors.ts';
import type { Interval, LaneKey, LoginSession, Part } from '../session-types.ts';
import { hasOwnLabel } from '../state-text.ts';
import type { TimeSpan } from './time-view.ts';

export interface LaneInterval extends TimeSpan {
  label: string;
  baseState: string;
  callId: string;
}

export interface Lane {
  key: string;
  name: string;
  top: number;
  height: number;
  intervals: readonly LaneInterval[];
}

const NAMES = {
  states: 'State',
  calls: 'Calls',
  hold: 'On hold',
  pendingDisposition: 'Disposition due',
  offHook: 'Off hook',
  monitoring: 'Monitoring',
} as const;
const STATE_HEIGHT = 34;
const HEIGHT = 22;
const GAP = 6;

export function lanesOf({ lanes }: LoginSession): Lane[] {
  let top = 0;
  return Object.entries(NAMES).map(([key, name]) => {
    const height = key === 'states' ? STATE_HEIGHT : HEIGHT;
    const lane = { key, name, top, height, intervals: lanes[key as LaneKey].map(laneInterval) };
    top += height + GAP;
    return lane;
  });
}

const laneInterval = ({ from, to, label, baseState, callId }: Interval): LaneInterval => ({
  fromMs: Date.parse(from),
  toMs: Date.parse(to),
  label,
  baseState,
  callId,
});

/** The time spans of a value's parts; an event's has no length. */
export function spansOf(parts: readonly Part[]): TimeSpan[] {
  return parts.flatMap(({ kind, from, to }) =>
    from === null || (kind !== 'INTERVAL' && kind !== 'EVENT')
      ? []
      : [{ fromMs: Date.parse(from), toMs: Date.parse(to ?? from) }],
  );
}

/** The interval's name, for people. */
export function intervalName({ key, name }: Pick<Lane, 'key' | 'name'>, interval: LaneInterval): string {
  const { label, baseState, callId } = interval;
  const state = baseState === '' ? '' : stateLook(baseState).name;
  const what = key === 'states' ? (hasOwnLabel(interval) ? `${label} (${state})` : state) : name;
  if (key === 'calls') return [label, `call ${callId}`].filter(Boolean).join(' · ');
  return [what, callId && `call ${callId}`].filter(Boolean).join(' · ');
}

/** The interval at the instant or within the tolerance of it; of several, the one that started last. */
export function intervalAt({ intervals }: Lane, ms: number, toleranceMs: number): LaneInterval | undefined {
  return intervals.findLast(({ fromMs, toMs }) => fromMs - toleranceMs <= ms && ms < toMs + toleranceMs);
}
