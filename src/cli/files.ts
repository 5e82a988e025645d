// Reads the files named on the command line; `-` is standard input.
import { createReadStream, type ReadStream, readFileSync, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { binaryKindOf } from '../sources/text/file-kind.ts';
import { encodingNote, type OtherEncoding, textOf } from '../sources/text/text-encoding.ts';

/** Checks that all files exist before any of them is read. @throws UserError FILE_NOT_READABLE */
export function checkReadable(files: readonly string[]): void {
  for (const file of files.filter(name => name !== '-')) {
    if (!readable(file)) throw notReadable(file);
  }
}

/** Size in bytes; undefined for standard input and compressed files, because their decompressed size is not known. */
export function sizeOf(file: string): number | undefined {
  return file === '-' || file.endsWith('.gz') ? undefined : statSync(file).size;
}

/** The bytes of the file from an offset, decompressed if its name ends in `.gz`. */
export function readBytes(file: string, start = 0): AsyncIterable<Uint8Array> {
  if (file === '-') return process.stdin;
  const bytes = createReadStream(file, { highWaterMark: LIMITS.importChunkBytes, start });
  if (!file.endsWith('.gz')) return bytes;
  return unpacked(file, bytes);
}

/** @throws UserError FILE_NOT_READABLE if the file is not gzip or is incomplete */
async function* unpacked(file: string, bytes: ReadStream): AsyncGenerator<Uint8Array> {
  const plain = createGunzip({ chunkSize: LIMITS.importChunkBytes });
  bytes.on('error', error => plain.destroy(error));
  try {
    yield* bytes.pipe(plain);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!code.startsWith('Z_')) throw error;
    throw new UserError(
      'FILE_NOT_READABLE',
      `The file ${file} cannot be decompressed: it is ${code === 'Z_BUF_ERROR' ? 'incomplete' : 'damaged or not a gzip file'}.`,
      'If it is not compressed, remove .gz from its name. Otherwise get a new copy and import it again: events that are already ' +
        'stored are not counted twice.',
    );
  }
}

/** The text of the file. Prints a note if it is not UTF-8. @throws UserError FILE_NOT_READABLE */
export function readText(file: string): string {
  checkReadable([file]);
  const bytes = readFileSync(file === '-' ? 0 : file);
  const { text, foreign } = textOf(bytes);
  // For a file that is not text, such as a picture, the caller prints a better message.
  if (foreign !== undefined && binaryKindOf(bytes) === undefined) printEncodingNote(file, foreign);
  return text;
}

export function printEncodingNote(file: string, foreign: OtherEncoding): void {
  process.stderr.write(`${file}: ${encodingNote(foreign)}\n`);
}

/** The user's umask, read before the process sets its own for the data directory. */
export const USERS_UMASK = process.umask();

function readable(file: string): boolean {
  try {
    return statSync(file).isFile() || statSync(file).isFIFO();
  } catch {
    return false;
  }
}

function notReadable(file: string): UserError {
  return new UserError(
    'FILE_NOT_READABLE',
    `The file ${file} does not exist or is not a file.`,
    'Check its path and name.',
  );
}
