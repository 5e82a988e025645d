// The beginning of a file that was given to the wrong import into an error that says what it looks like; nothing is stored then.
import { UserError } from '../errors.ts';
import { EXPORTS } from '../report/imported/exports.ts';
import { csvRecords } from '../report/imported/csv.ts';
import { binaryKind } from '../sources/binary-kind.ts';
import { FEED_FORMS, feedsThatRead, readBeginning } from '../sources/recognize.ts';
import { FEEDS } from '../sources/registry.ts';
import type { DecodeContext } from '../sources/source.ts';
import { parseAgentsCsv } from '../store/agents-file.ts';

/** The beginning of a file, and whether it is all of it. */
export interface Beginning {
  bytes: Uint8Array;
  isWhole: boolean;
}

/**
 * A file of which a feed can use nothing as far as its beginning tells is not the feed's.
 * @param source the name of the feed or export that the file was given to
 * @throws UserError WRONG_FILE
 */
export async function refuseWrongFile(
  file: string,
  source: string,
  beginning: Beginning,
  context: DecodeContext,
): Promise<void> {
  const kind = binaryKind(beginning.bytes);
  if (kind !== undefined) throw wrongFile(`${nameOf(file)} is ${kind}, not text.`, mendOf(kind));
  const feed = FEEDS[source];
  if (feed === undefined) return;
  const text = Buffer.from(beginning.bytes).toString('utf8');
  const { documents, refused, first } = readBeginning(feed, text, beginning.isWhole, context);
  if (first === undefined || refused < documents) return;
  const which = documents === 1 ? 'its one input was' : `${refused} of its first ${documents} inputs were`;
  throw wrongFile(
    `${nameOf(file)} is not ${FEED_FORMS[source]}: ${which} refused, the first at line ${first.position}: ${first.detail}`,
    (await looksLike(text, beginning.isWhole, source, context)) ??
      'Check that it is the file you meant, and its --source.',
  );
}

const nameOf = (file: string) => (file === '-' ? 'Standard input' : file);

function mendOf(kind: string): string {
  if (kind === 'a gzip file') return 'Decompress it, or let its name end with .gz.';
  return kind.includes('workbook') || kind.includes('Excel')
    ? 'Save the sheet as CSV and import that.'
    : 'Check that it is the file you meant.';
}

/** What else it may be, with the command for it; undefined: nothing that is known. */
async function looksLike(
  text: string,
  isWhole: boolean,
  source: string,
  context: DecodeContext,
): Promise<string | undefined> {
  const other = feedsThatRead(text, isWhole, context).find(name => name !== source);
  if (other !== undefined) return `It looks like ${FEED_FORMS[other]}: --source ${other}.`;
  const header = await headerOf(text);
  const exported = Object.values(EXPORTS).find(({ reader }) =>
    isRead(() => reader(header, { ...context, timezone: 'UTC' })),
  );
  if (exported !== undefined) return `It looks like an export: --source ${exported.name}.`;
  if (isRead(() => parseAgentsCsv(header.join(',')))) {
    return 'It looks like an agents file: ./offhook agents import --account ID FILE.';
  }
  if (/^\s*<(?:!doctype html|html)/i.test(text))
    return 'It looks like a web page: a sign-in page, perhaps, in place of the file.';
  return undefined;
}

async function headerOf(text: string): Promise<readonly string[]> {
  const [line = ''] = text.split('\n', 1);
  try {
    for await (const { cells } of csvRecords(one(Buffer.from(`${line}\n`)))) return cells;
  } catch {
    // It is no CSV, either.
  }
  return [];
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function wrongFile(message: string, mend: string): UserError {
  return new UserError('WRONG_FILE', `${message} Nothing was stored.`, mend);
}
