// What typed formats show beside the 39 columns: how a session ended, what no state accounts for, time by label, origin.
import type { Column } from './columns.ts';

export const EXTRA_COLUMNS: readonly Column[] = [
  {
    key: 'endReason',
    header: 'End Reason',
    type: 'text',
    meaning: 'NORMAL: logged out; SUPERSEDED: logged in again without; STALE: silent for too long; OPEN: still there.',
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
    meaning: 'Time by the label the agent saw, or by the base state where it has none; without labels of no time.',
    formula: 'Login Time by label, but for the time before any state is known',
    sql: 'label_ms',
    evidence: 'our choice',
  },
  {
    key: 'origin',
    header: 'Origin',
    type: 'text',
    meaning: 'computed: from events; imported: from an export of another system; mixed: an agent’s row that has both.',
    formula: 'where the session comes from',
    // Reports with imported sessions read a field instead.
    sql: "'computed'",
    evidence: 'our choice',
  },
];
