// Records who did what in the audit log. Entries that arrive together are written in one insert.
import type { Engine, Row } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';

/** The recorded actions, as they are stored and shown. */
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
  /** The user, or the name that was entered at a refused sign-in; empty: unknown. */
  username: string;
  /** Network address of the client, or `command line`. */
  address: string;
  /** Empty: the action concerns no account. */
  accountId?: string;
  /** Details of the action. Never contains a secret. */
  detail?: Readonly<Record<string, unknown>>;
}

export interface Audit {
  /** Resolved when the entry is durable. */
  record: (entry: AuditEntry) => Promise<void>;
}

export function openAudit(engine: Engine, now: () => number): Audit {
  let waiting: Row[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let lastMs = 0;
  let orderInInstant = 0;

  async function insertWaiting(): Promise<void> {
    await running.catch(() => {});
    const rows = waiting;
    waiting = [];
    next = undefined;
    running = engine.insert('audit', rows);
    await running;
  }

  return {
    record({ action, username, address, accountId = '', detail = {} }) {
      const atMs = now();
      orderInInstant = atMs === lastMs ? orderInInstant + 1 : 0;
      lastMs = atMs;
      waiting.push({
        at: atMs,
        order_in_instant: orderInInstant,
        username,
        address: address.slice(0, LIMITS.addressChars),
        action,
        account_id: accountId,
        detail: JSON.stringify(detail),
      });
      next ??= insertWaiting();
      return next;
    },
  };
}
