// Checks of the data directory before the engine opens it: whether it exists, and whether another process uses it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import { makePrivate } from './private-directory.ts';

/** @throws UserError DATA_DIR_MISSING for a path without a data directory */
export function requireDataDir(dataDir: string): void {
  const path = resolve(dataDir);
  if (existsSync(join(path, 'metadata'))) return;
  throw new UserError(
    'DATA_DIR_MISSING',
    existsSync(path) ? `The directory ${path} holds no data of Offhook.` : `There is no data directory at ${path}.`,
    "Give the right one with --data-dir or OFFHOOK_DATA_DIR; './offhook serve' and './offhook import' create a new one.",
  );
}

/** The engine would refuse it, too, but with a message that helps nobody. @throws UserError DATA_DIR_IN_USE */
export function requireUnlocked(path: string): void {
  const holder = holderOf(path);
  if (holder === undefined) return;
  throw new UserError(
    'DATA_DIR_IN_USE',
    `The data directory ${path} is in use by process ${holder}.`,
    'Stop that process (perhaps a running server), use another --data-dir, or use the running server: it takes events at ' +
      'POST /ingest/v1/{source}, and docs/api.md lists its other calls.',
  );
}

/** @throws UserError DATA_DIR_NOT_USABLE */
export function openToOwner(path: string): void {
  try {
    if (makePrivate(path)) return;
    process.stderr.write(`The data directory ${path} belongs to another user; who may read it is up to that user.\n`);
  } catch (error) {
    throw openError(error, path);
  }
}

/** The engine's failure to open the directory, for a person. */
export function openError(error: unknown, path: string): Error {
  const text = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  return new UserError(
    'DATA_DIR_NOT_USABLE',
    `The data directory ${path} cannot be opened: ${text.replace(/^Code: \d+\. DB::Exception: /, '')}`,
    'Check that the path is a directory that this user may read and write, and that the disk is not full.',
  );
}

/** Where Linux lists the locks on files. */
const LOCKS = '/proc/locks';

/** The other live process that has written its id into the engine's `status` file and holds the lock on it. */
function holderOf(path: string): number | undefined {
  const status = join(path, 'status');
  if (!existsSync(status)) return undefined;
  const pid = Number(/PID: (\d+)/.exec(readFileSync(status, 'utf8'))?.[1]);
  if (!pid || pid === process.pid || !isAlive(pid)) return undefined;
  // A killed process leaves the file behind, and its id may belong to another process by now.
  return !existsSync(LOCKS) || isLocked(status) ? pid : undefined;
}

function isLocked(file: string): boolean {
  const inode = `:${statSync(file).ino} `;
  return readFileSync(LOCKS, 'utf8')
    .split('\n')
    .some(line => line.includes(inode));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
