// Keyboard focus in the report's grid: one cell takes Tab, and keys move it, even to rows that are not drawn yet.
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** Row -1 is the header. */
export interface GridPlace {
  row: number;
  column: number;
}

interface GridFocus {
  scroller: RefObject<HTMLDivElement | null>;
  rows: number;
  columns: number;
  scrollTo: (row: number, column: number) => void;
  openCell: (row: number, column: number) => void;
}

const PAGE = 15;
/** Frames after a key, half a second, in which the scroll of an earlier key may still undo its own. */
const WATCHED_FRAMES = 30;

export function useGridFocus({ scroller, rows, columns, scrollTo, openCell }: GridFocus) {
  const [active, set] = useState<GridPlace>({ row: -1, column: 0 });
  const isMoved = useRef(false);
  const watch = useRef(0);

  const clamp = ({ row, column }: GridPlace): GridPlace => ({
    row: Math.min(Math.max(row, -1), rows - 1),
    column: Math.min(Math.max(column, 0), columns - 1),
  });

  function move(place: GridPlace): void {
    const next = clamp(place);
    isMoved.current = true;
    if (next.row >= 0) scrollTo(next.row, next.column);
    set(next);
    cancelAnimationFrame(watch.current);
    let frames = 0;
    watch.current = requestAnimationFrame(function check() {
      const isLost = document.activeElement === document.body;
      if (isLost && !focusCell(next) && next.row >= 0) scrollTo(next.row, next.column);
      if (++frames < WATCHED_FRAMES) watch.current = requestAnimationFrame(check);
    });
  }
  useEffect(() => () => cancelAnimationFrame(watch.current), []);

  /** False: the cell is not drawn. */
  function focusCell({ row, column }: GridPlace): boolean {
    const place = row === -1 ? `[data-head="${column}"]` : `[data-row="${row}"][data-column="${column}"]`;
    const cell = scroller.current?.querySelector<HTMLElement>(place);
    if (!cell) return false;
    cell.focus({ preventScroll: true });
    showColumn(scroller.current as HTMLElement, cell);
    return true;
  }

  // The cell may be drawn a few renders after the move.
  useEffect(() => {
    if (isMoved.current && focusCell(active)) isMoved.current = false;
  });

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const { row, column } = active;
    const target = event.target as HTMLElement;
    // React also passes on keys pressed in popovers, which are drawn outside the grid.
    if (!scroller.current?.contains(target) || event.altKey) return;
    const isJump = event.ctrlKey || event.metaKey;
    const moves: Readonly<Record<string, GridPlace>> = {
      ArrowDown: { row: row + 1, column },
      ArrowUp: { row: row - 1, column },
      ArrowRight: { row, column: column + 1 },
      ArrowLeft: { row, column: column - 1 },
      PageDown: { row: row + PAGE, column },
      PageUp: { row: Math.max(row - PAGE, 0), column },
      Home: isJump ? { row: 0, column: 0 } : { row, column: 0 },
      End: isJump ? { row: rows - 1, column: columns - 1 } : { row, column: columns - 1 },
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      move(next);
    } else if (event.key === 'Enter' && target.getAttribute('role') === 'gridcell' && row >= 0) {
      openCell(row, column);
    }
  }

  return { active: clamp(active), set, move, onKeyDown };
}

/** Scrolls the cell out from under the columns that stay in view. */
function showColumn(scroller: HTMLElement, cell: HTMLElement): void {
  const place = cell.closest<HTMLElement>('[role="gridcell"], [role="columnheader"]') ?? cell;
  if (place.dataset.pinned) return;
  const pinned = [...(place.parentElement?.children ?? [])].filter(other => (other as HTMLElement).dataset.pinned);
  const hidden = pinned.reduce((sum, other) => sum + (other as HTMLElement).offsetWidth, 0);
  const { offsetLeft, offsetWidth } = place;
  if (offsetLeft - hidden < scroller.scrollLeft) scroller.scrollLeft = offsetLeft - hidden;
  const right = offsetLeft + offsetWidth - scroller.clientWidth;
  if (right > scroller.scrollLeft) scroller.scrollLeft = right;
}
