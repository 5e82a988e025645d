// Checkpoints of followed files: how far each has been read, so that a new process continues there.
import type { Engine } from '../engine/engine.ts';

/** A position in a file, whatever its name is by now. */
export interface FilePosition {
  inode: number;
  /** The first bytes in hexadecimal: the same in a copy of the file, and others in a new file with the inode of a deleted one. */
  beginning: string;
  /** Bytes from the start. */
  offset: number;
}

/** A followed file, its feed and its account. */
export interface FollowedFile {
  source: string;
  accountId: string;
  path: string;
}

/** Undefined if nothing of the file has been read. */
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
  const row = { source, account_id: accountId, path, inode, beginning, offset, version: nowMs };
  await engine.insert('feed_positions', [row]);
}
