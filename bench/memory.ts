// The resident memory of a process.
import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;

/** Bytes of resident memory; 0 if the system does not report it or the process has ended. */
export function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
