// Records the actions of commands in the audit log.
import { type Audit, type AuditAction, openAudit } from '../access/audit/audit.ts';
import type { Offhook } from '../pipeline.ts';

/** The actor: anyone who may access the data directory. */
export const COMMAND_LINE = { username: '', address: 'command line' };

export const auditOf = ({ engine }: Pick<Offhook, 'engine'>): Audit => openAudit(engine, Date.now);

/** @param accountId empty: the action concerns no account */
export const recordAction = (
  offhook: Pick<Offhook, 'engine'>,
  action: AuditAction,
  accountId: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> => auditOf(offhook).record({ action, ...COMMAND_LINE, accountId, detail });
