// A process into its resident memory.
import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;

/** Bytes of memory the process holds now; 0 where the system does not tell or the process has ended. */
export function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
