// Imports a file of an export as durable rows.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { isBinary } from '../sources/text/file-kind.ts';
import { Refusal } from '../sources/fields.ts';
import type { Reject } from '../sources/source.ts';
import type { EventWriter, Written } from './events/event-writer.ts';
import type { Imported } from '../sources/ringcentral-exports/imported-session.ts';
import { type NextVersion, writeImported } from './imported-sessions.ts';
import { type CsvRecord, csvTable } from '../sources/ringcentral-exports/csv.ts';
import type { Export, ExportContext, RowReader } from '../sources/ringcentral-exports/export.ts';
import { isBlank } from '../sources/ringcentral-exports/table-columns.ts';
import { EXPORTS } from '../sources/ringcentral-exports/exports.ts';
import { wrongFile } from '../sources/ringcentral-exports/wrong-file.ts';

interface Store {
  engine: Engine;
  writer: EventWriter;
}

/**
 * A file of any size in constant memory; yields the totals of what is durable so far. Unusable rows are kept as rejects.
 * @throws UserError INVALID_REQUEST for a file of another kind or a quote that is never closed; UNKNOWN_TIME_ZONE
 */
export async function* importExport(
  { engine, writer }: Store,
  chosen: Export,
  bytes: AsyncIterable<Uint8Array>,
  context: ExportContext,
  nextVersion: NextVersion,
): AsyncGenerator<Written> {
  const total: Written = { stored: 0, rejected: 0 };
  let rows: Imported[] = [];
  let rejects: Reject[] = [];
  async function flush(): Promise<Written> {
    await writer.write(rejects);
    await writeImported(engine, rows, context.receivedAt, nextVersion);
    total.stored += rows.length;
    total.rejected += rejects.length;
    rows = [];
    rejects = [];
    return { ...total };
  }
  const table = await csvTable(bytes, chosen.requiredColumns);
  if (table.absent.length > 0 || isBinary(table.beginning)) throw wrongFile(chosen, table, Object.values(EXPORTS));
  if (table.index > 0) context.note(`The header is in line ${table.index + 1}: the lines above it are skipped.`);
  const totals: number[] = [];
  let header: readonly string[] | undefined;
  let read: RowReader | undefined;
  for await (const record of table.records) {
    if (read === undefined) {
      header = record.cells;
      read = chosen.reader({ names: header, delimiter: table.delimiter }, context);
      continue;
    }
    if (isBlank(record.cells) || isSame(record.cells, header!)) continue;
    try {
      const row = read(record.cells, record.position);
      if (row !== undefined) rows.push(row);
      else if (totals.length <= LIMITS.listedMistakes) totals.push(record.position);
    } catch (refusal) {
      rejects.push(rejectOf(chosen, record, refusal, context));
    }
    if (rows.length + rejects.length >= LIMITS.importBatchDocuments) yield await flush();
  }
  yield await flush();
  if (totals.length > 0) context.note(totalNote(totals));
}

/** Whether the row repeats the header: several files were concatenated. */
const isSame = (cells: readonly string[], header: readonly string[]) =>
  cells.length === header.length && cells.every((cell, index) => cell === header[index]);

function totalNote(lines: readonly number[]): string {
  const where = lines.slice(0, LIMITS.listedMistakes).join(', ');
  const more = lines.length > LIMITS.listedMistakes ? ' and more' : '';
  return lines.length === 1 ? `Line ${where} is a total: skipped.` : `Lines ${where}${more} are totals: skipped.`;
}

function rejectOf(
  { name }: Export,
  { raw, position }: CsvRecord,
  refusal: unknown,
  { accountId, receivedAt }: ExportContext,
): Reject {
  if (!(refusal instanceof Refusal)) throw refusal;
  const { reason, detail } = refusal;
  return { accountId, source: name, reason, detail, position, raw, receivedAt };
}
