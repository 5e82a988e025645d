// Login sessions that another system has summed up, and their states.
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
