// Draws a trend with uPlot: several lines, or bars where there is one.
import uPlot from 'uplot';
import { formatShortCount, formatShortPercent } from '../../format/numbers.ts';
import type { Measure } from './measures.ts';

export interface PlotLine {
  values: readonly (number | undefined)[];
  color: string;
  dash: readonly number[];
  isShown: boolean;
}

export interface PlotOptions {
  lines: readonly PlotLine[];
  ticks: readonly string[];
  measure: Measure;
  isDark: boolean;
  width: number;
  height: number;
  /** Called with the period under the pointer and the nearest line. */
  point: (period: number | undefined, line: number | undefined) => void;
}

const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const TICK_PX = 64;

export function openPlot(element: HTMLElement, options: PlotOptions): uPlot {
  const { lines, ticks, measure, isDark, width, height, point } = options;
  const ink = isDark ? '#a9adb3' : '#565d65';
  const grid = { stroke: isDark ? '#33363a' : '#e3e7ea', width: 1 };
  const axis = { stroke: ink, font: FONT, grid, ticks: { ...grid, size: 4 } };
  const isBars = lines.length === 1;
  let nearest: number | undefined;
  return new uPlot(
    {
      width,
      height,
      legend: { show: false },
      padding: [12, 12, 0, 0],
      cursor: { y: false, drag: { setScale: false }, focus: { prox: 40 }, points: { size: 9 } },
      focus: { alpha: 1 },
      scales: {
        x: { time: false, range: (_, min, max) => [min - 0.5, max + 0.5] },
        y: { range: (_, min, max) => [Math.min(min ?? 0, 0), Math.max(max ?? 0, 0) * 1.06 || 1] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 34,
          splits: plot => evenly(ticks.length, Math.max(Math.floor(plot.width / TICK_PX), 1)),
          values: (_, splits) => splits.map(split => ticks[split] ?? ''),
        },
        {
          ...axis,
          size: 72,
          values: (_, splits) => splits.map(split => shortNumber(measure, split)),
        },
      ],
      series: [
        {},
        ...lines.map(({ color, dash, isShown }) => ({
          stroke: color,
          width: 2,
          dash: [...dash],
          show: isShown,
          spanGaps: false,
          ...(isBars ? { fill: color, paths: bars() } : {}),
          points: { show: !isBars && ticks.length <= 62, size: 6, fill: color, stroke: color },
        })),
      ],
      hooks: {
        setSeries: [(_, series) => (nearest = series === null ? undefined : series - 1)],
        setCursor: [({ cursor }) => point(cursor.idx ?? undefined, nearest)],
      },
    },
    dataOf(lines, ticks.length),
    element,
  );
}

const dataOf = (lines: readonly PlotLine[], count: number): uPlot.AlignedData => [
  Array.from({ length: count }, (_, index) => index),
  ...lines.map(({ values }) => values.map(value => value ?? null)),
];

const bars = () => uPlot.paths.bars?.({ size: [0.6, 60], radius: 0.12 }) as uPlot.Series.PathBuilder;

/** At most `most` indexes, evenly spaced, from the first. */
function evenly(count: number, most: number): number[] {
  const step = Math.max(Math.ceil(count / most), 1);
  return Array.from({ length: Math.ceil(count / step) }, (_, nth) => nth * step);
}

const shortNumber = ({ unit }: Measure, value: number) =>
  unit === 'percent' ? formatShortPercent(value / 100) : formatShortCount(value);
