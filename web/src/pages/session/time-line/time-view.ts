// The span of time that the time line shows: arithmetic of zooming and panning.

/** UTC milliseconds since 1970. */
export interface TimeSpan {
  fromMs: number;
  toMs: number;
}

const SHORTEST_MS = 1_000;

export const lengthOf = ({ fromMs, toMs }: TimeSpan): number => toMs - fromMs;

/** The whole session with a small margin, even if it has no length. */
export function wholeView({ fromMs, toMs }: TimeSpan): TimeSpan {
  const room = Math.max((toMs - fromMs) * 0.01, SHORTEST_MS / 2);
  return { fromMs: fromMs - room, toMs: toMs + room };
}

/** The view moved and cut to lie within the whole. */
function clamped(view: TimeSpan, whole: TimeSpan): TimeSpan {
  const length = Math.min(Math.max(lengthOf(view), SHORTEST_MS), lengthOf(whole));
  const fromMs = Math.min(Math.max(view.fromMs, whole.fromMs), whole.toMs - length);
  return { fromMs, toMs: fromMs + length };
}

/** @param factor below 1 zooms in @param aroundMs the instant that stays in place */
export function zoomed(view: TimeSpan, whole: TimeSpan, factor: number, aroundMs?: number): TimeSpan {
  const length = Math.max(lengthOf(view) * factor, SHORTEST_MS);
  const around = aroundMs ?? (view.fromMs + view.toMs) / 2;
  const fromMs = around - ((around - view.fromMs) / lengthOf(view)) * length;
  return clamped({ fromMs, toMs: fromMs + length }, whole);
}

/** @param share of the view; positive: later */
export function panned(view: TimeSpan, whole: TimeSpan, share: number): TimeSpan {
  const by = lengthOf(view) * share;
  return clamped({ fromMs: view.fromMs + by, toMs: view.toMs + by }, whole);
}

/** A view with the span in its middle; the same view if the span is easy to see in it. */
export function viewOf(span: TimeSpan, view: TimeSpan, whole: TimeSpan): TimeSpan {
  if (span.fromMs >= view.fromMs && span.toMs <= view.toMs && lengthOf(span) * 40 > lengthOf(view)) return view;
  const length = Math.max(lengthOf(span) * 5, 30_000);
  const middle = (span.fromMs + span.toMs) / 2;
  return clamped({ fromMs: middle - length / 2, toMs: middle + length / 2 }, whole);
}

/** The view, moved if the span's middle is not in it. */
export function withMiddle(span: TimeSpan, view: TimeSpan, whole: TimeSpan): TimeSpan {
  const middle = (span.fromMs + span.toMs) / 2;
  if (middle >= view.fromMs && middle <= view.toMs) return view;
  return panned(view, whole, (middle - (view.fromMs + view.toMs) / 2) / lengthOf(view));
}

/** Pixels to the middle of the visible part of the span. */
export function middleX(span: TimeSpan, view: TimeSpan, width: number): number {
  const fromMs = Math.max(span.fromMs, view.fromMs);
  const toMs = Math.min(span.toMs, view.toMs);
  return Math.min(Math.max(xOf((fromMs + toMs) / 2, view, width), 0), width);
}

export const xOf = (ms: number, view: TimeSpan, width: number): number => ((ms - view.fromMs) / lengthOf(view)) * width;
export const msAt = (x: number, view: TimeSpan, width: number): number => view.fromMs + (x / width) * lengthOf(view);
