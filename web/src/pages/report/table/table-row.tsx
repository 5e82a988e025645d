// One row of the report's table, with placeholders while it loads.
import { memo } from 'react';
import { endReasonLook } from '../../../parts/looks/end-reason.tsx';
import { cellText } from './cell-text.ts';
import { type ColumnInfo, isNumber } from '../columns/column-info.ts';
import classes from './report-table.module.css';
import type { ReportRow } from '../use-report-rows.ts';

export interface PlacedColumn {
  info: ColumnInfo;
  /** Position among the columns shown, from 0. */
  nth: number;
  /** CSS pixels. */
  width: number;
  /** CSS pixels; only of columns that stay in view. */
  left: number | undefined;
}

interface TableRowProps {
  row: ReportRow | undefined;
  index: number;
  /** CSS pixels from the first row. */
  start: number;
  /** Columns that always stay in view, then those in view now. */
  columns: readonly PlacedColumn[];
  /** CSS pixels of the columns between them, which are not drawn. */
  gap: number;
  timezone: string;
  /** The focused column, if the focus is in this row. */
  activeColumn: number | undefined;
}

export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, index, start, columns, gap, timezone, activeColumn } = props;
  const afterGap = columns.find(({ left }) => left === undefined);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined || undefined}
      className={classes.row}
      data-end={row?.endReason}
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map(column => {
        const { info, nth, width, left } = column;
        return (
          <div
            key={info.key}
            role="gridcell"
            aria-colindex={nth + 1}
            tabIndex={activeColumn === nth ? 0 : -1}
            className={classes.cell}
            data-row={index}
            data-column={nth}
            data-key={info.key}
            data-number={isNumber(info) || undefined}
            data-pinned={left !== undefined || undefined}
            style={{ width, left, marginLeft: column === afterGap ? gap : undefined }}
          >
            {row === undefined ? (
              <span className={classes.placeholder} aria-hidden />
            ) : (
              <Value info={info} value={row.values[info.key]} timezone={timezone} />
            )}
          </div>
        );
      })}
    </div>
  );
});

function Value({ info, value, timezone }: { info: ColumnInfo; value: unknown; timezone: string }) {
  const text = cellText(info, value, timezone);
  if (info.key !== 'endReason') return <span className={classes.text}>{text}</span>;
  return (
    <span className={classes.end} data-end={String(value)} title={endReasonLook(String(value)).meaning}>
      {text}
    </span>
  );
}
