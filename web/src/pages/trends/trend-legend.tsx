// The legend: buttons that hide and show the lines.
import { UnstyledButton } from '@mantine/core';
import { lineLook } from './line-looks.ts';
import classes from './trends.module.css';
import type { TrendLine } from './use-trends.ts';

interface TrendLegendProps {
  lines: readonly TrendLine[];
  hidden: ReadonlySet<string>;
  toggle: (name: string) => void;
}

export function TrendLegend({ lines, hidden, toggle }: TrendLegendProps) {
  if (lines.length === 1) return null;
  return (
    <ul className={classes.legend} aria-label="Lines of the chart">
      {lines.map((line, index) => (
        <li key={line.name}>
          <UnstyledButton
            className={classes.legendLine}
            aria-pressed={!hidden.has(line.name)}
            onClick={() => toggle(line.name)}
          >
            <LineSample index={index} line={line} isAlone={false} />
            {line.name}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

interface LineSampleProps {
  index: number;
  line: TrendLine;
  isAlone: boolean;
}

export function LineSample({ index, line, isAlone }: LineSampleProps) {
  const { light, dark, dash } = lineLook(index, line.kind, isAlone);
  return (
    <svg width="28" height="10" aria-hidden="true" className={classes.sample}>
      <line
        x1={0}
        y1={5}
        x2={28}
        y2={5}
        strokeWidth={3}
        strokeDasharray={dash.join(' ')}
        style={{ stroke: `light-dark(${light}, ${dark})` }}
      />
    </svg>
  );
}
