// Login sessions that another system has summed up, and their states, into rows of their tables.
import type { Engine } from '../engine/engine.ts';
import type { BaseState } from '../events/agent-event.ts';
import { tsvInstant, tsvRow } from './tsv.ts';

const TEXTS = [
  'account_id',
  'login_session_id',
  'agent_id',
  'username',
  'phone',
  'first_name',
  'last_name',
  'team',
  'agent_group_id',
  'agent_group_name',
  'external_agent_id',
  'dial_group_name',
] as const;
const TIMES = [
  'login_time_ms',
  'available_ms',
  'ring_ms',
  'engaged_ms',
  'work_ms',
  'break_ms',
  'away_ms',
  'lunch_ms',
  'training_ms',
  'rna_ms',
  'pending_disposition_ms',
  'talk_ms',
  'hold_ms',
  'off_hook_ms',
  'rounded_off_hook_ms',
] as const;
const COUNTS = [
  'presented',
  'accepted',
  'ring_no_answers',
  'manual_no_connects',
  'transfers',
  'holds',
  'monitoring_sessions',
] as const;

export type ImportedText = (typeof TEXTS)[number];
export type ImportedTime = (typeof TIMES)[number];
export type ImportedCount = (typeof COUNTS)[number];

/** A whole login session as an export tells it; an absent text is empty, an absent count zero. */
export interface ImportedSession {
  texts: Partial<Record<ImportedText, string>>;
  /** UTC milliseconds since 1970. */
  loginMs: number;
  endMs: number;
  hasLogout: boolean;
  /** Milliseconds; null or absent: the export does not say. */
  times: Partial<Record<ImportedTime, number | null>>;
  counts: Partial<Record<ImportedCount, number>>;
  /** What a report printed, column by column, and the zone of its times; empty where the export is no report. */
  cells: readonly string[];
  cellsTimezone: string;
  origin: 'agent-session-report' | 'agent-logins';
}

/** A state that an imported session was in. */
export interface ImportedState {
  accountId: string;
  loginSessionId: string;
  /** The reading of the export's clock, as milliseconds since 1970. */
  wallMs: number;
  baseState: BaseState;
  stateLabel: string;
  callId: string;
  isPendingDisposition: boolean;
  durationMs: number;
}

export type Imported = ImportedSession | ImportedState;

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
