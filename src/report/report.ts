// Criteria into the bytes of a report, streamed out of the engine.
import type { Engine } from '../engine/engine.ts';
import { type ReportClock, type ReportCriteria, reportParams } from './criteria.ts';
import { DELIMITED_SQL, headerLine } from './delimited.ts';

/** Delimited formats by their word on the command line. */
export const DELIMITERS = { csv: ',', pipe: '|', tab: '\t' } as const;
export type ReportFormat = keyof typeof DELIMITERS;

export interface ReportOptions {
  format: ReportFormat;
  /** True: cells that a spreadsheet would run as formulas stay as they are. */
  keepFormulas: boolean;
  /** Aborting it stops the query. */
  signal?: AbortSignal;
}

/**
 * The report as bytes. Criteria are checked before the first byte is asked for, so that an error can still be an answer.
 * @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END
 */
export function streamReport(
  engine: Engine,
  criteria: ReportCriteria,
  clock: ReportClock,
  { format, keepFormulas, signal }: ReportOptions,
): AsyncIterable<Uint8Array> {
  const delimiter = DELIMITERS[format];
  const params = { ...reportParams(criteria, clock), delimiter, keep_formulas: Number(keepFormulas) };
  return withHeader(
    headerLine(delimiter),
    engine.stream(DELIMITED_SQL, params, { format: 'TSVRaw', ...(signal ? { signal } : {}) }),
  );
}

/** The header goes out with the first rows: an error before them can still become an answer of its own. */
async function* withHeader(header: string, rows: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending: string | undefined = header;
  for await (const chunk of rows) {
    if (pending !== undefined) yield Buffer.from(pending);
    pending = undefined;
    yield chunk;
  }
  if (pending !== undefined) yield Buffer.from(pending);
}
