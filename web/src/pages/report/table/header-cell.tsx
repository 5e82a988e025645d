// A column header: the title sorts, the button opens the column's menu, dragging the edge changes the width.
import { ActionIcon, Popover, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconFilter } from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { ColumnMenu } from '../columns/column-menu.tsx';
import { isNumber, shortTitle } from '../columns/column-info.ts';
import type { ChangeReport, ReportState } from '../report-fields.ts';
import classes from './report-table.module.css';
import { sortDirection, toggledSort } from './sort.ts';
import type { PlacedColumn } from './table-row.tsx';

interface HeaderCellProps {
  column: PlacedColumn;
  index: number;
  isActive: boolean;
  onFocus: () => void;
  resize: (event: unknown) => void;
  /** CSS pixels, while the edge is dragged. */
  resizedBy: number | undefined;
  state: ReportState;
  change: ChangeReport;
  shown: readonly string[];
}

const ARIA_SORT = { ASC: 'ascending', DESC: 'descending' } as const;

export function HeaderCell(props: HeaderCellProps) {
  const { column, index, isActive, onFocus, resize, resizedBy, state, change, shown } = props;
  const { info, width, left } = column;
  const [isOpen, setOpen] = useState(false);
  const direction = sortDirection(state.sort, info.key);
  const isFiltered = state.filter.some(filter => filter.column === info.key);
  const tabIndex = isActive ? 0 : -1;
  const canSort = info.operators.length > 0;
  const sort = (event: MouseEvent) =>
    canSort && change({ sort: toggledSort(state.sort, info.key, event.shiftKey) }, true);
  const openByKey = (event: KeyboardEvent) => {
    if (event.altKey && event.key === 'ArrowDown') setOpen(true);
  };
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={direction ? ARIA_SORT[direction] : 'none'}
      className={classes.headCell}
      data-number={isNumber(info) || undefined}
      data-pinned={left !== undefined || undefined}
      style={{ width, left }}
      onFocus={onFocus}
    >
      <UnstyledButton
        className={classes.title}
        data-head={index}
        tabIndex={tabIndex}
        onClick={sort}
        onKeyDown={openByKey}
        title={canSort ? 'Sort. Hold Shift to sort by several columns.' : undefined}
      >
        <span className={classes.titleText}>
          {shortTitle(info)}
          {info.unit === 'min' && <span className={classes.unit}> (min)</span>}
        </span>
        {direction === 'ASC' && <IconArrowUp size={14} aria-hidden />}
        {direction === 'DESC' && <IconArrowDown size={14} aria-hidden />}
      </UnstyledButton>
      <Popover
        opened={isOpen}
        onChange={setOpen}
        width={320}
        position="bottom-start"
        shadow="md"
        trapFocus
        returnFocus
        withinPortal
      >
        <Popover.Target>
          <ActionIcon
            variant={isFiltered ? 'filled' : 'subtle'}
            color={isFiltered ? undefined : 'gray'}
            size="sm"
            className={classes.menuButton}
            tabIndex={tabIndex}
            aria-label={`${info.title}: meaning${isFiltered ? ', filtered' : ''}, filter, width`}
            onClick={() => setOpen(open => !open)}
          >
            {isFiltered ? <IconFilter size={14} aria-hidden /> : <IconDots size={16} aria-hidden />}
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={info.title}>
          {isOpen && (
            <ColumnMenu
              info={info}
              width={width}
              state={state}
              change={change}
              shown={shown}
              close={() => setOpen(false)}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu changes the width by keyboard */}
      <span
        className={classes.edge}
        data-resizing={resizedBy !== undefined || undefined}
        style={resizedBy === undefined ? undefined : { transform: `translateX(${resizedBy}px)` }}
        onMouseDown={resize}
        onTouchStart={resize}
      />
    </div>
  );
}
