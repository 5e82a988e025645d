// The word after `--source` to an export, and an export's file into durable rows.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { Refusal } from '../../sources/fields.ts';
import type { Reject } from '../../sources/source.ts';
import type { EventWriter, Written } from '../../store/event-writer.ts';
import { type Imported, type NextVersion, writeImported } from '../../store/imported-sessions.ts';
import { agentLogins } from './agent-logins.ts';
import { agentStates } from './agent-states.ts';
import { type CsvRecord, csvRecords } from './csv.ts';
import type { Export, ExportContext } from './export.ts';
import { sessionReport } from './session-report.ts';

export const EXPORTS: Readonly<Record<string, Export>> = Object.fromEntries(
  [sessionReport, agentLogins, agentStates].map(each => [each.name, each]),
);

interface Store {
  engine: Engine;
  writer: EventWriter;
}

/**
 * A file of any size in constant memory: yields the totals so far, each durable. Rows that cannot be used are kept as rejects.
 * @throws UserError INVALID_REQUEST for a header that is not the export's, or quotes that never close; UNKNOWN_TIME_ZONE
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
  let read: ((cells: readonly string[]) => Imported) | undefined;
  for await (const record of csvRecords(bytes)) {
    if (read === undefined) {
      read = chosen.reader(record.cells, context);
      continue;
    }
    try {
      rows.push(read(record.cells));
    } catch (refusal) {
      rejects.push(rejectOf(chosen, record, refusal, context));
    }
    if (rows.length + rejects.length >= LIMITS.importBatchDocuments) yield await flush();
  }
  // An empty file has no header, either.
  if (read === undefined) chosen.reader([], context);
  yield await flush();
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
