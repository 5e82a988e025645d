// One error that lists all mistakes of an agents file, with lines and columns.
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { FileKind } from '../../sources/text/file-kind.ts';
import { AGENT_FIELDS } from './agent-entries.ts';

export interface Mistake {
  /** From 1, as an editor counts. */
  line: number;
  /** From 1, as a spreadsheet counts; undefined: the whole line. */
  column?: number;
  /** The column's name in the file. */
  name?: string;
  /** What is wrong: «is missing». */
  problem: string;
  value?: string;
  /** Whether the mistake is in the header. */
  isHeader?: true;
}

const HEADER_HELP =
  `The first line must name the columns, in any order: agent_id, and any of ${AGENT_FIELDS.slice(1).join(', ')}, valid_from. The ` +
  'report’s names (Agent ID, First Name, …, Dial Group) are understood, too.';

export function mistakesError(mistakes: readonly Mistake[]): UserError {
  const listed = mistakes.slice(0, LIMITS.listedMistakes);
  const more = mistakes.length - listed.length;
  const isHeader = mistakes.some(mistake => mistake.isHeader);
  const message =
    mistakes.length === 1
      ? `The agents file has a mistake. ${textOf(mistakes[0]!)}`
      : `The agents file has ${mistakes.length} mistakes${more > 0 ? `; the first ${listed.length}, and ${more} more` : ''}.`;
  return new UserError(
    'INVALID_AGENTS_FILE',
    message,
    isHeader ? HEADER_HELP : 'Fix them and import the file again. Nothing was written.',
    listed.map(mistake => ({
      attributeName: mistake.name ?? '',
      message: textOf(mistake),
      value: mistake.value ?? '',
    })),
  );
}

/** The error for a file that is not CSV. */
export function notCsvError({ name, remedy }: FileKind): UserError {
  return new UserError('INVALID_AGENTS_FILE', `This is ${name}, not a CSV file.`, remedy);
}

function textOf({ line, column, name, problem, value }: Mistake): string {
  const place = column === undefined ? '' : `, column ${column}${name === undefined ? '' : ` (${name})`}`;
  const shown = value === undefined || value === '' ? '' : `${quoted(value)} `;
  return `Line ${line}${place}: ${shown}${problem}.`;
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
