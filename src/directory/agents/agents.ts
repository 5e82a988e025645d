// What the rows of an agents file change in the directory: as a preview, or written.
import type { Engine } from '../../engine/engine.ts';
import {
  type AgentField,
  BLANK_AGENT,
  differingFields,
  entryAt,
  type NewEntry,
  readHistory,
  type StoredEntry,
  writeEntries,
} from './agent-entries.ts';
import type { AgentRow } from './agents-file.ts';
import { changedFields, type DirectoryNames, readNames } from './directory-names.ts';
import { withChangeLock } from '../../engine/lock.ts';

/** What one row of the file changes in the entry in force at its instant. */
export interface AgentChange {
  agentId: string;
  /** The row holds from here on, in UTC milliseconds. */
  validFromMs: number;
  kind: 'NEW' | 'CHANGED' | 'UNCHANGED';
  /** What differs; an instant is under `valid_from`, as ISO text. */
  fields: Partial<Record<AgentField | 'valid_from', { from: string; to: string }>>;
}

export interface AgentsImported {
  /** Entries written; the other rows equal what the directory already has. */
  written: number;
  unchanged: number;
}

interface Plan {
  /** One for each row, in the order of the file. */
  changes: AgentChange[];
  entries: NewEntry[];
}

/** What importing the rows would change; writes nothing. */
export async function planAgents(
  engine: Engine,
  accountId: string,
  rows: readonly AgentRow[],
  nowMs: number,
): Promise<AgentChange[]> {
  return (await plan(engine, accountId, rows, nowMs)).changes;
}

/** Writes the rows that change something. To import the same file twice changes nothing. */
export async function importAgents(
  engine: Engine,
  accountId: string,
  rows: readonly AgentRow[],
  nowMs: number,
): Promise<AgentsImported> {
  const changes = await applyAgents(engine, accountId, rows, nowMs);
  const unchanged = changes.filter(({ kind }) => kind === 'UNCHANGED').length;
  return { written: changes.length - unchanged, unchanged };
}

/** The same; returns what each row changed. */
export function applyAgents(
  engine: Engine,
  accountId: string,
  rows: readonly AgentRow[],
  nowMs: number,
): Promise<AgentChange[]> {
  return withChangeLock(engine, async () => {
    const { changes, entries } = await plan(engine, accountId, rows, nowMs);
    await writeEntries(engine, accountId, entries, nowMs);
    return changes;
  });
}

async function plan(engine: Engine, accountId: string, rows: readonly AgentRow[], nowMs: number): Promise<Plan> {
  const [names, stored] = await Promise.all([readNames(engine, accountId), readHistory(engine, accountId)]);
  const histories = Map.groupBy(stored, ({ agent_id }) => agent_id);
  const changes = rows.map(
    ({ agent_id, validFromMs }): AgentChange => ({
      agentId: agent_id,
      validFromMs: validFromMs ?? nowMs,
      kind: 'UNCHANGED',
      fields: {},
    }),
  );
  const entries = [...Map.groupBy(rows.keys(), index => rows[index]!.agent_id)].flatMap(([agentId, indexes]) =>
    planAgent(
      // Of two rows for one instant the later one wins.
      [...new Map(indexes.map(index => [changes[index]!.validFromMs, index])).values()].map(index => ({
        row: rows[index]!,
        change: changes[index]!,
      })),
      histories.get(agentId) ?? [],
      names,
    ),
  );
  return { changes, entries };
}

/** Applies one agent's rows to the history in order of time. Fills in `change` of each, and returns the entries to write. */
function planAgent(
  rows: { row: AgentRow; change: AgentChange }[],
  history: readonly StoredEntry[],
  names: DirectoryNames,
): NewEntry[] {
  const line = [...history];
  const entries: NewEntry[] = [];
  const put = (entry: NewEntry) => {
    const index = line.findIndex(({ validFromMs }) => validFromMs >= entry.validFromMs);
    const isReplaced = line[index]?.validFromMs === entry.validFromMs;
    line.splice(index < 0 ? line.length : index, isReplaced ? 1 : 0, entry);
    entries.push(entry);
  };
  /** The first row that lies before all entries and equals the first of them. */
  let early: { entry: NewEntry; change: AgentChange } | undefined;
  for (const { row, change } of rows.toSorted((a, b) => a.change.validFromMs - b.change.validFromMs)) {
    const { validFromMs: _, ...given } = row;
    const { validFromMs } = change;
    const before = entryAt(line, validFromMs);
    // An agent in the file is not deleted, unless the file says so.
    const fields = changedFields(before ?? BLANK_AGENT, { is_deleted: '0', ...given }, names);
    const replaced = line.find(entry => entry.validFromMs === validFromMs);
    const entry = { ...fields, validFromMs, version: replaced?.version ?? 0 };
    const differing = differingFields(before ?? BLANK_AGENT, fields);
    const firstMs = line[0]?.validFromMs ?? Number.NEGATIVE_INFINITY;
    if (before !== undefined && differing.length === 0) {
      if (validFromMs < firstMs) early ??= { entry, change };
      continue;
    }
    if (validFromMs <= firstMs && early !== undefined) {
      // Without an entry of its own, the early row's time would now get the values of this row.
      early.change.kind = 'CHANGED';
      early.change.fields = { valid_from: { from: iso(line[0]!), to: iso(early.entry) } };
      put(early.entry);
    }
    change.kind = before === undefined ? 'NEW' : 'CHANGED';
    change.fields = Object.fromEntries(
      differing.map(field => [field, { from: before?.[field] ?? '', to: fields[field] }]),
    );
    put(entry);
  }
  return entries;
}

const iso = ({ validFromMs }: StoredEntry) => new Date(validFromMs).toISOString();
