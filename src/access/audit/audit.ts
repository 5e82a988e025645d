// Who did what, kept for administrators: entries into the audit table, written together where they come together.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { tsvInstant, tsvRow } from '../../engine/tsv.ts';

/** What is recorded; the words are stored and shown. */
export const AUDIT_ACTIONS = [
  'SIGN_IN',
  'SIGN_IN_REFUSED',
  'TOKEN_ISSUED',
  'TOKEN_REVOKED',
  'TOKEN_REUSED',
  'REPORT',
  'USER_CHANGED',
  'USER_DELETED',
  'CLIENT_CREATED',
  'CLIENT_DELETED',
  'ACCOUNT_CHANGED',
  'DIRECTORY_CHANGED',
  'STATES_CHANGED',
  'SAVED_VIEW_CHANGED',
  'EVENTS_REPLAYED',
  'AUDIT_READ',
  'DELETION_ANNOUNCED',
  'DELETION_WITHDRAWN',
  'DELETION_BEGUN',
  'DELETION_ENDED',
  'CLOCK_JUMPED',
  'AUDIT_DELETED',
  'DEMO_LOADED',
  'DEMO_REMOVED',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  action: AuditAction;
  /** Who, or who they said they were; empty: unknown. */
  username: string;
  /** Network address of the client; `command line` for the local one. */
  address: string;
  /** Empty where the action is about no account. */
  accountId?: string;
  /** What it was about. Never a secret. */
  detail?: Readonly<Record<string, unknown>>;
}

export interface Audit {
  /** Resolved when the entry is durable. */
  record: (entry: AuditEntry) => Promise<void>;
}

const COLUMNS = ['at', 'order_in_instant', 'username', 'address', 'action', 'account_id', 'detail'];

export function openAudit(engine: Engine, now: () => number): Audit {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let lastMs = 0;
  let orderInInstant = 0;

  async function insertWaiting(): Promise<void> {
    await running.catch(() => {});
    const rows = waiting;
    waiting = [];
    next = undefined;
    running = engine.insert('audit', COLUMNS, Buffer.from(rows.join('')));
    await running;
  }

  return {
    record({ action, username, address, accountId = '', detail = {} }) {
      const atMs = now();
      orderInInstant = atMs === lastMs ? orderInInstant + 1 : 0;
      lastMs = atMs;
      const what = [username, address.slice(0, LIMITS.addressChars), action, accountId, JSON.stringify(detail)];
      waiting.push(tsvRow([tsvInstant(atMs), orderInInstant, ...what]));
      next ??= insertWaiting();
      return next;
    },
  };
}
