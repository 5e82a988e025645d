// Wheel, drag and pinch on the time line change its view.
import { useEffect, useRef } from 'react';
import { msAt, type TimeSpan, zoomed } from './time-view.ts';

interface Gestures {
  view: TimeSpan;
  whole: TimeSpan;
  change: (view: TimeSpan) => void;
  /** Called with the pointer's position on the canvas; undefined: it has left. */
  point: (place: { x: number; y: number } | undefined) => void;
}

const WHEEL_STEP = 0.0015;

/** A ref for the canvas. */
export function useTimeLineGestures(gestures: Gestures) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(gestures);
  latest.current = gestures;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const stop = listen(element, () => latest.current);
    return stop;
  }, []);
  return canvas;
}

function listen(element: HTMLCanvasElement, current: () => Gestures): () => void {
  const fingers = new Map<number, number>();
  const placeOf = (event: MouseEvent) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  const wheel = (event: WheelEvent) => {
    const { view, whole, change } = current();
    const width = element.clientWidth;
    const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const next = isPan
      ? moved(view, whole, (event.deltaX || event.deltaY) / width)
      : zoomed(view, whole, Math.exp(event.deltaY * WHEEL_STEP), msAt(placeOf(event).x, view, width));
    // Without an effect here, the wheel scrolls the page.
    if (next.fromMs === view.fromMs && next.toMs === view.toMs) return;
    event.preventDefault();
    change(next);
  };

  const down = (event: PointerEvent) => {
    fingers.set(event.pointerId, placeOf(event).x);
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const { view, whole, change, point } = current();
    const place = placeOf(event);
    const before = fingers.get(event.pointerId);
    if (before === undefined) return point(place);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, place.x);
    const width = element.clientWidth;
    if (other === undefined) return change(moved(view, whole, (before - place.x) / width));
    const apart = Math.max(Math.abs(place.x - other), 8);
    change(zoomed(view, whole, Math.max(Math.abs(before - other), 8) / apart, msAt(other, view, width)));
  };
  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (event.pointerType !== 'mouse') current().point(placeOf(event));
  };
  const leave = () => current().point(undefined);

  element.addEventListener('wheel', wheel, { passive: false });
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', leave);
  return () => {
    element.removeEventListener('wheel', wheel);
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('pointerleave', leave);
  };
}

function moved(view: TimeSpan, whole: TimeSpan, share: number): TimeSpan {
  const by = (view.toMs - view.fromMs) * share;
  const least = whole.fromMs - view.fromMs;
  const most = whole.toMs - view.toMs;
  const within = Math.min(Math.max(by, least), most);
  return { fromMs: view.fromMs + within, toMs: view.toMs + within };
}
