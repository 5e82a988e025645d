// The table of agent groups that were given a name, read and written whole.
import type { Engine } from '../../engine/engine.ts';
import { nextVersion } from '../../engine/lock.ts';
import { tsvRow } from '../../engine/tsv.ts';

export interface AgentGroup {
  agentGroupId: string;
  groupName: string;
  /** At most one group of an account is. */
  isDefault: boolean;
}

/** A row of the table; a deleted one keeps its id from being given again. */
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

/** Writes rows; `version` is that of the row whose place each takes, or 0. */
export function insertGroupRows(
  engine: Engine,
  accountId: string,
  rows: readonly GroupRow[],
  nowMs: number,
): Promise<void> {
  const tsv = rows.map(({ agentGroupId, groupName, isDefault, isDeleted, version }) =>
    tsvRow([accountId, agentGroupId, groupName, Number(isDefault), Number(isDeleted), nextVersion(nowMs, version)]),
  );
  return engine.insert(
    'agent_groups',
    ['account_id', 'agent_group_id', 'group_name', 'is_default', 'is_deleted', 'version'],
    Buffer.from(tsv.join('')),
  );
}

/** One more than the largest number that is, or was, a group's id. */
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
