// Files that live as long as a statement: the engine reads files faster than anything else.
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The directory for them, without what a killed process left in it. */
export function emptyScratch(path: string): string {
  const scratch = join(path, 'scratch');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch);
  return scratch;
}

/** Writes the bytes to a file, without waiting for the disk, and deletes the file after its use. */
export async function inFile(
  folder: string,
  bytes: readonly Uint8Array[],
  use: (file: string) => Promise<void>,
): Promise<void> {
  const file = join(folder, randomUUID());
  try {
    await write(file, bytes);
    await use(file);
  } finally {
    await rm(file, { force: true });
  }
}

async function write(file: string, bytes: readonly Uint8Array[]): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    const { bytesWritten } = await handle.writev(bytes);
    const wanted = bytes.reduce((sum, { length }) => sum + length, 0);
    if (bytesWritten < wanted) throw new Error(`only ${bytesWritten} of ${wanted} bytes were written to ${file}`);
  } finally {
    await handle.close();
  }
}
