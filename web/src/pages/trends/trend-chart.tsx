// The chart: pointer and arrow keys show the values of a point; a click or Enter opens its sessions.
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { type ChartPoint, movedPoint } from './chart-point.ts';
import { lineLook } from './line-looks.ts';
import { formatMeasure, type Measure } from './measures.ts';
import { periodName, periodTick, type TrendPeriod } from './periods.ts';
import type { Period } from './trend-fields.ts';
import { LineSample, TrendLegend } from './trend-legend.tsx';
import { openPlot } from './trend-plot.ts';
import classes from './trends.module.css';
import type { TrendLine } from './use-trends.ts';

interface TrendChartProps {
  lines: readonly TrendLine[];
  periods: readonly TrendPeriod[];
  period: Period;
  measure: Measure;
  open: (period: TrendPeriod, line: TrendLine | undefined) => void;
}

const HEIGHT_PX = 340;

export function TrendChart({ lines, periods, period, measure, open }: TrendChartProps) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const { ref, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const hidden = useMemo(() => hiddenOf(lines, toggled), [lines, toggled]);
  const [point, setPoint] = useState<ChartPoint>();
  useEffect(() => {
    if (place.current === null || width === 0) return;
    const drawn = lines.map((line, index) => {
      const look = lineLook(index, line.kind, lines.length === 1);
      const color = isDark ? look.dark : look.light;
      return { values: line.values, color, dash: look.dash, isShown: !hidden.has(line.name) };
    });
    const opened = openPlot(place.current, {
      lines: drawn,
      measure,
      isDark,
      width,
      height: HEIGHT_PX,
      ticks: periods.map(one => periodTick(one, period)),
      point: (index, line) => setPoint(index === undefined ? undefined : { period: index, line }),
    });
    plot.current = opened;
    return () => opened.destroy();
  }, [lines, periods, period, measure, isDark, width, hidden]);

  const shown = lines.map((_, index) => index).filter(index => !hidden.has((lines[index] as TrendLine).name));
  const openPoint = (at: ChartPoint | undefined) => {
    const chosen = at && periods[at.period];
    if (chosen) open(chosen, at.line === undefined ? undefined : lines[at.line]);
  };
  function press(event: KeyboardEvent): void {
    const next = movedPoint(event.key, point, periods.length, shown);
    if (event.key === 'Enter') openPoint(point);
    else if (next === undefined) return;
    else setPoint(next);
    event.preventDefault();
  }
  return (
    <figure className={classes.figure}>
      <TrendLegend
        lines={lines}
        hidden={hidden}
        toggle={name => setToggled(before => new Set([name]).symmetricDifference(before))}
      />
      <div
        ref={ref}
        className={classes.chart}
        role="application"
        aria-roledescription="chart"
        aria-label={`${measure.name}: arrow keys move between points, Enter opens the sessions of a point. The table below has the same numbers.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move along its points
        tabIndex={0}
        onKeyDown={press}
        onBlur={() => setPoint(undefined)}
        onMouseLeave={() => setPoint(undefined)}
        onClick={() => openPoint(point)}
      >
        <div ref={place} className={classes.plot} />
        {point && periods[point.period] && (
          <Tip lines={lines} measure={measure} point={point} shown={shown} plot={plot.current}>
            {periodName(periods[point.period] as TrendPeriod, period)}
          </Tip>
        )}
      </div>
    </figure>
  );
}

/** The sum of the others is hidden at first: it is so large that the other lines would look flat. */
const hiddenOf = (lines: readonly TrendLine[], toggled: ReadonlySet<string>) =>
  new Set(lines.filter(({ name, kind }) => toggled.has(name) !== (kind === 'others')).map(({ name }) => name));

interface TipProps {
  lines: readonly TrendLine[];
  measure: Measure;
  point: ChartPoint;
  shown: readonly number[];
  plot: uPlot | undefined;
  children: string;
}

/** The values of one period, with the chosen line marked; screen readers announce it. */
function Tip({ lines, measure, point, shown, plot, children }: TipProps) {
  const ratio = devicePixelRatio;
  const left = plot === undefined ? 0 : plot.valToPos(point.period, 'x') + plot.bbox.left / ratio;
  const isRight = plot !== undefined && left > plot.width / 2;
  const side = isRight ? { right: `calc(100% - ${left - 14}px)` } : { left: left + 14 };
  return (
    <>
      <div className={classes.rule} style={{ left }} aria-hidden />
      <div className={classes.tip} style={side} role="status">
        <strong>{children}</strong>
        <ul>
          {shown.map(index => {
            const line = lines[index] as TrendLine;
            return (
              <li key={line.name} data-chosen={index === point.line || undefined}>
                <LineSample index={index} line={line} isAlone={lines.length === 1} />
                <span className={classes.tipName}>{line.name}</span>
                <span>{formatMeasure(measure, line.values[point.period])}</span>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
