// How far the files that are being followed have been read, so that a new process goes on there.
import type { Engine } from '../engine/engine.ts';
import { tsvRow } from '../engine/tsv.ts';

/** A place in a file, whatever the file is called by now. */
export interface FilePosition {
  inode: number;
  /** What the file begins with, in hexadecimal: a copy does, too, and a new file in the place of a deleted one does not. */
  beginning: string;
  /** Bytes from the start. */
  offset: number;
}

/** What is followed, and for whom. */
export interface FollowedFile {
  source: string;
  accountId: string;
  path: string;
}

/** undefined: nothing of the file has been read. */
export async function readPosition(engine: Engine, file: FollowedFile): Promise<FilePosition | undefined> {
  const [row] = await engine.query<FilePosition>(
    `SELECT inode, beginning, offset FROM feed_positions FINAL
     WHERE source = {source:String} AND account_id = {accountId:String} AND path = {path:String}`,
    { ...file },
  );
  return row;
}

export async function writePosition(
  engine: Engine,
  { source, accountId, path }: FollowedFile,
  { inode, beginning, offset }: FilePosition,
  nowMs: number,
): Promise<void> {
  await engine.insert(
    'feed_positions',
    ['source', 'account_id', 'path', 'inode', 'beginning', 'offset', 'version'],
    Buffer.from(tsvRow([source, accountId, path, inode, beginning, offset, nowMs])),
  );
}
