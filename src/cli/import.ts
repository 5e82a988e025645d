// `offhook import`: files into stored events or sessions, one after the other.
import type { Written } from '../store/event-writer.ts';
import { readBytes, sizeOf } from './files.ts';
import { grouped, type Progress } from './output.ts';

/** Stores the bytes of one file: yields the totals so far, each durable. */
export type ImportBytes = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Written>;

/** Imports the files one after the other; resolved when all is durable. `things` is what they hold. */
export async function importFiles(
  importBytes: ImportBytes,
  files: readonly string[],
  things: string,
  progress: Progress,
): Promise<Written> {
  const total: Written = { stored: 0, rejected: 0 };
  const startMs = performance.now();
  for (const file of files) {
    const meter = metered(readBytes(file));
    const size = sizeOf(file);
    let soFar: Written = { stored: 0, rejected: 0 };
    for await (soFar of importBytes(meter.bytes)) {
      const stored = total.stored + soFar.stored;
      const rate = (stored / (performance.now() - startMs)) * 1000;
      progress.update(
        `${file}: ${grouped(stored)} ${things} · ${grouped(rate)} a second`,
        size ? meter.read() / size : undefined,
      );
    }
    total.stored += soFar.stored;
    total.rejected += soFar.rejected;
  }
  progress.end();
  return total;
}

function metered(source: AsyncIterable<Uint8Array>): {
  bytes: AsyncIterable<Uint8Array>;
  read: () => number;
} {
  let read = 0;
  async function* bytes() {
    for await (const chunk of source) {
      read += chunk.length;
      yield chunk;
    }
  }
  return { bytes: bytes(), read: () => read };
}
