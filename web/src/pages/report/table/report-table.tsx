// The report as a grid that draws only what is in view; header, totals and first columns stay, and arrow keys move the focus.
import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { type MouseEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { type ColumnInfo, isNumber, widthOf } from '../columns/column-info.ts';
import { cellText } from './cell-text.ts';
import { HeaderCell } from './header-cell.tsx';
import type { ChangeReport, Criteria, ReportState } from '../report-fields.ts';
import classes from './report-table.module.css';
import { type PlacedColumn, TableRow } from './table-row.tsx';
import { useGridFocus } from './use-grid-focus.ts';
import { PAGE_ROWS, type ReportRow, type useReportRows } from '../use-report-rows.ts';

const ROW_HEIGHT = 34;
/** Browsers cut off higher elements: this is 17 million pixels. */
export const MOST_ROWS = 500_000;

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
  columnVisibilityFeature,
});
const NO_DATA: never[] = [];

interface ReportTableProps {
  accountId: string;
  criteria: Criteria;
  columns: readonly ColumnInfo[];
  /** Keys of the columns shown, in their order. */
  shown: readonly string[];
  state: ReportState;
  change: ChangeReport;
  report: ReturnType<typeof useReportRows>;
  /** Called with the pages of rows in view. */
  onPages: (pages: readonly number[]) => void;
  /** Opens the session, with the explanation of one value if a key is given. */
  open: (row: ReportRow, key: string | undefined) => void;
}

