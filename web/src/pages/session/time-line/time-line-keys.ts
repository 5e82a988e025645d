// The keys of the time line: zoom, move, and step through the intervals.
import type { KeyboardEvent } from 'react';
import type { Lane, LaneInterval } from './lanes.ts';
import { panned, type TimeSpan, zoomed } from './time-view.ts';

export const KEYS =
  'Keys: + and − zoom, left and right arrows move, Home shows all, Shift and an arrow steps through the intervals.';

interface KeyContext {
  view: TimeSpan;
  whole: TimeSpan;
  lanes: readonly Lane[];
  pointed: { lane: Lane; interval: LaneInterval } | undefined;
  changeView: (view: TimeSpan) => void;
  showInterval: (lane: Lane, interval: LaneInterval) => void;
  /** Ends the selection of an interval. */
  deselect: () => void;
}

/** A handler of key presses; keys without an effect here are left to the browser. */
export function timeLineKeys(context: KeyContext): (event: KeyboardEvent) => void {
  const { view, whole, changeView, deselect } = context;
  const zoomBy = (factor: number) => () => changeView(zoomed(view, whole, factor));
  const moveBy = (share: number) => () => changeView(panned(view, whole, share));
  const actions = new Map<string, () => void>([
    ['+', zoomBy(0.5)],
    ['Shift +', zoomBy(0.5)],
    ['=', zoomBy(0.5)],
    ['-', zoomBy(2)],
    ['Home', () => changeView(whole)],
    ['Escape', deselect],
    ['ArrowLeft', moveBy(-0.2)],
    ['ArrowRight', moveBy(0.2)],
    ['Shift ArrowLeft', () => step(context, -1)],
    ['Shift ArrowRight', () => step(context, 1)],
    ['Shift ArrowUp', () => stepLane(context, -1)],
    ['Shift ArrowDown', () => stepLane(context, 1)],
  ]);
  return event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actions.get(`${event.shiftKey ? 'Shift ' : ''}${event.key}`);
    if (act === undefined || (event.key === 'Escape' && context.pointed === undefined)) return;
    event.preventDefault();
    act();
  };
}

/** Selects the next or previous interval of the lane; at first, the first one in view. */
function step({ lanes, pointed, view, showInterval }: KeyContext, by: -1 | 1): void {
  const lane = pointed?.lane ?? (lanes[0] as Lane);
  const first = lane.intervals.findIndex(({ toMs }) => toMs > view.fromMs);
  const nth = pointed === undefined ? first : lane.intervals.indexOf(pointed.interval) + by;
  const interval = lane.intervals[nth];
  if (interval !== undefined) showInterval(lane, interval);
}

function stepLane({ lanes, pointed, view, showInterval }: KeyContext, by: -1 | 1): void {
  const filled = lanes.filter(({ intervals }) => intervals.length > 0);
  const nth = filled.findIndex(({ key }) => key === pointed?.lane.key) + by;
  const lane = filled[Math.min(Math.max(nth, 0), filled.length - 1)];
  const at = pointed?.interval.fromMs ?? view.fromMs;
  const interval = lane?.intervals.find(({ toMs }) => toMs > at) ?? lane?.intervals.at(-1);
  if (lane !== undefined && interval !== undefined) showInterval(lane, interval);
}
