// What is recorded, in words.

export const AUDIT_ACTIONS = {
  SIGN_IN: 'Signed in',
  SIGN_IN_REFUSED: 'Was refused',
  TOKEN_ISSUED: 'Made a token',
  TOKEN_REVOKED: 'Revoked a token',
  TOKEN_REUSED: 'Used a token twice',
  REPORT: 'Asked for a report',
  USER_CHANGED: 'Changed a user',
  USER_DELETED: 'Deleted a user',
  CLIENT_CREATED: 'Made an API client',
  CLIENT_DELETED: 'Deleted an API client',
  ACCOUNT_CHANGED: 'Changed an account',
  DIRECTORY_CHANGED: 'Changed the directory',
  STATES_CHANGED: 'Changed a state',
  SAVED_VIEW_CHANGED: 'Changed a saved view',
  EVENTS_REPLAYED: 'Replayed events',
  AUDIT_READ: 'Read the audit log',
  DELETION_ANNOUNCED: 'Announced a deletion',
  DELETION_WITHDRAWN: 'Withdrew a deletion',
  DELETION_BEGUN: 'Began to delete old months',
  DELETION_ENDED: 'Deleted old months',
  CLOCK_JUMPED: 'Saw the clock jump',
  DEMO_LOADED: 'Loaded the demo',
  DEMO_REMOVED: 'Removed the demo',
} as const;
export type AuditAction = keyof typeof AUDIT_ACTIONS;
