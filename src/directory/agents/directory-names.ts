// The names of an account's agent groups and dial groups, by id.
import type { Engine } from '../../engine/engine.ts';
import type { AgentFields } from './agent-entries.ts';

export interface DirectoryNames {
  /** Groups that were given a name, which applies to their agents' entries. */
  groups: ReadonlyMap<string, string>;
  /** The latest name of a group in agents' entries. */
  groupsOfEntries: ReadonlyMap<string, string>;
  dialGroups: ReadonlyMap<string, string>;
}

interface NamedId {
  id: string;
  name: string;
}

export async function readNames(engine: Engine, accountId: string): Promise<DirectoryNames> {
  const [groups, groupsOfEntries, dialGroups] = await Promise.all([
    engine.query<NamedId>(
      `SELECT agent_group_id AS id, group_name AS name
       FROM agent_groups FINAL WHERE account_id = {accountId:String} AND is_deleted = 0`,
      { accountId },
    ),
    engine.query<NamedId>(
      `SELECT agent_group_id AS id, argMax(agent_group_name, valid_from) AS name
       FROM agents FINAL WHERE account_id = {accountId:String} AND agent_group_id != '' AND agent_group_name != ''
       GROUP BY agent_group_id`,
      { accountId },
    ),
    engine.query<NamedId>(
      `SELECT dial_group_id AS id, argMax(dial_group_name, valid_from) AS name
       FROM agents FINAL WHERE account_id = {accountId:String} AND dial_group_id != '' AND dial_group_name != ''
       GROUP BY dial_group_id`,
      { accountId },
    ),
  ]);
  return { groups: byId(groups), groupsOfEntries: byId(groupsOfEntries), dialGroups: byId(dialGroups) };
}

const byId = (rows: readonly NamedId[]) => new Map(rows.map(({ id, name }) => [id, name]));

/**
 * The entry `before` with the changes `given`. A group that was given a name has that name; else the given one, or, if only the id
 * is given, the name in other agents' entries.
 */
export function changedFields(before: AgentFields, given: Partial<AgentFields>, names: DirectoryNames): AgentFields {
  const after = { ...before, ...given };
  const isSameGroup =
    after.agent_group_id === before.agent_group_id && after.agent_group_name === before.agent_group_name;
  const groupName = names.groups.get(after.agent_group_id);
  if (!isSameGroup && groupName !== undefined) after.agent_group_name = groupName;
  else if (after.agent_group_id !== before.agent_group_id && given.agent_group_name === undefined) {
    after.agent_group_name = names.groupsOfEntries.get(after.agent_group_id) ?? '';
  }
  if (after.dial_group_id !== before.dial_group_id && given.dial_group_name === undefined) {
    after.dial_group_name = names.dialGroups.get(after.dial_group_id) ?? '';
  }
  return after;
}
