// The table of the agent directory: entries, each with all fields, that hold from an instant on; read as of any instant.
import type { Engine } from '../../engine/engine.ts';
import { nextVersion } from '../../engine/lock.ts';

/** The fields of an agent, named as the table's columns and the header of an agents file. */
export const AGENT_FIELDS = [
  'agent_id',
  'first_name',
  'last_name',
  'username',
  'email',
  'team',
  'agent_group_id',
  'agent_group_name',
  'external_agent_id',
  'dial_group_id',
  'dial_group_name',
  'agent_type',
  'is_active',
  'is_deleted',
] as const;
export type AgentField = (typeof AGENT_FIELDS)[number];

/** `is_active` and `is_deleted` are '0' or '1'. */
export type AgentFields = Record<AgentField, string>;

/** An entry of the table. An agent's first entry also holds for all time before it. */
export interface StoredEntry extends AgentFields {
  /** UTC milliseconds. */
  validFromMs: number;
  version: number;
}

/** The defaults of a new agent. */
export const BLANK_AGENT: AgentFields = {
  ...(Object.fromEntries(AGENT_FIELDS.map(field => [field, ''])) as AgentFields),
  agent_type: 'AGENT',
  is_active: '1',
  is_deleted: '0',
};

/** The fields in which the two differ. */
export function differingFields(from: AgentFields, to: AgentFields): AgentField[] {
  return AGENT_FIELDS.filter(field => from[field] !== to[field]);
}

const ENTRIES_SQL = `
  SELECT
    agent_id, first_name, last_name, username, email, team, agent_group_id, agent_group_name,
    external_agent_id, dial_group_id, dial_group_name, agent_type,
    toString(is_active) AS is_active, toString(is_deleted) AS is_deleted,
    toUnixTimestamp64Milli(valid_from) AS validFromMs, version
  FROM agents FINAL
  WHERE account_id = {accountId:String} AND ({agentId:String} = '' OR agent_id = {agentId:String})`;

/** The history of one agent, or of all without an id, by agent and instant. */
export function readHistory(engine: Engine, accountId: string, agentId = ''): Promise<StoredEntry[]> {
  return engine.query<StoredEntry>(`${ENTRIES_SQL} ORDER BY agent_id, validFromMs`, { accountId, agentId });
}

/** The entry that holds at the instant. @param history one agent's entries, by instant */
export function entryAt(history: readonly StoredEntry[], atMs: number): StoredEntry | undefined {
  return history.findLast(({ validFromMs }) => validFromMs <= atMs) ?? history[0];
}

/** A search among the present agents. */
export interface AgentSearch {
  /** Only agents of these groups; undefined: all agents, also those without a group. */
  groupIds: readonly string[] | undefined;
  /** Part of an id, name, e-mail address or team, ignoring case; empty: all. */
  search: string;
  /** How many rows to skip, and how many to return at most. */
  offset: number;
  limit: number;
}

export const ALL_AGENTS: AgentSearch = {
  groupIds: undefined,
  search: '',
  offset: 0,
  limit: Number.MAX_SAFE_INTEGER,
};

/** The entries of now of the agents that are not deleted. */
const PRESENT_SQL = `
  SELECT * FROM (
    ${ENTRIES_SQL}
    ORDER BY agent_id, validFromMs <= {nowMs:Int64} DESC, abs(validFromMs - {nowMs:Int64})
    LIMIT 1 BY agent_id
  )
  WHERE is_deleted = '0'`;

/** The agents that are not deleted, with their fields of now, by id. */
export function readPresent(
  engine: Engine,
  accountId: string,
  nowMs: number,
  { groupIds, search, offset, limit }: AgentSearch,
): Promise<StoredEntry[]> {
  return engine.query<StoredEntry>(
    `${PRESENT_SQL}
       AND ({allGroups:Bool} OR has({groupIds:Array(String)}, agent_group_id))
       AND positionCaseInsensitiveUTF8(
         concatWithSeparator('\\n', agent_id, concat(first_name, ' ', last_name), username, email, external_agent_id, team),
         {search:String}
       ) > 0
     ORDER BY toUInt64OrZero(agent_id), agent_id
     LIMIT {limit:UInt64} OFFSET {offset:UInt64}`,
    {
      accountId,
      agentId: '',
      nowMs,
      search,
      offset,
      limit,
      allGroups: groupIds === undefined,
      groupIds: groupIds ?? [],
    },
  );
}

/** A group of the present agents, with its name at the first of them, or empty. */
export interface PresentGroup {
  agentGroupId: string;
  groupName: string;
  agents: number;
}

/** Counted by the engine: an account may have tens of thousands of agents. */
export function readPresentGroups(engine: Engine, accountId: string, nowMs: number): Promise<PresentGroup[]> {
  return engine.query<PresentGroup>(
    `SELECT
       agent_group_id AS agentGroupId,
       argMin(agent_group_name, (toUInt64OrZero(agent_id), agent_id)) AS groupName,
       count() AS agents
     FROM (${PRESENT_SQL})
     WHERE agent_group_id != ''
     GROUP BY agent_group_id`,
    { accountId, agentId: '', nowMs },
  );
}

/** An entry to write; `version` is that of the entry of the same instant that it replaces, or 0. */
export type NewEntry = StoredEntry;

const fieldsOf = (entry: AgentFields) => Object.fromEntries(AGENT_FIELDS.map(field => [field, entry[field]]));

/** Writes entries; no two of an agent hold from the same instant. */
export async function writeEntries(
  engine: Engine,
  accountId: string,
  entries: readonly NewEntry[],
  nowMs: number,
): Promise<void> {
  const rows = entries.map(entry => ({
    account_id: accountId,
    ...fieldsOf(entry),
    valid_from: entry.validFromMs,
    version: nextVersion(nowMs, entry.version),
  }));
  await engine.insert('agents', rows);
}

/** The entry with `fields` from now on, and one that preserves the past if all of the agent's entries lie in the future. */
export function entriesFromNow(fields: AgentFields, history: readonly StoredEntry[], nowMs: number): NewEntry[] {
  const [first] = history;
  const past = first !== undefined && first.validFromMs > nowMs ? [{ ...first, validFromMs: 0, version: 0 }] : [];
  const replaced = history.find(({ validFromMs }) => validFromMs === nowMs);
  return [...past, { ...fields, validFromMs: nowMs, version: replaced?.version ?? 0 }];
}
