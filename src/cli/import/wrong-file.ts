// Refuses a file that does not fit the chosen feed, and says what it looks like. Nothing is stored then.
import { UserError } from '../../errors.ts';
import { EXPORTS } from '../../sources/ringcentral-exports/exports.ts';
import { ANY_FEED, guessKind } from '../../sources/ringcentral-exports/wrong-file.ts';
import { binaryKindOf } from '../../sources/text/file-kind.ts';
import { FILES_OF_FEEDS, feedsThatRead, tryReading, withAnyAccount } from '../../sources/recognize.ts';
import { FEEDS } from '../../sources/registry.ts';
import type { DecodeContext } from '../../sources/source.ts';
import { textOf } from '../../sources/text/text-encoding.ts';

/** The beginning of a file, and whether this is the whole file. */
export interface Beginning {
  bytes: Uint8Array;
  isWhole: boolean;
}

/**
 * A file does not fit a feed if all inputs at its beginning are rejected.
 * @param source the chosen feed or export
 * @throws UserError WRONG_FILE; INVALID_REQUEST if only the account is missing
 */
export function refuseWrongFile(file: string, source: string, beginning: Beginning, context: DecodeContext): void {
  const kind = binaryKindOf(beginning.bytes);
  if (kind !== undefined) throw wrongFile(`${nameOf(file)} is ${kind.name}.`, kind.remedy);
  const feed = FEEDS[source];
  if (feed === undefined) return;
  const { text } = textOf(beginning.bytes);
  const { documents, refused, first } = tryReading(feed, text, beginning.isWhole, context);
  if (first === undefined || refused < documents) return;
  const withAccount = tryReading(feed, text, beginning.isWhole, withAnyAccount(context));
  if (withAccount.refused < documents) throw accountNeeded(file);
  const inputs = documents === 1 ? 'its only input was' : `${refused} of its first ${documents} inputs were`;
  throw wrongFile(
    `${nameOf(file)} is not ${FILES_OF_FEEDS[source]}: ${inputs} rejected, the first at line ${first.position}: ${first.detail.replace(/[^.]$/, '$&.')}`,
    looksLike(text, beginning.isWhole, source, context) ??
      'Check that you chose the right file and the right --source.',
  );
}

const nameOf = (file: string) => (file === '-' ? 'Standard input' : file);

/** What else the file may be, and how to import it; undefined if nothing matches. */
function looksLike(text: string, isWhole: boolean, source: string, context: DecodeContext): string | undefined {
  const other = feedsThatRead(text, isWhole, context).find(name => name !== source);
  if (other !== undefined) return `It looks like ${FILES_OF_FEEDS[other]}. Use --source ${other}.`;
  const like = guessKind(text, Object.values(EXPORTS));
  return like === undefined || like === ANY_FEED ? undefined : `It looks like ${like.name}. ${like.remedy}`;
}

function accountNeeded(file: string): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `${nameOf(file)} does not name an account. Nothing was stored.`,
    'Add the account with --account ID.',
  );
}

function wrongFile(message: string, remedy: string): UserError {
  return new UserError('WRONG_FILE', `${message} Nothing was stored.`, remedy);
}
