// The agent directory: rows of an agents file into entries that hold from a moment on.
import { parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { tsvInstant, tsvRow } from './tsv.ts';

/** What the directory knows of an agent, in the order of the table's columns. */
const FIELDS = [
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
] as const;
type Field = (typeof FIELDS)[number];

/** One row of an agents file; an absent column is the empty text. */
export type AgentEntry = Record<Field, string> & {
  /** UTC milliseconds; undefined: from now on. The first entry of an agent holds for all time before it, too. */
  validFromMs: number | undefined;
};

/**
 * Reads CSV with a header among the fields and `valid_from` (ISO date or date-time; without a zone it is UTC).
 * @throws UserError INVALID_AGENTS_FILE naming the line and column
 */
export function parseAgentsCsv(text: string): AgentEntry[] {
  const rows = parseCsv(text);
  const header = rows[0] ?? [];
  const unknown = header.filter(name => name !== 'valid_from' && !FIELDS.includes(name as Field));
  if (!header.includes('agent_id')) throw invalidFile('The header has no column agent_id.');
  if (unknown.length > 0)
    throw invalidFile(`The header has columns that are not known: ${unknown.join(', ')}.`);
  return rows.slice(1).map((cells, index) => {
    const byName = new Map(header.map((name, column) => [name, cells[column]?.trim() ?? '']));
    if (!byName.get('agent_id')) throw invalidFile(`Row ${index + 2} has no agent_id.`);
    const fields = Object.fromEntries(FIELDS.map(field => [field, byName.get(field) ?? '']));
    return {
      ...(fields as Record<Field, string>),
      validFromMs: validFrom(byName.get('valid_from'), index + 2),
    };
  });
}

function parseCsv(text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count_less: true, skip_empty_lines: true }) as string[][];
  } catch (error) {
    throw invalidFile(error instanceof Error ? error.message : String(error));
  }
}

function validFrom(text: string | undefined, row: number): number | undefined {
  if (!text) return undefined;
  try {
    if (/Z$|[+-]\d\d:?\d\d$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds;
  } catch {
    throw invalidFile(`Row ${row} has a valid_from that is no date: '${text}'.`);
  }
}

function invalidFile(message: string): UserError {
  return new UserError(
    'INVALID_AGENTS_FILE',
    message,
    `Write a CSV file whose first line names columns among ${FIELDS.join(',')},valid_from; agent_id is needed.`,
  );
}

export interface AgentsImported {
  /** Entries written; the others said what the directory already says. */
  written: number;
  unchanged: number;
}

/** Writes the entries that change something. Importing the same file twice changes nothing. */
export async function importAgents(
  engine: Engine,
  accountId: string,
  entries: readonly AgentEntry[],
  nowMs: number,
): Promise<AgentsImported> {
  const latest = new Map(
    (
      await engine.query<Record<Field, string>>(
        `SELECT ${FIELDS.join(', ')} FROM agents FINAL WHERE account_id = {accountId:String}
         ORDER BY agent_id, valid_from DESC LIMIT 1 BY agent_id`,
        { accountId },
      )
    ).map(row => [row.agent_id, row]),
  );
  const changed = entries.filter(entry => {
    const known = latest.get(entry.agent_id);
    return entry.validFromMs !== undefined || FIELDS.some(field => known?.[field] !== entry[field]);
  });
  const tsv = changed.map(entry =>
    tsvRow([
      accountId,
      ...FIELDS.map(field => entry[field]),
      tsvInstant(Math.max(entry.validFromMs ?? nowMs, 0)),
      nowMs,
    ]),
  );
  if (tsv.length > 0) {
    await engine.insert(
      'agents',
      ['account_id', ...FIELDS, 'valid_from', 'version'],
      Buffer.from(tsv.join('')),
    );
  }
  return { written: changed.length, unchanged: entries.length - changed.length };
}
