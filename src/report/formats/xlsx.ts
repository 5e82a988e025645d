// Columns into an Excel workbook: the engine writes the rows of its sheets, which are zipped while they arrive.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { EXTRA_COLUMNS } from '../columns/extra-columns.ts';
import { typedColumns } from '../columns/typed-columns.ts';
import type { Format } from './format.ts';
import { CONTENT_TYPES, SHEET_TAIL, sheetHead, sheetPath, workbookParts } from './xlsx-parts.ts';
import { sheetRowsSql } from './xlsx-rows.ts';
import { type ZippedFile, zippedFiles } from './zip.ts';

/** Rows of a sheet that Excel opens, the header included. */
const EXCEL_ROWS = 1_048_576;
/** Large enough that handing a piece on costs nothing, small enough that none waits long for another. */
const PIECE_BYTES = 128 * 1024;
const NEW_LINE = 10;

/** A workbook whose sheets hold so many rows, the header of each included. */
export function workbook(columns: readonly Column[], sheetRows = EXCEL_ROWS): Format {
  return {
    contentType: `${CONTENT_TYPES}.sheet`,
    extension: 'xlsx',
    write(engine, rows, { signal }) {
      const sql = sheetRowsSql(typedColumns(columns, rows), sheetRows, rows);
      const lines = engine.stream(sql, rows.params, { format: 'TSVRaw', ...(signal ? { signal } : {}) });
      return zippedFiles(workbookFiles(columns, lines, sheetRows), signal);
    },
  };
}

/** The 39 columns alone: what RingCentral's delimiter EXCEL asks for. */
export const excel = workbook(COLUMNS);
export const xlsx = workbook([...COLUMNS, ...EXTRA_COLUMNS]);

/** One sheet after the other, each as full as it may be, then what a workbook of so many sheets needs. */
async function* workbookFiles(
  columns: readonly Column[],
  lines: AsyncIterable<Uint8Array>,
  sheetRows: number,
): AsyncGenerator<ZippedFile> {
  const source = linesAhead(lines);
  let chunk: Uint8Array = Buffer.alloc(0);
  let hasMore = true;
  async function advance(): Promise<void> {
    const next = await source.next();
    hasMore = !next.done;
    if (!next.done) chunk = next.value;
  }
  async function* sheet(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(sheetHead(columns));
    for (let room = sheetRows - 1; hasMore && room > 0; ) {
      const { end, rows } = rowsFrom(chunk, room);
      yield chunk.subarray(0, end);
      room -= rows;
      chunk = chunk.subarray(end);
      if (chunk.length === 0) await advance();
    }
    yield Buffer.from(SHEET_TAIL);
  }
  try {
    await advance();
    let sheets = 0;
    do yield { path: sheetPath(++sheets), bytes: sheet() };
    while (hasMore);
    for (const [path, text] of workbookParts(sheets)) yield { path, bytes: [Buffer.from(text)] };
  } finally {
    await source.return(undefined);
  }
}

/**
 * Chunks in pieces of whole lines, the next chunk being made while one is handed on: so the engine writes rows, one thread sums and another
 * compresses, all at once.
 */
async function* linesAhead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  let coming = source.next();
  try {
    for (let next = await coming; !next.done; next = await coming) {
      coming = source.next();
      coming.catch(() => {});
      for (let at = 0, end = 0; at < next.value.length; at = end) {
        end = next.value.indexOf(NEW_LINE, at + PIECE_BYTES) + 1 || next.value.length;
        yield next.value.subarray(at, end);
      }
    }
  } finally {
    await source.return?.();
  }
}

/** Where the rows of the chunk that still fit end, and how many they are. */
function rowsFrom(chunk: Uint8Array, most: number): { end: number; rows: number } {
  let end = 0;
  let rows = 0;
  while (rows < most && end < chunk.length) {
    const next = chunk.indexOf(NEW_LINE, end);
    end = next < 0 ? chunk.length : next + 1;
    rows++;
  }
  return { end, rows };
}
