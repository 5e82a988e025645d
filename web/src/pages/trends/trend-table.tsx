// The chart's numbers as a table: rows are periods, columns are lines; each number links to its sessions.
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
  /** The report with a number's sessions; `period` undefined: the whole range. */
  addressOf: (period: TrendPeriod | undefined, line: TrendLine) => string;
}

export function TrendTable({ lines, all, periods, period, measure, addressOf }: TrendTableProps) {
  const columns = lines.some(({ kind }) => kind === 'all') ? lines : [...lines, all];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard
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

/** Zero and missing numbers have no sessions to link to. */
function Value({ measure, value, href }: { measure: Measure; value: number | undefined; href: string }) {
  const text = formatMeasure(measure, value);
  return <td>{value ? <Link href={href}>{text}</Link> : text}</td>;
}
