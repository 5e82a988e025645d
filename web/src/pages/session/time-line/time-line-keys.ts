// Keys pressed on the time line into zooming, moving, and reading one interval after the other.
import type { KeyboardEvent } from 'react';
import type { Lane, LaneInterval } from './lanes.ts';
import { panned, type TimeSpan, zoomed } from './time-view.ts';

export const KEYS =
  'Keys: + and − zoom, arrows left and right move, Home shows all, Shift with an arrow reads the intervals.';

interface Keyed {
  view: TimeSpan;
  whole: TimeSpan;
  lanes: readonly Lane[];
  pointed: { lane: Lane; interval: LaneInterval } | undefined;
  changeView: (view: TimeSpan) => void;
  showInterval: (lane: Lane, interval: LaneInterval) => void;
  /** No interval is pointed at any more. */
  forget: () => void;
}

/** A handler for keys; those that do nothing here are left to the browser. */
export function timeLineKeys(keyed: Keyed): (event: KeyboardEvent) => void {
  const { view, whole, changeView, forget } = keyed;
  const zoomBy = (factor: number) => () => changeView(zoomed(view, whole, factor));
  const moveBy = (share: number) => () => changeView(panned(view, whole, share));
  const actions = new Map<string, () => void>([
    ['+', zoomBy(0.5)] as const,
    ['Shift +', zoomBy(0.5)] as const,
    ['=', zoomBy(0.5)] as const,
    ['-', zoomBy(2)] as const,
    ['Home', () => changeView(whole)] as const,
    ['Escape', forget] as const,
    ['ArrowLeft', moveBy(-0.2)] as const,
    ['ArrowRight', moveBy(0.2)] as const,
    ['Shift ArrowLeft', () => read(keyed, -1)] as const,
    ['Shift ArrowRight', () => read(keyed, 1)] as const,
    ['Shift ArrowUp', () => readLane(keyed, -1)] as const,
    ['Shift ArrowDown', () => readLane(keyed, 1)] as const,
  ]);
  return event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actions.get(`${event.shiftKey ? 'Shift ' : ''}${event.key}`);
    if (act === undefined || (event.key === 'Escape' && keyed.pointed === undefined)) return;
    event.preventDefault();
    act();
  };
}

/** The interval of the lane after or before the one pointed at; at first the first in view. */
function read({ lanes, pointed, view, showInterval }: Keyed, step: -1 | 1): void {
  const lane = pointed?.lane ?? (lanes[0] as Lane);
  const first = lane.intervals.findIndex(({ toMs }) => toMs > view.fromMs);
  const nth = pointed === undefined ? first : lane.intervals.indexOf(pointed.interval) + step;
  const interval = lane.intervals[nth];
  if (interval !== undefined) showInterval(lane, interval);
}

function readLane({ lanes, pointed, view, showInterval }: Keyed, step: -1 | 1): void {
  const filled = lanes.filter(({ intervals }) => intervals.length > 0);
  const nth = filled.findIndex(({ key }) => key === pointed?.lane.key) + step;
  const lane = filled[Math.min(Math.max(nth, 0), filled.length - 1)];
  const at = pointed?.interval.fromMs ?? view.fromMs;
  const interval = lane?.intervals.find(({ toMs }) => toMs > at) ?? lane?.intervals.at(-1);
  if (lane !== undefined && interval !== undefined) showInterval(lane, interval);
}
