// The types of imported sessions, which another system has computed, and of their states.
import type { BaseState } from '../../events/agent-event.ts';
import type { ImportedCount, ImportedTime } from '../../report/columns/measures.ts';

export const TEXTS = [
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

export type ImportedText = (typeof TEXTS)[number];

/** A login session in an export. An absent text is empty, an absent count is zero. */
export interface ImportedSession {
  texts: Partial<Record<ImportedText, string>>;
  /** UTC milliseconds since 1970. */
  loginMs: number;
  endMs: number;
  hasLogout: boolean;
  /** Milliseconds; null or absent: unknown. */
  times: Partial<Record<ImportedTime, number | null>>;
  counts: Partial<Record<ImportedCount, number>>;
  /** The cells of a printed report, by column, and the zone of their times; empty if the export is not a report. */
  cells: readonly string[];
  cellsTimezone: string;
  origin: 'agent-session-report' | 'agent-logins';
}

/** One state of an imported session. */
export interface ImportedState {
  accountId: string;
  loginSessionId: string;
  /** The wall-clock time in the export, as milliseconds since 1970. */
  wallMs: number;
  baseState: BaseState;
  stateLabel: string;
  callId: string;
  isPendingDisposition: boolean;
  durationMs: number;
}

export type Imported = ImportedSession | ImportedState;
