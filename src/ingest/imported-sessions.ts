// Stores login sessions that another system has summed up, and their states.
import type { Engine, Row, RowValue } from '../engine/engine.ts';
import { IMPORTED_COUNTS, IMPORTED_TIMES } from '../report/columns/measures.ts';
import {
  type Imported,
  type ImportedSession,
  type ImportedState,
  TEXTS,
} from '../sources/ringcentral-exports/imported-session.ts';

/** Gives each row a version above those of all earlier rows and imports. */
export type NextVersion = () => string;

/** The start of the import in milliseconds, followed by the number of the row. */
export function versionsFrom(nowMs: number): NextVersion {
  let version = BigInt(nowMs) * 1_000_000n;
  return () => String(version++);
}

/** Resolved when the rows are durable. A later row replaces an earlier one of the same session. */
export async function writeImported(
  engine: Engine,
  rows: readonly Imported[],
  importedAt: number,
  nextVersion: NextVersion,
): Promise<void> {
  const sessions = rows.filter(row => 'cells' in row);
  const states = rows.filter(row => 'wallMs' in row);
  const sessionRows = sessions.map(session => sessionRow(session, importedAt, nextVersion()));
  await engine.insert('imported_sessions', sessionRows);
  await engine.insert('imported_states', states.map(stateRow));
}

function sessionRow(session: ImportedSession, importedAt: number, version: string): Row {
  const row: Record<string, RowValue> = {
    login_ms: session.loginMs,
    end_ms: session.endMs,
    end_reason: session.hasLogout ? 'NORMAL' : 'STALE',
    cells: session.cells,
    cells_timezone: session.cellsTimezone,
    origin: session.origin,
    imported_at: importedAt,
    version,
  };
  for (const name of TEXTS) row[name] = session.texts[name] ?? '';
  for (const name of IMPORTED_TIMES) row[name] = session.times[name] ?? null;
  for (const name of IMPORTED_COUNTS) row[name] = session.counts[name] ?? 0;
  return row;
}

function stateRow(state: ImportedState): Row {
  return {
    account_id: state.accountId,
    login_session_id: state.loginSessionId,
    wall_at: state.wallMs,
    base_state: state.baseState,
    state_label: state.stateLabel,
    call_id: state.callId,
    pending_disposition: state.isPendingDisposition,
    duration_ms: state.durationMs,
  };
}
