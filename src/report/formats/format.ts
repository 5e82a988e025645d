// The contract of output formats: a report's plan in, bytes out.
import type { Engine } from '../../engine/engine.ts';
import type { ReportPlan } from '../query/rows.ts';
import { hasStoredCells } from '../query/sessions-with-agents.ts';

export interface WriteOptions {
  /** True: texts that a spreadsheet would run as formulas are not guarded. */
  keepFormulas: boolean;
  /** Aborting it stops the query. */
  signal?: AbortSignal;
}

export interface Format {
  contentType: string;
  /** File name extension. */
  extension: string;
  /** The query starts when the first byte is read. */
  write: (engine: Engine, rows: ReportPlan, options: WriteOptions) => AsyncIterable<Uint8Array>;
}

/** SQL of the function `cell`, which writes a text by the function `escaping`; in most rows no text needs that. */
export const cellSql = (rows: ReportPlan, escaping: string): string =>
  `(text -> ${hasStoredCells(rows) ? `if(row_needs_escaping, ${escaping}(text), text)` : `${escaping}(text)`}) AS cell`;

/** Rows between a head and a tail. The head is sent with the first rows, so that an earlier error can still be an HTTP answer. */
export async function* framed(head: string, rows: AsyncIterable<Uint8Array>, tail: string): AsyncGenerator<Uint8Array> {
  let begun = false;
  for await (const chunk of rows) {
    if (!begun) yield Buffer.from(head);
    begun = true;
    yield chunk;
  }
  yield Buffer.from(begun ? tail : head + tail);
}
