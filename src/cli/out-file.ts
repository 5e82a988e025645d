// Writes output to standard output or to a file. A file is written completely or not at all.
import {
  accessSync,
  chmodSync,
  constants,
  createWriteStream,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Option } from 'commander';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.ts';
import { USERS_UMASK } from './files.ts';

type Bytes = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

export const outOption = () => new Option('--out <file>', 'write to a file instead of standard output');

const isStandardOutput = (file: string | undefined) => file === undefined || file === '-';

/** Checks before any work is done that the file can be written. @throws UserError FILE_NOT_WRITABLE */
export function checkWritable(file: string | undefined): void {
  if (file === undefined || isStandardOutput(file)) return;
  const folder = dirname(resolve(file));
  if (!existsSync(folder))
    throw notWritable(
      file,
      'its folder does not exist',
      `Create it (mkdir -p ${dirname(file)}), or choose another file with --out.`,
    );
  if (!statSync(folder).isDirectory()) throw notWritable(file, `${folder} is not a folder`);
  if (existsSync(file) && statSync(file).isDirectory()) throw notWritable(file, 'it is a folder');
  // A file is replaced by a new one in its folder; a device is written to directly.
  if (!mayWrite(existsSync(file) && !statSync(file).isFile() ? file : folder)) {
    throw notWritable(file, 'you do not have permission to write there');
  }
}

/**
 * Writes to the file, or to standard output if `file` is undefined or `-`. If it fails, an existing file does not change, so that
 * a partial report never looks complete.
 * @throws UserError FILE_NOT_WRITABLE
 */
export async function writeOut(file: string | undefined, bytes: Bytes): Promise<void> {
  if (file === undefined || isStandardOutput(file)) return pipeline(bytes, process.stdout, { end: false });
  checkWritable(file);
  if (existsSync(file) && !statSync(file).isFile()) return pipeline(bytes, createWriteStream(file));
  const target = existsSync(file) ? realpathSync(file) : file;
  const part = `${target}.${process.pid}.part`;
  try {
    await pipeline(bytes, createWriteStream(part));
    // The permissions of the replaced file, or those of the user's other new files.
    chmodSync(part, existsSync(target) ? statSync(target).mode : 0o666 & ~USERS_UMASK);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? notWritable(file, 'the disk is full', 'Free some space, or choose another file with --out.')
      : error;
  }
}

/** Refuses to write binary formats to a terminal. @throws UserError INVALID_REQUEST */
export function refuseOnTerminal(file: string | undefined, format: string, isBinary: boolean): void {
  if (!isBinary || !isStandardOutput(file) || !process.stdout.isTTY) return;
  throw new UserError(
    'INVALID_REQUEST',
    `The format ${format} is binary and cannot be shown on a terminal.`,
    `Write it to a file: --out report.${format}`,
  );
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function notWritable(file: string, why: string, remedy = 'Choose another file with --out.'): UserError {
  return new UserError('FILE_NOT_WRITABLE', `The file ${file} cannot be written: ${why}.`, remedy);
}
