// Draws the lanes of a session on a canvas: only what is in view.
import { stateLook } from '../../../parts/looks/state-colors.ts';
import { stateText } from '../state-text.ts';
import type { Tick } from './axis-ticks.ts';
import type { Lane, LaneInterval } from './lanes.ts';
import { type TimeSpan, xOf } from './time-view.ts';

type Scheme = 'light' | 'dark';

interface Drawing {
  width: number;
  /** Without the events and the axis below. */
  lanesHeight: number;
  scheme: Scheme;
  view: TimeSpan;
  lanes: readonly Lane[];
  ticks: readonly Tick[];
  eventsMs: readonly number[];
  /** The parts of the value that is explained; empty: none. */
  highlighted: readonly TimeSpan[];
  /** Under the pointer, or selected by keyboard. */
  pointed: { laneKey: string; interval: LaneInterval } | undefined;
}

export const EVENTS_HEIGHT = 18;
export const AXIS_HEIGHT = 24;

const COLORS = {
  light: {
    text: '#343a40',
    grid: '#dee2e6',
    strong: '#868e96',
    empty: '#f1f3f5',
    mark: '#c2255c',
    other: '#0b6777',
  },
  dark: {
    text: '#c9c9c9',
    grid: '#34363a',
    strong: '#7d838a',
    empty: '#2a2c2f',
    mark: '#ff8cc6',
    other: '#66b7c3',
  },
} as const;

export function drawTimeLine(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { width, lanesHeight, scheme } = drawing;
  context.clearRect(0, 0, width, lanesHeight + EVENTS_HEIGHT + AXIS_HEIGHT);
  context.font = '12px system-ui, sans-serif';
  context.textBaseline = 'middle';
  drawAxis(context, drawing);
  for (const lane of drawing.lanes) {
    context.fillStyle = COLORS[scheme].empty;
    context.fillRect(0, lane.top, width, lane.height);
    for (const interval of lane.intervals) drawInterval(context, drawing, lane, interval);
  }
  drawEvents(context, drawing);
  drawHighlight(context, drawing);
  drawPointed(context, drawing);
}

function drawAxis(context: CanvasRenderingContext2D, { view, width, lanesHeight, scheme, ticks }: Drawing): void {
  const { text, grid, strong } = COLORS[scheme];
  const bottom = lanesHeight + EVENTS_HEIGHT;
  context.textAlign = 'left';
  for (const { ms, label, isStrong } of ticks) {
    const x = Math.round(xOf(ms, view, width));
    context.fillStyle = isStrong ? strong : grid;
    context.fillRect(x, 0, 1, bottom + 6);
    context.fillStyle = text;
    if (x + 4 + context.measureText(label).width > width) continue;
    context.fillText(label, x + 4, bottom + AXIS_HEIGHT / 2 + 2);
  }
}

/** Left edge and width on the canvas, at least one pixel; undefined: not in view. */
function edgesOf({ fromMs, toMs }: TimeSpan, { view, width }: Drawing): { x: number; wide: number } | undefined {
  if (toMs < view.fromMs || fromMs > view.toMs) return undefined;
  const x = Math.max(xOf(fromMs, view, width), -1);
  return { x, wide: Math.max(Math.min(xOf(toMs, view, width), width + 1) - x, 1) };
}

function drawInterval(context: CanvasRenderingContext2D, drawing: Drawing, lane: Lane, interval: LaneInterval): void {
  const edges = edgesOf(interval, drawing);
  if (edges === undefined) return;
  const { x, wide } = edges;
  const { scheme } = drawing;
  const look = stateLook(interval.baseState);
  const isState = lane.key === 'states';
  context.fillStyle = isState ? look.fill[scheme] : COLORS[scheme].other;
  // A gap between neighbours of the same colour.
  const room = wide > 4 ? 1 : 0;
  context.fillRect(x, lane.top, wide - room, lane.height);
  if (lane.key === 'hold') stripe(context, x, lane, wide - room, scheme);
  if (wide < 16 || lane.key === 'hold') return;
  context.fillStyle = look.text[scheme];
  context.textAlign = 'left';
  context.fillText(fitting(context, textsOf(lane, interval), wide - 10), x + 5, lane.top + lane.height / 2 + 1);
}

/** Texts from longest to shortest; the first that fits is drawn. */
function textsOf({ key }: Lane, interval: LaneInterval): string[] {
  const { label, baseState, callId } = interval;
  if (key === 'states') {
    const { letter } = stateLook(baseState);
    return [`${letter} · ${stateText(interval)}`, letter];
  }
  return key === 'calls' ? [[callId, label].filter(Boolean).join(' · '), callId, label] : [];
}

function fitting(context: CanvasRenderingContext2D, texts: readonly string[], room: number): string {
  return texts.find(text => context.measureText(text).width <= room) ?? '';
}

function stripe(
  context: CanvasRenderingContext2D,
  x: number,
  { top, height }: Lane,
  wide: number,
  scheme: Scheme,
): void {
  context.save();
  context.beginPath();
  context.rect(x, top, wide, height);
  context.clip();
  context.strokeStyle = COLORS[scheme].empty;
  context.lineWidth = 2;
  context.beginPath();
  for (let at = x - height; at < x + wide; at += 8) {
    context.moveTo(at, top + height);
    context.lineTo(at + height, top);
  }
  context.stroke();
  context.restore();
}

function drawEvents(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { eventsMs, view, width, lanesHeight, scheme } = drawing;
  context.fillStyle = COLORS[scheme].strong;
  let drawnX = Number.NEGATIVE_INFINITY;
  for (const ms of eventsMs) {
    const x = Math.round(xOf(ms, view, width));
    if (x === drawnX || x < 0 || x > width) continue;
    context.fillRect(x, lanesHeight + 3, 1, EVENTS_HEIGHT - 6);
    drawnX = x;
  }
}

/** A frame across all lanes, visible on any colour. */
function drawHighlight(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { highlighted, lanesHeight, scheme } = drawing;
  if (highlighted.length === 0) return;
  context.fillStyle = COLORS[scheme].mark;
  for (const span of highlighted) {
    const edges = edgesOf(span, drawing);
    if (edges === undefined) continue;
    const { x, wide } = edges;
    const isEvent = span.fromMs === span.toMs;
    context.globalAlpha = isEvent ? 1 : 0.16;
    context.fillRect(x, 0, isEvent ? 2 : wide, lanesHeight);
    context.globalAlpha = 1;
    context.fillRect(x, lanesHeight + EVENTS_HEIGHT - 3, Math.max(wide, 2), 4);
    context.fillRect(x, 0, Math.max(wide, 2), 3);
    if (wide > 6) {
      context.fillRect(x, 0, 1, lanesHeight);
      context.fillRect(x + wide - 1, 0, 1, lanesHeight);
    }
  }
}

function drawPointed(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { pointed, lanes, scheme } = drawing;
  const lane = lanes.find(({ key }) => key === pointed?.laneKey);
  const edges = pointed && edgesOf(pointed.interval, drawing);
  if (lane === undefined || edges === undefined) return;
  context.strokeStyle = COLORS[scheme].text;
  context.lineWidth = 2;
  context.strokeRect(edges.x + 1, lane.top + 1, Math.max(edges.wide - 2, 1), lane.height - 2);
}
