// The contract of every output format: the rows of a report in, bytes out.
import type { Engine } from '../../engine/engine.ts';
import type { ReportPlan } from '../query/rows.ts';

export interface WriteOptions {
  /** True: cells that a spreadsheet would run as formulas stay as they are. */
  keepFormulas: boolean;
  /** Aborting it stops the query. */
  signal?: AbortSignal;
}

export interface Format {
  contentType: string;
  /** Of a file that holds the report. */
  extension: string;
  /** Nothing is asked of the engine before the first byte is. */
  write: (engine: Engine, rows: ReportPlan, options: WriteOptions) => AsyncIterable<Uint8Array>;
}

/** Puts a beginning and an end around rows. The beginning goes out with the first rows, so that an error before them can
 * still be an answer of its own. */
export async function* framed(head: string, rows: AsyncIterable<Uint8Array>, tail: string): AsyncGenerator<Uint8Array> {
  let begun = false;
  for await (const chunk of rows) {
    if (!begun) yield Buffer.from(head);
    begun = true;
    yield chunk;
  }
  yield Buffer.from(begun ? tail : head + tail);
}
