// The table of the agent directory: entries that hold from a moment on, read as of any moment and written whole.
import type { Engine } from '../../engine/engine.ts';
import { nextVersion } from '../../engine/lock.ts';
import { tsvInstant, tsvRow } from '../../engine/tsv.ts';

/** What the directory knows of an agent, named as the table's columns and as in the header of an agents file. */
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

/** All of an agent's fields; `is_active` and `is_deleted` are '0' or '1'. */
export type AgentFields = Record<AgentField, string>;

/** An entry of the table. The first entry of an agent holds for all time before it, too. */
export interface StoredEntry extends AgentFields {
  /** UTC milliseconds. */
  validFromMs: number;
  version: number;
}

/** What is true of an agent about whom nothing was said. */
export const BLANK_AGENT: AgentFields = {
  ...(Object.fromEntries(AGENT_FIELDS.map(field => [field, ''])) as AgentFields),
  agent_type: 'AGENT',
  is_active: '1',
  is_deleted: '0',
};

/** The fields of which the two differ. */
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

/** The history of one agent or (without an id) of all, by agent and moment. */
export function readHistory(engine: Engine, accountId: string, agentId = ''): Promise<StoredEntry[]> {
  return engine.query<StoredEntry>(`${ENTRIES_SQL} ORDER BY agent_id, validFromMs`, { accountId, agentId });
}

/** The entry that holds at the moment, out of one agent's entries by moment. */
export function entryAt(history: readonly StoredEntry[], atMs: number): StoredEntry | undefined {
  return history.findLast(({ validFromMs }) => validFromMs <= atMs) ?? history[0];
}

/** Which of the agents that are there now. */
export interface AgentsAsked {
  /** Groups whose agents count; undefined: all agents, also those in no group. */
  groupIds: readonly string[] | undefined;
  /** Part of an id, a name, an address or a team, in any case; empty: all. */
  search: string;
  /** Rows to skip, and at most to return. */
  offset: number;
  limit: number;
}

export const ALL_AGENTS: AgentsAsked = {
  groupIds: undefined,
  search: '',
  offset: 0,
  limit: Number.MAX_SAFE_INTEGER,
};

/** The agents who are there now (not deleted), as they are now, by id. */
export function readPresent(
  engine: Engine,
  accountId: string,
  nowMs: number,
  { groupIds, search, offset, limit }: AgentsAsked,
): Promise<StoredEntry[]> {
  return engine.query<StoredEntry>(
    `SELECT * FROM (
       ${ENTRIES_SQL}
       ORDER BY agent_id, validFromMs <= {nowMs:Int64} DESC, abs(validFromMs - {nowMs:Int64})
       LIMIT 1 BY agent_id
     )
     WHERE is_deleted = '0'
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

/** An entry to write; `version` is that of the entry of the same moment whose place it takes, or 0. */
export type NewEntry = StoredEntry;

/** Writes entries, of which no two hold from the same moment. */
export async function writeEntries(
  engine: Engine,
  accountId: string,
  entries: readonly NewEntry[],
  nowMs: number,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(entry =>
    tsvRow([
      accountId,
      ...AGENT_FIELDS.map(field => entry[field]),
      tsvInstant(entry.validFromMs),
      nextVersion(nowMs, entry.version),
    ]),
  );
  await engine.insert('agents', ['account_id', ...AGENT_FIELDS, 'valid_from', 'version'], Buffer.from(rows.join('')));
}

/** The entry that says `fields` from now on, and one that keeps the past where all of an agent's entries lie ahead. */
export function entriesFromNow(fields: AgentFields, history: readonly StoredEntry[], nowMs: number): NewEntry[] {
  const [first] = history;
  const past = first !== undefined && first.validFromMs > nowMs ? [{ ...first, validFromMs: 0, version: 0 }] : [];
  const replaced = history.find(({ validFromMs }) => validFromMs === nowMs);
  return [...past, { ...fields, validFromMs: nowMs, version: replaced?.version ?? 0 }];
}
