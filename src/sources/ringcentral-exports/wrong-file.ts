// Builds the error for a file that is not the export it was imported as, and says what it looks like instead.
import type { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { headerPlace } from '../tables/delimited.ts';
import { type FileKind, fileKind } from '../text/file-kind.ts';
import type { CsvTable } from './csv.ts';
import { type Export, invalidExport } from './export.ts';

/** Kinds of files that are recognized by their lines. */
const LINES: readonly [line: RegExp, kind: FileKind][] = [
  [
    /^\d{9,10}(?:\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|/m,
    { name: 'an Asterisk queue_log', remedy: 'Import it with --source asterisk --account ID.' },
  ],
];

export function wrongFile(
  { name, title, requiredColumns }: Export,
  { beginning, absent }: CsvTable,
  others: readonly Export[],
): UserError {
  const remedy = `Import ${title} as a CSV file with the columns ${requiredColumns.join(', ')} in a header among its first ${LIMITS.headerLines} lines.`;
  if (beginning.trim() === '') return invalidExport(`The file is empty, expected ${title}.`, remedy);
  const like = guessKind(
    beginning,
    others.filter(other => other.name !== name),
  );
  if (like !== undefined) return invalidExport(`This is not ${title}: it looks like ${like.name}.`, like.remedy);
  return invalidExport(`This is not ${title}: its header lacks ${absent.join(', ')}.`, remedy);
}

/** The kind of a text by its first lines; undefined: not recognized. */
export function guessKind(beginning: string, others: readonly Export[]): FileKind | undefined {
  const kind = fileKind(beginning);
  if (kind !== undefined) return kind.name === 'JSON' ? ANY_FEED : kind;
  const lines = beginning.split(/\r?\n/);
  const other = others.find(({ requiredColumns }) => headerPlace(lines, requiredColumns).absent.length === 0);
  if (other !== undefined) return { name: other.title, remedy: `Import it with --source ${other.name}.` };
  const line = LINES.find(([shape]) => shape.test(lines.slice(0, LIMITS.headerLines).join('\n')));
  if (line !== undefined) return line[1];
  return headerPlace(lines, ['agent_id', 'first_name']).absent.length === 0 ? AGENTS : undefined;
}

/** Any JSON; which feed it belongs to only the feeds' decoders can tell. */
export const ANY_FEED: FileKind = {
  name: 'JSON, as feeds send their events',
  remedy: 'Import it as its feed: --source ringcx, amazon-connect, freeswitch, genesys or offhook.',
};
const AGENTS: FileKind = {
  name: 'an agents file',
  remedy: 'Import it with: ./offhook agents import --account ID FILE.csv',
};
