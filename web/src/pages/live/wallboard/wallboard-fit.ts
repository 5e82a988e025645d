// How large the agents of a wallboard can be shown: columns and letter size that fill the screen without scrolling.

/** More than these take turns. */
export const AGENTS_PER_PAGE = 60;

export interface Fit {
  columns: number;
  rows: number;
  fontPx: number;
}

/** A name of usual length is so many letters' heights wide, with its colour bar; two lines are so many high. */
const CELL_WIDTH_EM = 12.5;
const CELL_HEIGHT_EM = 3.5;
const LARGEST_PX = 72;

/** The columns with which the letters are largest. */
export function fitAgents(count: number, widthPx: number, heightPx: number): Fit {
  let best: Fit = { columns: 1, rows: Math.max(count, 1), fontPx: 0 };
  for (let columns = 1; columns <= Math.max(count, 1); columns++) {
    const rows = Math.ceil(Math.max(count, 1) / columns);
    const fontPx = Math.min(widthPx / columns / CELL_WIDTH_EM, heightPx / rows / CELL_HEIGHT_EM, LARGEST_PX);
    if (fontPx > best.fontPx) best = { columns, rows, fontPx };
  }
  return best;
}
