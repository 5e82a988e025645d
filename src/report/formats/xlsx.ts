// Excel workbooks: the engine writes the rows of the sheets, which are zipped as they arrive.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { typedColumns } from '../columns/typed-columns.ts';
import type { Format } from './format.ts';
import { CONTENT_TYPES, SHEET_TAIL, sheetHead, sheetPath, workbookParts } from './xlsx-parts.ts';
import { sheetRowsSql } from './xlsx-rows.ts';
import { type ZippedFile, zippedFiles } from './zip.ts';

/** Most rows of a sheet that Excel opens, including the header. */
const EXCEL_ROWS = 1_048_576;
/** Large enough to make the overhead of a piece negligible, small enough for stages to overlap. */
const PIECE_BYTES = 128 * 1024;
const NEW_LINE = 10;

/** @param sheetRows most rows of a sheet, including its header */
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

/** Only the 39 columns: RingCentral's delimiter EXCEL. */
export const excel = workbook(COLUMNS);
export const xlsx = workbook(ALL_COLUMNS);

/** The sheets, one after the other and each filled up, then the workbook's other files. */
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
 * Chunks as pieces of whole lines. The next chunk is requested while one is consumed, so that the engine writes rows, one thread
 * computes checksums and another compresses at the same time.
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

/** How many rows of the chunk still fit, at most `most`, and where they end. */
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
