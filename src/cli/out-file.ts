// Bytes to where the words of a command say: standard output, or a file that is whole or is not there.
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
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.ts';
import { USERS_UMASK } from './files.ts';

type Bytes = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const isStandardOutput = (file: string | undefined) => file === undefined || file === '-';

/** Fails before any work is done for a file that cannot be written. @throws UserError FILE_NOT_WRITABLE */
export function checkWritable(file: string | undefined): void {
  if (file === undefined || isStandardOutput(file)) return;
  const folder = dirname(resolve(file));
  if (!existsSync(folder))
    throw notWritable(file, 'its folder does not exist', `Make it (mkdir -p ${dirname(file)}), or give another --out.`);
  if (!statSync(folder).isDirectory()) throw notWritable(file, `${folder} is not a folder`);
  if (existsSync(file) && statSync(file).isDirectory()) throw notWritable(file, 'it is a folder');
  // A file is replaced by a new one beside it, a device is written to.
  if (!mayWrite(existsSync(file) && !statSync(file).isFile() ? file : folder)) {
    throw notWritable(file, 'this user may not write there');
  }
}

/**
 * Writes all of it to the file, or to standard output where there is none or it is `-`. What fails leaves the file before it as it
 * was: a part of a report never looks whole.
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
    // The rights of the file before it, or those that the user's other new files have.
    chmodSync(part, existsSync(target) ? statSync(target).mode : 0o666 & ~USERS_UMASK);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? notWritable(file, 'the disk is full', 'Make room, or give another --out.')
      : error;
  }
}

/** A workbook on a terminal is noise. @throws UserError INVALID_REQUEST */
export function refuseOnTerminal(file: string | undefined, format: string, isBinary: boolean): void {
  if (!isBinary || !isStandardOutput(file) || !process.stdout.isTTY) return;
  throw new UserError(
    'INVALID_REQUEST',
    `A report as ${format} is not text, and standard output is a terminal.`,
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

function notWritable(file: string, why: string, remedy = 'Give another --out.'): UserError {
  return new UserError('FILE_NOT_WRITABLE', `The file ${file} cannot be written: ${why}.`, remedy);
}
