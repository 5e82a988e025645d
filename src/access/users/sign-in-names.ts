// The name that somebody signs in with: as it is, or in RingCentral's form of a name and an extension.
import { LIMITS } from '../../limits.ts';

export interface SignInName {
  /** `NAME`, or `NAME*EXTENSION` in one field. */
  username: string;
  /** The same in a field of its own. */
  extension?: string | undefined;
}

const EXTENSION = /\*\d*$/;

/** The users that may be meant, the likeliest first: one named with the extension, and one named without. */
export function namesOf({ username, extension = '' }: SignInName): string[] {
  const withExtension = /^\d+$/.test(extension) ? [`${baseNameOf({ username })}*${extension}`] : [];
  return [...new Set([...withExtension, username, baseNameOf({ username })])].filter(
    name => name.length <= LIMITS.nameChars,
  );
}

/** One for all extensions: whoever guesses does not get a new name with each. */
export const baseNameOf = ({ username }: SignInName): string => username.replace(EXTENSION, '');
