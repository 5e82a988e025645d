// Reads and writes agents files: CSV with a header.
import { CsvError, parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import { LIMITS } from '../../limits.ts';
import { emptyLinesAbove, headerPlace, plainName } from '../../sources/tables/delimited.ts';
import { fileKind } from '../../sources/text/file-kind.ts';
import { NO_TEAM } from '../../report/columns/columns.ts';
import { guarded, unguarded } from '../../report/columns/formula-guard.ts';
import { AGENT_FIELDS, type AgentField, type AgentFields, BLANK_AGENT, type StoredEntry } from './agent-entries.ts';
import { type Mistake, mistakesError, notCsvError } from './agents-mistakes.ts';

/** One row of an agents file. A missing field keeps the value of the entry in force; an empty one clears it. */
export type AgentRow = Partial<AgentFields> & {
  agent_id: string;
  /** UTC milliseconds; undefined: from now on. */
  validFromMs: number | undefined;
};

/** The last instant that a person may mean and the engine can store. */
const LAST_MOMENT_MS = Date.UTC(2200, 0, 1) - 1;
const FLAGS: Readonly<Record<string, string>> = { '1': '1', true: '1', '0': '0', false: '0' };
/** Fields in which an empty cell means the default. */
const WITH_DEFAULT: readonly AgentField[] = ['agent_type', 'is_active', 'is_deleted'];

/** Names of the report's columns that differ from the field they show. */
const ALSO_KNOWN_AS: Readonly<Record<string, Column>> = { [plainName('Dial Group')]: 'dial_group_name' };
const COLUMNS = new Map<string, Column>([
  ...[...AGENT_FIELDS, 'valid_from' as const].map(name => [plainName(name), name] as const),
  ...Object.entries(ALSO_KNOWN_AS),
]);

type Column = AgentField | 'valid_from';

/**
 * Reads CSV with any delimiter and a header of field names, or the report's names for them, and `valid_from` (an ISO date or
 * date-time; UTC without a zone).
 * @param leftOut names of columns to ignore
 * @throws UserError INVALID_AGENTS_FILE that lists all mistakes with line and column
 */
export function parseAgentsCsv(text: string, leftOut: readonly string[] = []): AgentRow[] {
  const kind = fileKind(text);
  if (kind !== undefined) throw notCsvError(kind);
  const lines = linesOf(text);
  const mistakes: Mistake[] = [];
  const columns = columnsOf(lines[0] ?? { line: 1, cells: [''] }, leftOut.map(plainName), mistakes);
  const rows = lines.slice(1).map(line => rowOf(columns, line, mistakes));
  if (mistakes.length > 0) throw mistakesError(mistakes);
  return rows;
}

interface Line {
  /** The number of its first line, from 1. */
  line: number;
  cells: readonly string[];
}

interface NamedColumn {
  /** Undefined for an unknown column. */
  field: Column | undefined;
  /** As the file writes it. */
  name: string;
}

function linesOf(text: string): Line[] {
  const { index, delimiter } = headerPlace(text.split(/\r?\n/, LIMITS.headerLines), ['agent_id']);
  const above = index === 0 ? '' : (new RegExp(`^(?:[^\\n]*\\n){${index}}`).exec(text)?.[0] ?? '');
  let lines = index;
  return parsed(text.slice(above.length), delimiter, index).flatMap(({ record, raw, info }) => {
    const line = lines + 1 + emptyLinesAbove(raw);
    lines = index + info.lines;
    return record.every(cell => cell.trim() === '') ? [] : [{ line, cells: record }];
  });
}

interface ParsedLine {
  record: string[];
  raw: string;
  info: { lines: number };
}

function parsed(text: string, delimiter: string, linesAbove: number): ParsedLine[] {
  const read = (upTo: number) =>
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
      raw: true,
      to: upTo,
    }) as unknown as ParsedLine[];
  try {
    return read(-1);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const whole = error.records === 0 ? [] : read(Number(error.records));
    const line = linesAbove + (whole.at(-1)?.info.lines ?? 0) + 1;
    throw mistakesError([{ line, problem: 'a quote is opened here and never closed' }]);
  }
}

function columnsOf({ line, cells }: Line, leftOut: readonly string[], mistakes: Mistake[]): NamedColumn[] {
  const columns = cells.map(cell => ({ field: COLUMNS.get(plainName(cell)), name: cell.trim() }));
  if (!columns.some(({ field }) => field === 'agent_id'))
    mistakes.push({ line, problem: 'the header has no column agent_id', isHeader: true });
  // A line without any known column is not a header; to list its cells would not help.
  if (columns.every(({ field }) => field === undefined)) return columns;
  columns.forEach(({ field, name }, index) => {
    const isTwice = field !== undefined && columns.findIndex(other => other.field === field) < index;
    const problem = isTwice ? 'is in the header twice' : 'is not a column of an agents file';
    if (isTwice || (field === undefined && name !== '' && !leftOut.includes(plainName(name))))
      mistakes.push({ line, column: index + 1, value: name, problem, isHeader: true });
  });
  return columns;
}

function rowOf(columns: readonly NamedColumn[], { line, cells }: Line, mistakes: Mistake[]): AgentRow {
  const found = (column: number, problem: string, value = '') =>
    mistakes.push({ line, column: column + 1, name: columns[column]!.name, problem, value });
  if (cells.slice(columns.length).some(cell => cell.trim() !== ''))
    mistakes.push({ line, problem: `has ${cells.length} cells, but the header has ${columns.length} columns` });
  const fields: Partial<AgentFields> = {};
  let validFromMs: number | undefined;
  columns.forEach(({ field }, column) => {
    const cell = unguarded((cells[column] ?? '').trim().toWellFormed());
    if (field === undefined) return;
    if (field === 'valid_from') {
      validFromMs = validFrom(cell);
      if (cell !== '' && validFromMs === undefined) found(column, 'is not a date, expected YYYY-MM-DD', cell);
      return;
    }
    const value = fieldValue(field, cell);
    if (value === undefined) found(column, 'is neither 0 nor 1', cell);
    if (field === 'agent_id' && cell === '') found(column, 'is missing');
    fields[field] = value ?? '';
  });
  return { ...(fields as AgentFields), validFromMs };
}

/** Undefined for an invalid value. */
function fieldValue(field: AgentField, cell: string): string | undefined {
  if (cell === '' && WITH_DEFAULT.includes(field)) return BLANK_AGENT[field];
  if (field === 'is_active' || field === 'is_deleted') return FLAGS[cell.toLowerCase()];
  return field === 'team' && cell === NO_TEAM ? '' : cell;
}

/** Undefined for an empty text or an invalid date. */
function validFrom(text: string): number | undefined {
  const moment = text === '' ? undefined : instantOf(text);
  // The engine's instants start in 1970.
  return moment === undefined || moment > LAST_MOMENT_MS ? undefined : Math.max(moment, 0);
}

function instantOf(text: string): number | undefined {
  try {
    if (/Z$|[+-]\d\d:?\d\d$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** A file of the entries; to import it again changes nothing. */
export function agentsCsv(entries: readonly StoredEntry[]): string {
  const lines = entries.map(entry =>
    [...AGENT_FIELDS.map(field => entry[field]), new Date(entry.validFromMs).toISOString()].map(csvCell).join(','),
  );
  return `${[[...AGENT_FIELDS, 'valid_from'].join(','), ...lines].join('\n')}\n`;
}

function csvCell(value: string): string {
  const text = guarded(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
