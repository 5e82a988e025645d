// The layout of a wallboard: columns and font size that fill the screen without scrolling.

/** More agents take turns, page by page. */
export const AGENTS_PER_PAGE = 60;

export interface Fit {
  columns: number;
  rows: number;
  fontPx: number;
}

/** Room for a name of usual length with its colour bar, and for two lines. */
const CELL_WIDTH_EM = 12.5;
const CELL_HEIGHT_EM = 3.5;
const LARGEST_PX = 72;

/** The number of columns that allows the largest font. */
export function fitAgents(count: number, widthPx: number, heightPx: number): Fit {
  let best: Fit = { columns: 1, rows: Math.max(count, 1), fontPx: 0 };
  for (let columns = 1; columns <= Math.max(count, 1); columns++) {
    const rows = Math.ceil(Math.max(count, 1) / columns);
    const fontPx = Math.min(widthPx / columns / CELL_WIDTH_EM, heightPx / rows / CELL_HEIGHT_EM, LARGEST_PX);
    if (fontPx > best.fontPx) best = { columns, rows, fontPx };
  }
  return best;
}
