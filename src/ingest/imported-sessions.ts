// Login sessions that another system has summed up, and their states, into rows of their tables.
import type { Engine } from '../engine/engine.ts';
import {
  COUNTS,
  type Imported,
  type ImportedSession,
  type ImportedState,
  TEXTS,
  TIMES,
} from '../sources/ringcentral-exports/imported-session.ts';
import { tsvInstant, tsvRow } from '../engine/tsv.ts';

const SESSION_COLUMNS = [
  ...TEXTS,
  'login_ms',
  'end_ms',
  'end_reason',
  ...TIMES,
  ...COUNTS,
  'cells',
  'cells_timezone',
  'origin',
  'imported_at',
  'version',
];
const STATE_COLUMNS = [
  'account_id',
  'login_session_id',
  'wall_at',
  'base_state',
  'state_label',
  'call_id',
  'pending_disposition',
  'duration_ms',
];

/** Gives each row a version above all before it: those of this import, and those of earlier ones. */
export type NextVersion = () => string;

/** The import's start in milliseconds, then the row: more than a million rows a second run ahead of the clock. */
export function versionsFrom(nowMs: number): NextVersion {
  let version = BigInt(nowMs) * 1_000_000n;
  return () => String(version++);
}

/** Resolved when the rows are durable; of two rows for one session the later one stays. */
export async function writeImported(
  engine: Engine,
  rows: readonly Imported[],
  importedAt: number,
  nextVersion: NextVersion,
): Promise<void> {
  const sessions = rows.filter(row => 'cells' in row);
  const states = rows.filter(row => 'wallMs' in row);
  const sessionRows = sessions.map(session => sessionRow(session, importedAt, nextVersion()));
  if (sessions.length > 0) await engine.insert('imported_sessions', SESSION_COLUMNS, Buffer.from(sessionRows.join('')));
  if (states.length > 0)
    await engine.insert('imported_states', STATE_COLUMNS, Buffer.from(states.map(stateRow).join('')));
}

function sessionRow(session: ImportedSession, importedAt: number, version: string): string {
  const { texts, times, counts, loginMs, endMs, hasLogout, cells, cellsTimezone, origin } = session;
  return tsvRow([
    ...TEXTS.map(name => texts[name] ?? ''),
    loginMs,
    endMs,
    hasLogout ? 'NORMAL' : 'STALE',
    ...TIMES.map(name => times[name] ?? null),
    ...COUNTS.map(name => counts[name] ?? 0),
    cells,
    cellsTimezone,
    origin,
    tsvInstant(importedAt),
    version,
  ]);
}

function stateRow(state: ImportedState): string {
  return tsvRow([
    state.accountId,
    state.loginSessionId,
    tsvInstant(state.wallMs),
    state.baseState,
    state.stateLabel,
    state.callId,
    Number(state.isPendingDisposition),
    state.durationMs,
  ]);
}
