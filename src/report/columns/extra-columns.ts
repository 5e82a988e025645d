// Columns that only typed formats have: how a session ended, unaccounted time, time by label, origin.
import { COLUMNS, type Column } from './columns.ts';

export const EXTRA_COLUMNS: readonly Column[] = [
  {
    key: 'endReason',
    header: 'End Reason',
    type: 'text',
    meaning:
      'NORMAL: logged out; SUPERSEDED: logged in again without logging out; STALE: no events for too long; OPEN: still logged in.',
    formula: 'logout event, next login of the agent, time since the last event',
    sql: 'end_reason',
    evidence: 'our choice',
  },
  {
    key: 'loginRecorded',
    header: 'Login Recorded',
    type: 'count',
    meaning: '1 if the login event is known, 0 if the session starts with its first event.',
    formula: 'login events',
    sql: 'has_login',
    evidence: 'our choice',
  },
  {
    key: 'unaccountedTime',
    header: 'Unaccounted Time (min)',
    type: 'minutes',
    meaning: 'Login time in which no state is known, or the state is OFFLINE or UNKNOWN.',
    formula: 'Login Time − Work − Break − Away − Lunch − Training − RNA Time',
    sql: 'unaccounted_ms',
    evidence: 'our choice',
  },
  {
    key: 'stateLabels',
    header: 'State Labels',
    type: 'labels',
    meaning: 'Time by the label the agent saw, or by base state if there is none; labels without time are left out.',
    formula: 'Login Time by label, except the time before the first known state',
    sql: 'label_ms',
    evidence: 'our choice',
  },
  {
    key: 'origin',
    header: 'Origin',
    type: 'text',
    meaning: 'computed: from events; imported: from an export of another system; mixed: an agent’s row with both.',
    formula: 'where the session comes from',
    // Reports with imported sessions have a field for it.
    sql: "'computed'",
    evidence: 'our choice',
  },
];

/** The 39 columns of the report, then the extra ones. */
export const ALL_COLUMNS: readonly Column[] = [...COLUMNS, ...EXTRA_COLUMNS];
