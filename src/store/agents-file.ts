// An agents file (CSV with a header) into rows of the directory, and the directory's history into such a file.
import { parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import { UserError } from '../errors.ts';
import {
  AGENT_FIELDS,
  type AgentField,
  type AgentFields,
  BLANK_AGENT,
  type StoredEntry,
} from './agent-entries.ts';

/** One row of an agents file. A field that is not there keeps the value of the entry in force; an empty one empties it. */
export type AgentRow = Partial<AgentFields> & {
  agent_id: string;
  /** UTC milliseconds; undefined: from now on. */
  validFromMs: number | undefined;
};

/** What the engine's dates can hold, and a year that a person may mean. */
const LAST_MOMENT_MS = Date.UTC(2200, 0, 1) - 1;
const FLAGS: Readonly<Record<string, string>> = { '1': '1', true: '1', '0': '0', false: '0' };
/** Fields of which an empty cell means what is usual. */
const USUAL: readonly AgentField[] = ['agent_type', 'is_active', 'is_deleted'];

/**
 * Reads CSV with a header among the fields and `valid_from` (ISO date or date-time; without a zone it is UTC).
 * @throws UserError INVALID_AGENTS_FILE naming the line and column
 */
export function parseAgentsCsv(text: string): AgentRow[] {
  const rows = parseCsv(text);
  const header = (rows[0] ?? []).map(name => name.trim());
  const unknown = header.filter(name => name !== 'valid_from' && !AGENT_FIELDS.includes(name as AgentField));
  if (!header.includes('agent_id')) throw invalidFile('The header has no column agent_id.');
  if (unknown.length > 0)
    throw invalidFile(`The header has columns that are not known: ${unknown.join(', ')}.`);
  return rows.slice(1).map((cells, index) => rowOf(header, cells, index + 2));
}

function rowOf(header: readonly string[], cells: readonly string[], row: number): AgentRow {
  const byName = new Map(header.map((name, column) => [name, cells[column]?.trim() ?? '']));
  if (!byName.get('agent_id')) throw invalidFile(`Row ${row} has no agent_id.`);
  const fields: Partial<AgentFields> = {};
  for (const field of AGENT_FIELDS) {
    const cell = byName.get(field)?.toWellFormed();
    if (cell !== undefined) fields[field] = cell === '' && USUAL.includes(field) ? BLANK_AGENT[field] : cell;
  }
  for (const flag of ['is_active', 'is_deleted'] as const) {
    if (fields[flag] !== undefined) fields[flag] = flagOf(flag, fields[flag], row);
  }
  return { ...(fields as AgentFields), validFromMs: validFrom(byName.get('valid_from'), row) };
}

function parseCsv(text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count_less: true, skip_empty_lines: true }) as string[][];
  } catch (error) {
    throw invalidFile(error instanceof Error ? error.message : String(error));
  }
}

function flagOf(name: string, cell: string, row: number): string {
  const flag = FLAGS[cell.toLowerCase()];
  if (flag === undefined) throw invalidFile(`Row ${row} has an ${name} that is not 0 or 1: '${cell}'.`);
  return flag;
}

function validFrom(text: string | undefined, row: number): number | undefined {
  if (!text) return undefined;
  const moment = instantOf(text);
  if (moment === undefined || moment > LAST_MOMENT_MS)
    throw invalidFile(`Row ${row} has a valid_from that is no date: '${text}'.`);
  // The engine's dates begin in 1970.
  return Math.max(moment, 0);
}

function instantOf(text: string): number | undefined {
  try {
    if (/Z$|[+-]\d\d:?\d\d$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds;
  } catch {
    return undefined;
  }
}

function invalidFile(message: string): UserError {
  return new UserError(
    'INVALID_AGENTS_FILE',
    message,
    `Write a CSV file whose first line names columns among ${AGENT_FIELDS.join(',')},valid_from; agent_id is needed.`,
  );
}

/** The file that says what the entries say; importing it where they are changes nothing. */
export function agentsCsv(entries: readonly StoredEntry[]): string {
  const lines = entries.map(entry =>
    [...AGENT_FIELDS.map(field => entry[field]), new Date(entry.validFromMs).toISOString()]
      .map(csvCell)
      .join(','),
  );
  return `${[[...AGENT_FIELDS, 'valid_from'].join(','), ...lines].join('\n')}\n`;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
