// A point of the chart, and where a key moves it: along the periods and from line to line.

export interface ChartPoint {
  /** Index. */
  period: number;
  /** Index; undefined: all lines of the period. */
  line: number | undefined;
}

/** undefined: the key does not move. @param shown indexes of the visible lines */
export function movedPoint(
  key: string,
  point: ChartPoint | undefined,
  periods: number,
  shown: readonly number[],
): ChartPoint | undefined {
  const { period, line } = point ?? { period: -1, line: undefined };
  const along = (to: number) => ({ period: Math.min(Math.max(to, 0), periods - 1), line });
  const across = (step: number) => ({ period: Math.max(period, 0), line: nextLine(shown, line, step) });
  switch (key) {
    case 'ArrowLeft':
      return along(period - 1);
    case 'ArrowRight':
      return along(period + 1);
    case 'Home':
      return along(0);
    case 'End':
      return along(periods - 1);
    case 'ArrowDown':
      return across(1);
    case 'ArrowUp':
      return across(-1);
    default:
      return undefined;
  }
}

/** In a cycle, with «all lines» between the last and the first. */
function nextLine(shown: readonly number[], line: number | undefined, step: number): number | undefined {
  const stops = [undefined, ...shown];
  return stops.at((stops.indexOf(line) + step) % stops.length);
}
