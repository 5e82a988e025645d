// The checkpoint of an interrupted import: how far the file had been stored, so that the next import continues there.
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { type FilePosition, readPosition, writePosition } from './checkpoints.ts';

export interface ImportCheckpoint {
  /** Bytes that are stored already; 0 for a file that is imported from its beginning. */
  offset: number;
  /** The number of the line that begins there. */
  firstLine: number;
  /** Saves that the file is stored up to here. */
  reach: (offset: number) => Promise<void>;
  /** The file is stored completely: another import of it starts at its beginning. */
  finish: () => Promise<void>;
}

const NEW_LINE = 10;
const SEEN_BYTES = 128;

/** A file is recognized by its inode, its first bytes, and the bytes before the offset; if one of them differs, it is imported again. */
export async function importCheckpoint(
  engine: Engine,
  given: { source: string; accountId: string; path: string },
): Promise<ImportCheckpoint> {
  // A checkpoint of its own: the same file may be followed, too.
  const file = { ...given, path: `import ${resolve(given.path)}` };
  const write = (position: FilePosition) => writePosition(engine, file, position, Date.now());
  const known = await readPosition(engine, file);
  const offset =
    known && known.offset > 0 && isSame(known, await positionAt(given.path, known.offset)) ? known.offset : 0;
  return {
    offset,
    firstLine: 1 + (await linesUpTo(given.path, offset)),
    reach: async reached => write(await positionAt(given.path, reached)),
    finish: () => write({ inode: 0, beginning: '', offset: 0 }),
  };
}

const isSame = (a: FilePosition, b: FilePosition) => a.inode === b.inode && a.beginning === b.beginning;

function positionAt(path: string, offset: number): Promise<FilePosition> {
  return withFile(path, async file => {
    const [first, last] = await Promise.all([bytesAt(file, 0), bytesAt(file, Math.max(offset - SEEN_BYTES, 0))]);
    return { inode: (await file.stat()).ino, beginning: first + last, offset };
  });
}

async function bytesAt(file: FileHandle, position: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SEEN_BYTES), 0, SEEN_BYTES, position);
  return buffer.toString('hex', 0, bytesRead);
}

function linesUpTo(path: string, offset: number): Promise<number> {
  return withFile(path, async file => {
    const buffer = Buffer.allocUnsafe(LIMITS.followBytes);
    let lines = 0;
    for (let at = 0; at < offset; at += buffer.length) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, offset - at), at);
      const bytes = buffer.subarray(0, bytesRead);
      for (let found = bytes.indexOf(NEW_LINE); found >= 0; found = bytes.indexOf(NEW_LINE, found + 1)) lines++;
    }
    return lines;
  });
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
