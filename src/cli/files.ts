// File names of the command line into their bytes; `-` is standard input.
import { createReadStream, type ReadStream, readFileSync, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { binaryKindOf } from '../sources/text/file-kind.ts';
import { encodingNote, type ForeignText, textOf } from '../sources/text/text-encoding.ts';

/** Fails before anything is read when one of the files is missing. @throws UserError FILE_NOT_READABLE */
export function checkReadable(files: readonly string[]): void {
  for (const file of files.filter(name => name !== '-')) {
    if (!readable(file)) throw notReadable(file);
  }
}

/** Size in bytes; undefined for standard input and compressed files, whose decoded size is not known. */
export function sizeOf(file: string): number | undefined {
  return file === '-' || file.endsWith('.gz') ? undefined : statSync(file).size;
}

/** The file's bytes from an offset on, decompressed if its name ends with `.gz`. */
export function readBytes(file: string, start = 0): AsyncIterable<Uint8Array> {
  if (file === '-') return process.stdin;
  const bytes = createReadStream(file, { highWaterMark: LIMITS.importChunkBytes, start });
  if (!file.endsWith('.gz')) return bytes;
  return unpacked(file, bytes);
}

/** @throws UserError FILE_NOT_READABLE where it is not gzip, or only a part of it */
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
      `The file ${file} cannot be unpacked: it ${code === 'Z_BUF_ERROR' ? 'is cut off' : 'is not gzip, or is damaged'}.`,
      'If it is not compressed, rename it without .gz. Else get it anew and import it again: what is stored counts once.',
    );
  }
}

/** The file's text; says on standard error that it is not UTF-8. @throws UserError FILE_NOT_READABLE */
export function readText(file: string): string {
  checkReadable([file]);
  const bytes = readFileSync(file === '-' ? 0 : file);
  const { text, foreign } = textOf(bytes);
  // Of a picture only that it is one is told, by who reads the text.
  if (foreign !== undefined && binaryKindOf(bytes) === undefined) sayForeign(file, foreign);
  return text;
}

export function sayForeign(file: string, foreign: ForeignText): void {
  process.stderr.write(`${file}: ${encodingNote(foreign)}\n`);
}

/** What the user takes from others in files of their own, before the data directory's rule holds for the process. */
export const USERS_UMASK = process.umask();

function readable(file: string): boolean {
  try {
    return statSync(file).isFile() || statSync(file).isFIFO();
  } catch {
    return false;
  }
}

function notReadable(file: string): UserError {
  return new UserError('FILE_NOT_READABLE', `The file ${file} is missing or not a file.`, 'Check its path and name.');
}
