// Creates, changes and deletes single agents from now on. Earlier entries stay, so that older reports still name them.
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import {
  type AgentField,
  type AgentFields,
  BLANK_AGENT,
  differingFields,
  entryAt,
  entriesFromNow,
  readHistory,
  type StoredEntry,
  writeEntries,
} from './agent-entries.ts';
import { changedFields, type DirectoryNames, readNames } from './directory-names.ts';
import { withChangeLock } from '../../engine/lock.ts';

export interface AgentChanged {
  agent: AgentFields;
  /** Empty: nothing was written. */
  changed: AgentField[];
}

/**
 * Creates an agent; without an id, it gets the next free number.
 * @throws UserError ALREADY_EXISTS, INVALID_REQUEST for a group that does not exist
 */
export function createAgent(
  engine: Engine,
  accountId: string,
  given: Partial<AgentFields>,
  nowMs: number,
): Promise<AgentFields> {
  return withChangeLock(engine, async () => {
    const agent_id = given.agent_id ?? (await nextAgentId(engine, accountId));
    const [history, names] = await Promise.all([
      readHistory(engine, accountId, agent_id),
      readNames(engine, accountId),
    ]);
    if (entryAt(history, nowMs)?.is_deleted === '0') throw alreadyExists(agent_id);
    requireGroup(given.agent_group_id, names);
    const agent = changedFields(BLANK_AGENT, { ...given, agent_id }, names);
    await writeEntries(engine, accountId, fromNowOn(agent, history, nowMs), nowMs);
    return agent;
  });
}

/** Changes the given fields. @throws UserError NOT_FOUND, INVALID_REQUEST for a group that does not exist */
export function changeAgent(
  engine: Engine,
  accountId: string,
  agentId: string,
  given: Partial<AgentFields>,
  nowMs: number,
): Promise<AgentChanged> {
  return withChangeLock(engine, async () => {
    const [history, names] = await Promise.all([readHistory(engine, accountId, agentId), readNames(engine, accountId)]);
    const before = presentEntry(history, agentId, nowMs);
    if (given.agent_group_id !== before.agent_group_id) requireGroup(given.agent_group_id, names);
    const agent = changedFields(before, { ...given, agent_id: agentId }, names);
    const changed = differingFields(before, agent);
    if (changed.length > 0) {
      await writeEntries(engine, accountId, entriesFromNow(agent, history, nowMs), nowMs);
    }
    return { agent, changed };
  });
}

/** The agent is no longer listed; one with the same id may be created again. @throws UserError NOT_FOUND */
export function deleteAgent(engine: Engine, accountId: string, agentId: string, nowMs: number): Promise<void> {
  return withChangeLock(engine, async () => {
    const history = await readHistory(engine, accountId, agentId);
    const agent = { ...presentEntry(history, agentId, nowMs), is_deleted: '1' };
    await writeEntries(engine, accountId, fromNowOn(agent, history, nowMs), nowMs);
  });
}

/** The agent as of now. @throws UserError NOT_FOUND */
export async function readAgent(
  engine: Engine,
  accountId: string,
  agentId: string,
  nowMs: number,
): Promise<AgentFields> {
  return presentEntry(await readHistory(engine, accountId, agentId), agentId, nowMs);
}

function noSuchAgent(agentId: string): UserError {
  return new UserError('NOT_FOUND', `There is no agent ${agentId}.`, 'GET the list of agents to see their ids.');
}

function presentEntry(history: readonly StoredEntry[], agentId: string, nowMs: number): AgentFields {
  const entry = entryAt(history, nowMs);
  if (entry === undefined || entry.is_deleted === '1') throw noSuchAgent(agentId);
  return entry;
}

/** Entries that hold from now on, and replace those of later dates. */
function fromNowOn(agent: AgentFields, history: readonly StoredEntry[], nowMs: number): StoredEntry[] {
  const later = history.filter(({ validFromMs }) => validFromMs > nowMs);
  return [
    ...entriesFromNow(agent, history, nowMs),
    ...later.map(({ validFromMs, version }) => ({ ...agent, validFromMs, version })),
  ];
}

function requireGroup(groupId: string | undefined, { groups, groupsOfEntries }: DirectoryNames): void {
  if (!groupId || groups.has(groupId) || groupsOfEntries.has(groupId)) return;
  throw new UserError(
    'INVALID_REQUEST',
    `There is no agent group ${groupId}.`,
    'Create the group first, or name an existing one.',
    [{ attributeName: 'agentGroupId', message: 'does not exist', value: groupId }],
  );
}

/** One more than the largest numeric id in the directory and in events. */
async function nextAgentId(engine: Engine, accountId: string): Promise<string> {
  const [row] = await engine.query<{ next: string }>(
    `SELECT toString(1 + maxIf(toUInt64OrZero(agent_id), length(agent_id) <= 15)) AS next
     FROM (
       SELECT agent_id FROM agents WHERE account_id = {accountId:String}
       UNION ALL SELECT agent_id FROM login_sessions WHERE account_id = {accountId:String}
     )`,
    { accountId },
  );
  return row!.next;
}

function alreadyExists(agentId: string): UserError {
  return new UserError(
    'ALREADY_EXISTS',
    `Agent ${agentId} already exists.`,
    'Change it with PUT, or leave out agentId to get the next free number.',
    [{ attributeName: 'agentId', message: 'exists already', value: agentId }],
  );
}
