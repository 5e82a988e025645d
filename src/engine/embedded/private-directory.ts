// A data directory that only its owner reads: whatever the umask, and whatever it was before.
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OWNER = 0o700;
/** What the group and others may do. */
const OTHERS = 0o077;

/** What the engine and we make in it: whoever names their home directory by mistake has more there. */
const OURS = new Set(['data', 'metadata', 'metadata_dropped', 'scratch', 'status', 'store', 'tmp', 'uuid']);

/**
 * Makes the directory where it is missing, and takes it and what is ours in it away from everybody else. From now on, all
 * files of this process are its owner's only: the engine makes its own, long afterwards.
 * @returns false where the directory belongs to somebody else, who alone may do so
 */
export function makePrivate(path: string): boolean {
  process.umask(OTHERS);
  mkdirSync(path, { recursive: true, mode: OWNER });
  try {
    const ours = readdirSync(path).filter(name => OURS.has(name));
    if (isOpen(path) || ours.some(name => isOpen(join(path, name)))) {
      for (const name of ours) close(join(path, name));
      // Last: whoever finds it closed knows that all in it is.
      chmodSync(path, OWNER);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false;
    throw error;
  }
}

/** A link leads out of the directory, and has no rights of its own. */
function isOpen(path: string): boolean {
  const { mode, isLink } = kindOf(path);
  return !isLink && (mode & OTHERS) !== 0;
}

function close(path: string): void {
  const { mode, isDirectory, isLink } = kindOf(path);
  if (isLink) return;
  if (isDirectory) for (const name of readdirSync(path)) close(join(path, name));
  chmodSync(path, mode & OWNER);
}

function kindOf(path: string): { mode: number; isDirectory: boolean; isLink: boolean } {
  const stats = lstatSync(path);
  return { mode: stats.mode, isDirectory: stats.isDirectory(), isLink: stats.isSymbolicLink() };
}
