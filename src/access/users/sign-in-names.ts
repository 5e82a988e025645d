// The name that someone signs in with: a user name, or RingCentral's form of a name and an extension.
import { LIMITS } from '../../limits.ts';

export interface SignInName {
  /** `NAME`, or `NAME*EXTENSION` in one field. */
  username: string;
  /** The extension in a field of its own. */
  extension?: string | undefined;
}

const EXTENSION = /\*\d*$/;

/** The user names that may be meant, likeliest first: with the extension, then without. */
export function namesOf({ username, extension = '' }: SignInName): string[] {
  const withExtension = /^\d+$/.test(extension) ? [`${baseNameOf({ username })}*${extension}`] : [];
  return [...new Set([...withExtension, username, baseNameOf({ username })])].filter(
    name => name.length <= LIMITS.nameChars,
  );
}

/** The name without the extension. Failures are counted by it, so that guessing with other extensions does not help. */
export const baseNameOf = ({ username }: SignInName): string => username.replace(EXTENSION, '');