export function ReportTable(props: ReportTableProps) {
  const { columns, shown, state, change, report, onPages, open, criteria } = props;
  const { view, rowAt } = report;
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const [table, placed] = useColumnModel(columns, shown, state, change, isNarrow ? 1 : 2);
  const rowCount = view?.rowCount ?? 0;
  const rows = useVirtualizer({
    count: Math.min(rowCount, MOST_ROWS),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // Below the header, above the totals.
    scrollPaddingStart: 52,
    scrollPaddingEnd: ROW_HEIGHT,
  });
  const items = rows.getVirtualItems();
  const across = useColumnsInView(scroller, placed);
  usePagesInView(items[0]?.index ?? 0, items.at(-1)?.index ?? 0, onPages);
  const focus = useGridFocus({
    scroller,
    columns: placed.length,
    rows: rowCount,
    scrollTo: (index, column) => {
      rows.scrollToIndex(index);
      across.scrollTo(column);
    },
    openCell: (index, column) => {
      const row = rowAt(index);
      if (row) open(row, column === 0 ? undefined : placed[column]?.info.key);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view starts at its top
  useEffect(() => {
    // Braces, since some browsers return a promise, which React would take for a clean-up function.
    scroller.current?.scrollTo({ top: 0 });
  }, [view?.viewId]);

  function onClick({ target }: MouseEvent): void {
    const cell = (target as HTMLElement).closest<HTMLElement>('[role="gridcell"]');
    const index = cell?.dataset.row;
    if (cell === null || index === undefined || getSelection()?.toString()) return;
    const column = Number(cell.dataset.column);
    focus.move({ row: Number(index), column });
    const row = rowAt(Number(index));
    if (row) open(row, column === 0 ? undefined : placed[column]?.info.key);
  }

  const width = table.getTotalSize();
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Report"
      aria-rowcount={rowCount + 2}
      aria-colcount={placed.length}
      aria-busy={report.isUpdating}
      className={classes.grid}
      data-updating={report.isUpdating || undefined}
      onKeyDown={focus.onKeyDown}
      onClick={onClick}
    >
      <div role="rowgroup" className={classes.head} style={{ width }}>
        <div role="row" aria-rowindex={1} className={classes.headRow}>
          {table.getFlatHeaders().map((header, nth) => (
            <HeaderCell
              key={header.id}
              column={placed[nth] as PlacedColumn}
              index={nth}
              isActive={focus.active.row === -1 && focus.active.column === nth}
              onFocus={() => focus.set({ row: -1, column: nth })}
              resize={header.getResizeHandler()}
              resizedBy={header.column.getIsResizing() ? (table.state.columnResizing.deltaOffset ?? 0) : undefined}
              state={state}
              change={change}
              shown={shown}
            />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: rows.getTotalSize(), width }}>
        {items.map(({ index, start }) => (
          <TableRow
            key={index}
            row={rowAt(index)}
            index={index}
            start={start}
            columns={across.columns}
            gap={across.gap}
            timezone={view?.timezone ?? criteria.timezoneName}
            activeColumn={focus.active.row === index ? focus.active.column : undefined}
          />
        ))}
      </div>
      <div role="rowgroup" className={classes.foot} style={{ width }}>
        <div role="row" aria-rowindex={rowCount + 2} className={classes.totals}>
          {placed.map(({ info, width: cellWidth, left }, nth) => (
            <div
              key={info.key}
              role="gridcell"
              aria-colindex={nth + 1}
              className={classes.cell}
              data-number={isNumber(info) || undefined}
              data-pinned={left !== undefined || undefined}
              data-key={info.key}
              style={{ width: cellWidth, left }}
            >
              {nth === 0 ? 'Total' : cellText(info, view?.totals[info.key], criteria.timezoneName)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** TanStack's model of the columns: order, width, and the offset of those that stay in view. */
function useColumnModel(
  columns: readonly ColumnInfo[],
  shown: readonly string[],
  state: ReportState,
  change: ChangeReport,
  pinned: number,
) {
  const definitions = useMemo(
    () =>
      columns.map(info => ({
        id: info.key,
        header: info.title,
        size: widthOf(info),
        minSize: 56,
        maxSize: 600,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: NO_DATA,
    columnResizeMode: 'onEnd' as const,
    state: {
      columnOrder: [...shown],
      columnVisibility: Object.fromEntries(columns.map(({ key }) => [key, shown.includes(key)])),
      columnPinning: { start: shown.slice(0, pinned), end: [] },
      columnSizing: { ...state.width },
    },
    onColumnSizingChange: update =>
      change({ width: typeof update === 'function' ? update({ ...state.width }) : update }),
  });
  const placed = table.getVisibleLeafColumns().map(
    (column, nth): PlacedColumn => ({
      nth,
      info: columns.find(({ key }) => key === column.id) as ColumnInfo,
      width: column.getSize(),
      left: column.getIsPinned() ? column.getStart('start') : undefined,
    }),
  );
  // The same array as long as no column changes, so that rows are not drawn again.
  const signature = placed.map(({ info, width, left }) => `${info.key} ${width} ${left}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature holds all that matters
  return [table, useMemo(() => placed, [signature])] as const;
}

/** Rows draw only the columns in view; the header draws all. */
function useColumnsInView(scroller: RefObject<HTMLDivElement | null>, placed: readonly PlacedColumn[]) {
  const virtual = useVirtualizer({
    horizontal: true,
    count: placed.length,
    getScrollElement: () => scroller.current,
    estimateSize: nth => placed[nth]?.width ?? 0,
    overscan: 3,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the columns change
  useLayoutEffect(() => virtual.measure(), [placed]);
  const items = virtual.getVirtualItems();
  const pinned = placed.filter(({ left }) => left !== undefined).length;
  const from = Math.max(items[0]?.index ?? 0, pinned);
  const to = items.at(-1)?.index ?? -1;
  const columns = useMemo(
    () => [...placed.slice(0, pinned), ...placed.slice(from, to + 1)],
    [placed, pinned, from, to],
  );
  const gap = placed.slice(pinned, from).reduce((sum, { width }) => sum + width, 0);
  return { columns, gap, scrollTo: (nth: number) => virtual.scrollToIndex(nth) };
}

/** Debounced, so that pages passed in a long scroll are not loaded. */
function usePagesInView(first: number, last: number, onPages: (pages: readonly number[]) => void): void {
  const [range] = useDebouncedValue(`${Math.floor(first / PAGE_ROWS)} ${Math.floor(last / PAGE_ROWS)}`, 80);
  const onPagesNow = useRef(onPages);
  onPagesNow.current = onPages;
  useEffect(() => {
    const [from = 0, to = 0] = range.split(' ').map(Number);
    onPagesNow.current(Array.from({ length: to - from + 1 }, (_, nth) => from + nth));
  }, [range]);
}
