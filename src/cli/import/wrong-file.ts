// The beginning of a file that was given to the wrong import into an error that says what it looks like; nothing is stored then.
import { UserError } from '../../errors.ts';
import { EXPORTS } from '../../sources/ringcentral-exports/exports.ts';
import { FEED, likenessOf } from '../../sources/ringcentral-exports/wrong-file.ts';
import { binaryKindOf } from '../../sources/text/file-kind.ts';
import { FEED_FORMS, feedsThatRead, openTo, readBeginning } from '../../sources/recognize.ts';
import { FEEDS } from '../../sources/registry.ts';
import type { DecodeContext } from '../../sources/source.ts';
import { textOf } from '../../sources/text/text-encoding.ts';

/** The beginning of a file, and whether it is all of it. */
export interface Beginning {
  bytes: Uint8Array;
  isWhole: boolean;
}

/**
 * A file of which a feed can use nothing as far as its beginning tells is not the feed's.
 * @param source the name of the feed or export that the file was given to
 * @throws UserError WRONG_FILE; INVALID_REQUEST when nothing but the account is missing
 */
export function refuseWrongFile(file: string, source: string, beginning: Beginning, context: DecodeContext): void {
  const kind = binaryKindOf(beginning.bytes);
  if (kind !== undefined) throw wrongFile(`${nameOf(file)} is ${kind.name}.`, kind.remedy);
  const feed = FEEDS[source];
  if (feed === undefined) return;
  const { text } = textOf(beginning.bytes);
  const { documents, refused, first } = readBeginning(feed, text, beginning.isWhole, context);
  if (first === undefined || refused < documents) return;
  const withAccount = readBeginning(feed, text, beginning.isWhole, openTo(context));
  if (withAccount.refused < documents) throw accountNeeded(file);
  const which = documents === 1 ? 'its one input was' : `${refused} of its first ${documents} inputs were`;
  throw wrongFile(
    `${nameOf(file)} is not ${FEED_FORMS[source]}: ${which} refused, the first at line ${first.position}: ${first.detail.replace(/[^.]$/, '$&.')}`,
    looksLike(text, beginning.isWhole, source, context) ?? 'Check that it is the file you meant, and its --source.',
  );
}

const nameOf = (file: string) => (file === '-' ? 'Standard input' : file);

/** What else it may be, and what to do with it; undefined: nothing that is known. */
function looksLike(text: string, isWhole: boolean, source: string, context: DecodeContext): string | undefined {
  const other = feedsThatRead(text, isWhole, context).find(name => name !== source);
  if (other !== undefined) return `It looks like ${FEED_FORMS[other]}: --source ${other}.`;
  const like = likenessOf(text, Object.values(EXPORTS));
  return like === undefined || like === FEED ? undefined : `It looks like ${like.name}. ${like.remedy}`;
}

function accountNeeded(file: string): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `${nameOf(file)} does not say which account it belongs to. Nothing was stored.`,
    'Say it with --account ID.',
  );
}

function wrongFile(message: string, remedy: string): UserError {
  return new UserError('WRONG_FILE', `${message} Nothing was stored.`, remedy);
}
