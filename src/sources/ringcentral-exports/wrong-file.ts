// A file that is not the export that it was given as, into an error that says what it looks like.
import type { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { headerPlace } from '../tables/delimited.ts';
import { type FileKind, fileKind } from '../text/file-kind.ts';
import type { CsvTable } from './csv.ts';
import { type Export, invalidExport } from './export.ts';

/** What a file may be instead, by its first lines. */
const LINES: readonly [line: RegExp, kind: FileKind][] = [
  [
    /^\d{9,10}(?:\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|/m,
    { name: 'an Asterisk queue_log', remedy: 'Import it with --source asterisk --account ID.' },
  ],
];

export function wrongFile(
  { name, title, needed }: Export,
  { beginning, absent }: CsvTable,
  others: readonly Export[],
): UserError {
  const remedy = `Give ${title} as a CSV file whose header names ${needed.join(', ')}, among its first ${LIMITS.headerLines} lines.`;
  if (beginning.trim() === '') return invalidExport(`The file is empty: it is not ${title}.`, remedy);
  const like = likenessOf(
    beginning,
    others.filter(other => other.name !== name),
  );
  if (like !== undefined) return invalidExport(`This is not ${title}: it looks like ${like.name}.`, like.remedy);
  return invalidExport(`The header has no column ${absent.join(', ')}: this is not ${title}.`, remedy);
}

/** What a text is by its first lines; undefined: nothing that is known. */
export function likenessOf(beginning: string, others: readonly Export[]): FileKind | undefined {
  const kind = fileKind(beginning);
  if (kind !== undefined) return kind.name === 'JSON' ? FEED : kind;
  const lines = beginning.split(/\r?\n/);
  const other = others.find(({ needed }) => headerPlace(lines, needed).absent.length === 0);
  if (other !== undefined) return { name: other.title, remedy: `Import it with --source ${other.name}.` };
  const line = LINES.find(([shape]) => shape.test(lines.slice(0, LIMITS.headerLines).join('\n')));
  if (line !== undefined) return line[1];
  return headerPlace(lines, ['agent_id', 'first_name']).absent.length === 0 ? AGENTS : undefined;
}

/** JSON of which only the feeds can tell whose it is. */
export const FEED: FileKind = {
  name: 'JSON, as feeds send their events',
  remedy: 'Import it with the name of its feed: --source ringcx, amazon-connect, freeswitch, genesys or offhook.',
};
const AGENTS: FileKind = {
  name: 'an agents file',
  remedy: 'Import it with: ./offhook agents import --account ID FILE.csv',
};
