// The chart's numbers as a table: a row for each period, a column for each line; each number leads to its sessions.
import { Link } from 'wouter';
import { formatMeasure, type Measure } from './measures.ts';
import { periodName, type TrendPeriod } from './periods.ts';
import { PERIODS, type Period } from './trend-fields.ts';
import classes from './trends.module.css';
import type { TrendLine } from './use-trends.ts';

interface TrendTableProps {
  lines: readonly TrendLine[];
  all: TrendLine;
  periods: readonly TrendPeriod[];
  period: Period;
  measure: Measure;
  /** Of the report that shows a number's sessions; an absent period is the whole range. */
  addressOf: (period: TrendPeriod | undefined, line: TrendLine) => string;
}

export function TrendTable({ lines, all, periods, period, measure, addressOf }: TrendTableProps) {
  const columns = lines.some(({ kind }) => kind === 'all') ? lines : [...lines, all];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.scroller} aria-label={`${measure.name} as a table`} tabIndex={0}>
      <table className={classes.table}>
        <caption>{measure.name}</caption>
        <thead>
          <tr>
            <th scope="col">{PERIODS[period]}</th>
            {columns.map(line => (
              <th scope="col" key={line.name}>
                {line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map((one, index) => (
            <tr key={one.key}>
              <th scope="row">{periodName(one, period)}</th>
              {columns.map(line => (
                <Value key={line.name} measure={measure} value={line.values[index]} href={addressOf(one, line)} />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Whole range</th>
            {columns.map(line => (
              <Value key={line.name} measure={measure} value={line.total} href={addressOf(undefined, line)} />
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** A number without sessions behind it leads nowhere. */
function Value({ measure, value, href }: { measure: Measure; value: number | undefined; href: string }) {
  const text = formatMeasure(measure, value);
  return <td>{value ? <Link href={href}>{text}</Link> : text}</td>;
}
