// The table of agent groups that were given a name.
import type { Engine } from '../../engine/engine.ts';
import { nextVersion } from '../../engine/lock.ts';

export interface AgentGroup {
  agentGroupId: string;
  groupName: string;
  /** At most one group of an account is. */
  isDefault: boolean;
}

/** A row of the table; a deleted one stays, so that its id is not reused. */
export interface GroupRow extends AgentGroup {
  isDeleted: boolean;
  version: number;
}

export function readGroupRows(engine: Engine, accountId: string): Promise<GroupRow[]> {
  return engine.query<GroupRow>(
    `SELECT agent_group_id AS agentGroupId, group_name AS groupName, toBool(is_default) AS isDefault,
       toBool(is_deleted) AS isDeleted, version
     FROM agent_groups FINAL WHERE account_id = {accountId:String}`,
    { accountId },
  );
}

/** Writes rows; the `version` of each is that of the row that it replaces, or 0. */
export function insertGroupRows(
  engine: Engine,
  accountId: string,
  rows: readonly GroupRow[],
  nowMs: number,
): Promise<void> {
  const stored = rows.map(row => ({
    account_id: accountId,
    agent_group_id: row.agentGroupId,
    group_name: row.groupName,
    is_default: row.isDefault,
    is_deleted: row.isDeleted,
    version: nextVersion(nowMs, row.version),
  }));
  return engine.insert('agent_groups', stored);
}

/** One more than the largest numeric id that a group has or had. */
export async function nextGroupId(engine: Engine, accountId: string): Promise<string> {
  const [row] = await engine.query<{ next: string }>(
    `SELECT toString(1 + maxIf(toUInt64OrZero(agent_group_id), length(agent_group_id) <= 15)) AS next
     FROM (
       SELECT toString(agent_group_id) AS agent_group_id FROM agents WHERE account_id = {accountId:String}
       UNION ALL SELECT agent_group_id FROM agent_groups WHERE account_id = {accountId:String}
     )`,
    { accountId },
  );
  return row!.next;
}
