// One row of the report's table; placeholders stand for values that are still on their way.
import { memo } from 'react';
import { endReasonLook } from '../../parts/end-reason.tsx';
import { cellText } from './cell-text.ts';
import { type ColumnInfo, isNumber } from './column-info.ts';
import classes from './report-table.module.css';
import type { ReportRow } from './use-report-rows.ts';

export interface PlacedColumn {
  info: ColumnInfo;
  /** CSS pixels. */
  width: number;
  /** Of columns that stay in sight. */
  left: number | undefined;
}

interface TableRowProps {
  row: ReportRow | undefined;
  index: number;
  /** CSS pixels from the first row. */
  start: number;
  columns: readonly PlacedColumn[];
  timezone: string;
  /** The column that has the focus, if it is in this row. */
  activeColumn: number | undefined;
}

export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, index, start, columns, timezone, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined || undefined}
      className={classes.row}
      data-end={row?.endReason}
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map(({ info, width, left }, nth) => (
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
          style={{ width, left }}
        >
          {row === undefined ? (
            <span className={classes.placeholder} aria-hidden />
          ) : (
            <Value info={info} value={row.values[info.key]} timezone={timezone} />
          )}
        </div>
      ))}
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
