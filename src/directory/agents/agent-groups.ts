// Agent groups: those that were given a name, and those that agents of the directory belong to.
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import {
  ALL_AGENTS,
  entriesFromNow,
  readHistory,
  readPresent,
  readPresentGroups,
  writeEntries,
} from './agent-entries.ts';
import { type AgentGroup, insertGroupRows, nextGroupId, readGroupRows } from './agent-group-rows.ts';
import { withChangeLock } from '../../engine/lock.ts';

/** A group with its present number of agents. */
export type CountedGroup = AgentGroup & { agents: number };

/** Fields to change; those that are missing stay. */
export type GroupGiven = Partial<Omit<AgentGroup, 'agentGroupId'>>;

/** All groups, by id. */
export async function listGroups(engine: Engine, accountId: string, nowMs: number): Promise<CountedGroup[]> {
  const [rows, present] = await Promise.all([
    readGroupRows(engine, accountId),
    readPresentGroups(engine, accountId, nowMs),
  ]);
  const groups = new Map<string, CountedGroup>();
  for (const { agentGroupId, groupName, isDefault, isDeleted } of rows) {
    if (!isDeleted) groups.set(agentGroupId, { agentGroupId, groupName, isDefault, agents: 0 });
  }
  for (const { agentGroupId, groupName, agents } of present) {
    const group = groups.get(agentGroupId) ?? { agentGroupId, groupName: groupName || agentGroupId, isDefault: false };
    groups.set(agentGroupId, { ...group, agents });
  }
  return [...groups.values()].sort((a, b) => a.agentGroupId.localeCompare(b.agentGroupId, 'en', { numeric: true }));
}

/** @throws UserError NOT_FOUND */
export async function readGroup(
  engine: Engine,
  accountId: string,
  agentGroupId: string,
  nowMs: number,
): Promise<CountedGroup> {
  const groups = await listGroups(engine, accountId, nowMs);
  const group = groups.find(({ agentGroupId: id }) => id === agentGroupId);
  if (group === undefined) throw noSuchGroup(agentGroupId);
  return group;
}

/** Creates a group; without an id, it gets the next free number. @throws UserError ALREADY_EXISTS */
export function createGroup(
  engine: Engine,
  accountId: string,
  given: { agentGroupId: string | undefined; groupName: string; isDefault: boolean },
  nowMs: number,
): Promise<AgentGroup> {
  return withChangeLock(engine, async () => {
    const agentGroupId = given.agentGroupId ?? (await nextGroupId(engine, accountId));
    const groups = await listGroups(engine, accountId, nowMs);
    if (groups.some(group => group.agentGroupId === agentGroupId)) throw alreadyExists(agentGroupId);
    const group = { ...given, agentGroupId };
    await writeGroup(engine, accountId, group, nowMs);
    return group;
  });
}

/** Changes the given fields; a new name applies to the group's agents from now on. @throws UserError NOT_FOUND */
export function changeGroup(
  engine: Engine,
  accountId: string,
  agentGroupId: string,
  given: GroupGiven,
  nowMs: number,
): Promise<{ group: AgentGroup; changed: string[] }> {
  return withChangeLock(engine, async () => {
    const { agents: _, ...before } = await readGroup(engine, accountId, agentGroupId, nowMs);
    const group = { ...before, ...given };
    const changed = (['groupName', 'isDefault'] as const).filter(key => group[key] !== before[key]);
    if (changed.length > 0) await writeGroup(engine, accountId, group, nowMs);
    if (changed.includes('groupName')) await renameInEntries(engine, accountId, group, nowMs);
    return { group, changed };
  });
}

/** @throws UserError NOT_FOUND, INVALID_REQUEST when agents are in the group */
export function deleteGroup(engine: Engine, accountId: string, agentGroupId: string, nowMs: number): Promise<void> {
  return withChangeLock(engine, async () => {
    const { agents, ...group } = await readGroup(engine, accountId, agentGroupId, nowMs);
    if (agents > 0) throw notEmpty(group, agents);
    const row = (await readGroupRows(engine, accountId)).find(known => known.agentGroupId === agentGroupId);
    await insertGroupRows(engine, accountId, [{ ...group, isDeleted: true, version: row?.version ?? 0 }], nowMs);
  });
}

/** A group that becomes the default replaces the former default group. */
async function writeGroup(engine: Engine, accountId: string, group: AgentGroup, nowMs: number): Promise<void> {
  const rows = await readGroupRows(engine, accountId);
  const version = rows.find(({ agentGroupId }) => agentGroupId === group.agentGroupId)?.version ?? 0;
  const others = group.isDefault
    ? rows.filter(({ agentGroupId, isDefault }) => isDefault && agentGroupId !== group.agentGroupId)
    : [];
  await insertGroupRows(
    engine,
    accountId,
    [{ ...group, isDeleted: false, version }, ...others.map(row => ({ ...row, isDefault: false }))],
    nowMs,
  );
}

async function renameInEntries(
  engine: Engine,
  accountId: string,
  { agentGroupId, groupName }: AgentGroup,
  nowMs: number,
): Promise<void> {
  const ofGroup = { ...ALL_AGENTS, groupIds: [agentGroupId] };
  const [agents, history] = await Promise.all([
    readPresent(engine, accountId, nowMs, ofGroup),
    readHistory(engine, accountId),
  ]);
  const histories = Map.groupBy(history, ({ agent_id }) => agent_id);
  const entries = agents.flatMap(agent =>
    entriesFromNow({ ...agent, agent_group_name: groupName }, histories.get(agent.agent_id) ?? [], nowMs),
  );
  await writeEntries(engine, accountId, entries, nowMs);
}

function noSuchGroup(agentGroupId: string): UserError {
  return new UserError(
    'NOT_FOUND',
    `There is no agent group ${agentGroupId}.`,
    'GET the list of groups to see their ids.',
  );
}

function alreadyExists(agentGroupId: string): UserError {
  return new UserError(
    'ALREADY_EXISTS',
    `Agent group ${agentGroupId} already exists.`,
    'Change it with PUT, or leave out agentGroupId to get the next free number.',
    [{ attributeName: 'agentGroupId', message: 'exists already', value: agentGroupId }],
  );
}

function notEmpty({ agentGroupId }: AgentGroup, agents: number): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `The agent group ${agentGroupId} cannot be deleted: ${agents === 1 ? '1 agent is' : `${agents} agents are`} in it.`,
    'Move them to another group (PUT with another agentGroupId) or delete them first.',
    [{ attributeName: 'agentGroupId', message: 'has agents', value: agentGroupId }],
  );
}
