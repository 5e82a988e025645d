// A report as bytes, streamed from the engine.
import type { Engine } from '../engine/engine.ts';
import { planReport, type ReportClock, type ReportCriteria, reportRows } from './query/criteria.ts';
import type { WriteOptions } from './formats/format.ts';
import { FORMATS, type FormatName } from './formats/formats.ts';
import { rowsWithAgents } from './query/sessions-with-agents.ts';
import { REPORT_SETTINGS } from './query/rows.ts';

export interface ReportOptions extends WriteOptions {
  format: FormatName;
}

/**
 * The report as bytes. Criteria are checked when it is called, before any byte is read, so that an error can still be an HTTP answer.
 * @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END
 */
export function streamReport(
  engine: Engine,
  criteria: ReportCriteria,
  clock: ReportClock,
  { format, ...options }: ReportOptions,
): AsyncIterable<Uint8Array> {
  const rows = reportRows(criteria, clock);
  return (async function* () {
    yield* FORMATS[format].write(engine, await planReport(engine, rows), options);
  })();
}

/** Whether the report has no rows. @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END */
export async function isEmptyReport(engine: Engine, criteria: ReportCriteria, clock: ReportClock): Promise<boolean> {
  const rows = await planReport(engine, reportRows(criteria, clock));
  const found = await engine.query(`SELECT 1 FROM (${rowsWithAgents(rows)}) LIMIT 1 ${REPORT_SETTINGS}`, rows.params);
  return found.length === 0;
}
