// Follows a growing log through rotation and truncation, and yields its whole lines, each once, from a checkpoint on.
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FilePosition } from './checkpoints.ts';
import { LIMITS } from '../limits.ts';

/** Whole lines, and the position after them. */
export interface Piece {
  lines: Buffer;
  position: FilePosition;
}

export interface TailOptions {
  /** Where to continue; undefined: at the beginning. */
  from: FilePosition | undefined;
  /** Waits until it is time to look again; false ends the tail. */
  wait: () => Promise<boolean>;
}

const NEW_LINE = 10;
/** Enough to tell logs apart, since they begin with the time of their first line. */
const BEGINNING_BYTES = 128;

/**
 * Follows the path until `wait` returns false. A file that was renamed is read to its end before its successor; of one that was
 * copied and truncated, the copy is. Files in the same directory whose names begin with the file's name count as its earlier ones.
 * The first piece of an unread log is empty: its position identifies the log, whatever happens to it later.
 */
export async function* tail(path: string, { from, wait }: TailOptions): AsyncGenerator<Piece> {
  let position = from;
  async function* read(file: string) {
    for await (const piece of newLines(file, position)) {
      position = piece.position;
      yield piece;
    }
  }
  do {
    // Until something is read, the log is identified by its inode and whatever it begins with so far.
    if (position === undefined || position.offset === 0) {
      const seen = await beginningOfLog(path);
      if (seen !== undefined && isBetterKnown(seen, position)) {
        position = seen;
        yield { lines: Buffer.alloc(0), position };
      }
      if (position === undefined) continue;
    }
    const files = await filesFrom(path, position);
    for (const [nth, file] of files.entries()) {
      // First the last lines of the previous file, written before its writer switched to this one.
      if (nth > 0 && (await hasLines(file))) yield* read(files[nth - 1] as string);
      yield* read(file);
    }
  } while (await wait());
}

/** Undefined if there is no log yet. */
const beginningOfLog = (path: string): Promise<FilePosition | undefined> =>
  withFile(path, async file => ({
    inode: (await file.stat()).ino,
    beginning: await beginningOf(file, BEGINNING_BYTES),
    offset: 0,
  }));

function isBetterKnown(seen: FilePosition, known: FilePosition | undefined): boolean {
  if (known === undefined) return true;
  return seen.inode === known.inode && seen.beginning.length > known.beginning.length;
}

const hasLines = async (path: string) => (await withFile(path, file => readLines(file, 0))) !== undefined;

interface LogFile {
  path: string;
  modifiedMs: number;
}

/** The file of the position, then its successors up to the current one. */
async function filesFrom(path: string, position: FilePosition): Promise<string[]> {
  const name = basename(path);
  const names = (await readdir(dirname(path))).filter(other => other.startsWith(name) && other !== name);
  const found = await Promise.all(names.map(other => logFile(join(dirname(path), other))));
  const earlier = found
    .filter(file => file !== undefined)
    .sort((a, b) => a.modifiedMs - b.modifiedMs)
    .map(file => file.path);
  const files = [...earlier, path];
  const fits = await Promise.all(files.map(file => fit(file, position)));
  const at = Math.max(fits.lastIndexOf('FILE'), fits.includes('FILE') ? -1 : fits.lastIndexOf('COPY'));
  return at < 0 ? [path] : files.slice(at);
}

async function logFile(path: string): Promise<LogFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, modifiedMs: found.mtimeMs } : undefined;
}

/** Whether the file is that of the position, or a copy of it, and reaches that far. */
async function fit(path: string, { inode, beginning, offset }: FilePosition): Promise<'FILE' | 'COPY' | undefined> {
  return withFile(path, async file => {
    const { size, ino } = await file.stat();
    if (size < offset || (await beginningOf(file, beginning.length / 2)) !== beginning) return undefined;
    if (ino === inode) return 'FILE';
    return beginning === '' ? undefined : 'COPY';
  });
}

async function beginningOf(file: FileHandle, bytes: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
  return buffer.toString('hex', 0, bytesRead);
}

/** Undefined if the file does not exist, or no longer. */
async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  try {
    return file && (await use(file));
  } finally {
    await file?.close();
  }
}

/** Whole lines of the file: those after the position if it belongs to this file, else all. */
async function* newLines(path: string, position: FilePosition | undefined): AsyncGenerator<Piece> {
  let offset = position !== undefined && (await fit(path, position)) !== undefined ? position.offset : 0;
  for (;;) {
    const piece = await withFile(path, file => readLines(file, offset));
    if (piece === undefined) return;
    offset = piece.position.offset;
    yield piece;
  }
}

async function readLines(file: FileHandle, offset: number): Promise<Piece | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LIMITS.followBytes), 0, LIMITS.followBytes, offset);
  const end = buffer.lastIndexOf(NEW_LINE, bytesRead - 1) + 1;
  // A line longer than a piece is not a log line: it is cut.
  const length = end > 0 || bytesRead < LIMITS.followBytes ? end : bytesRead;
  if (bytesRead === 0 || length === 0) return undefined;
  const beginning = await beginningOf(file, Math.min(BEGINNING_BYTES, offset + length));
  const { ino: inode } = await file.stat();
  return { lines: buffer.subarray(0, length), position: { inode, beginning, offset: offset + length } };
}
