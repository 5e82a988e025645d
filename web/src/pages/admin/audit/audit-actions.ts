// The actions of the audit log, as a person reads them.

export const AUDIT_ACTIONS = {
  SIGN_IN: 'Signed in',
  SIGN_IN_REFUSED: 'Was refused at sign-in',
  TOKEN_ISSUED: 'Created a token',
  TOKEN_REVOKED: 'Revoked a token',
  TOKEN_REUSED: 'Reused a refresh token',
  REPORT: 'Ran a report',
  USER_CHANGED: 'Changed a user',
  USER_DELETED: 'Deleted a user',
  CLIENT_CREATED: 'Created an API client',
  CLIENT_DELETED: 'Deleted an API client',
  ACCOUNT_CHANGED: 'Changed an account',
  DIRECTORY_CHANGED: 'Changed the directory',
  STATES_CHANGED: 'Changed a state',
  SAVED_VIEW_CHANGED: 'Changed a saved view',
  EVENTS_REPLAYED: 'Replayed events',
  AUDIT_READ: 'Read the audit log',
  DELETION_ANNOUNCED: 'Announced a deletion',
  DELETION_WITHDRAWN: 'Cancelled a deletion',
  DELETION_BEGUN: 'Started deleting old months',
  DELETION_ENDED: 'Deleted old months',
  CLOCK_JUMPED: 'Clock jumped',
  DEMO_LOADED: 'Loaded the demo',
  DEMO_REMOVED: 'Removed the demo',
} as const;
export type AuditAction = keyof typeof AUDIT_ACTIONS;
