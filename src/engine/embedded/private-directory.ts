// Makes a data directory readable by its owner only, whatever the umask and its former rights.
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OWNER = 0o700;
/** What the group and others may do. */
const OTHERS = 0o077;

/** What the engine and we create in it: somebody may give their home directory by mistake. */
const OURS = new Set(['data', 'metadata', 'metadata_dropped', 'scratch', 'status', 'store', 'tmp', 'uuid']);

/**
 * Creates the directory if it does not exist, and takes the rights of everybody else to it and to what is ours in it. From now on
 * all files that this process creates are private, since the engine creates files long afterwards.
 * @returns false if the directory belongs to another user, so that its rights cannot be changed
 */
export function makePrivate(path: string): boolean {
  process.umask(OTHERS);
  mkdirSync(path, { recursive: true, mode: OWNER });
  try {
    const ours = readdirSync(path).filter(name => OURS.has(name));
    if (isOpen(path) || ours.some(name => isOpen(join(path, name)))) {
      for (const name of ours) close(join(path, name));
      // Last, so that a closed directory tells that everything in it is closed.
      chmodSync(path, OWNER);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false;
    throw error;
  }
}

/** Links are left alone: they lead out of the directory and have no rights of their own. */
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
