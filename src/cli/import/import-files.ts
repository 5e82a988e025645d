// Imports files one after the other. The beginning of each file is checked before anything is stored.
import { LIMITS } from '../../limits.ts';
import { utf8Bytes } from '../../sources/text/text-encoding.ts';
import { addWritten, type Written } from '../../ingest/events/event-writer.ts';
import { printEncodingNote, readBytes, sizeOf } from '../files.ts';
import type { ImportCheckpoint } from '../../ingest/import-checkpoint.ts';
import { grouped } from '../../plain-text.ts';
import type { Progress } from '../output.ts';
import type { Beginning } from './wrong-file.ts';

/** Stores the bytes of one file. Yields the stored totals so far and, if the import can resume there, the bytes they took. */
export type ImportBytes = (
  bytes: AsyncIterable<Uint8Array>,
  firstLine?: number,
  file?: string,
) => AsyncIterable<Written & { bytes?: number }>;

/** The checkpoint of a file's import; undefined if it cannot be resumed. */
export type CheckpointOf = (file: string) => Promise<ImportCheckpoint> | undefined;

interface ImportFilesOptions {
  importBytes: ImportBytes;
  /** What is counted, in the plural. */
  things: string;
  progress: Progress;
  /** Throws for a file that does not fit the chosen feed, before anything is stored. */
  check: (file: string, beginning: Beginning) => void;
  checkpointOf: CheckpointOf;
}

/** Imports the files one after the other; resolved when everything is stored durably. */
export async function importFiles(files: readonly string[], options: ImportFilesOptions): Promise<Written> {
  const { importBytes, things, progress, check, checkpointOf } = options;
  const total: Written = { stored: 0, rejected: 0 };
  const startMs = performance.now();
  for (const file of files) {
    const size = sizeOf(file);
    const checkpoint = size === undefined ? undefined : await checkpointOf(file);
    const offset = checkpoint?.offset ?? 0;
    if (offset > 0) process.stderr.write(resumeText(file, offset));
    const meter = metered(readBytes(file, offset));
    const checkedBytes = offset > 0 ? meter.bytes : await checked(meter.bytes, beginning => check(file, beginning));
    let isConverted = false;
    const bytes = utf8Bytes(checkedBytes, ({ encoding, line }) => {
      isConverted = true;
      progress.end();
      printEncodingNote(file, { encoding, line: line + (checkpoint?.firstLine ?? 1) - 1 });
    });
    let soFar: Written & { bytes?: number } = { stored: 0, rejected: 0 };
    for await (soFar of importBytes(bytes, checkpoint?.firstLine, file)) {
      // After a conversion to UTF-8, the position in the file is not known, so the checkpoint stays where it is.
      if (soFar.bytes && !isConverted) await checkpoint?.reach(offset + soFar.bytes);
      const inputs = total.stored + soFar.stored + total.rejected + soFar.rejected;
      const rate = (inputs / (performance.now() - startMs)) * 1000;
      const rejected = total.rejected + soFar.rejected;
      progress.update(
        `${file}: ${grouped(inputs - rejected)} ${things}${rejected > 0 ? `, ${grouped(rejected)} rejected` : ''} · ` +
          `${grouped(rate)} per second`,
        size ? (offset + meter.read()) / size : undefined,
      );
    }
    addWritten(total, soFar);
    if (soFar.bytes !== undefined) await checkpoint?.finish();
  }
  progress.end();
  return total;
}

function resumeText(file: string, offset: number): string {
  return `${file}: the last import was interrupted after ${grouped(offset)} bytes and is resumed there.\n`;
}

/** Checks the beginning of the bytes, then returns all of them. */
async function checked(
  source: AsyncIterable<Uint8Array>,
  check: (beginning: Beginning) => void,
): Promise<AsyncIterable<Uint8Array>> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  while (length < LIMITS.fileBeginningBytes && !isWhole) {
    const next = await iterator.next();
    if (next.done) isWhole = true;
    else {
      // Copied, because the reader may reuse the memory of the chunk.
      chunks.push(Uint8Array.from(next.value));
      length += next.value.length;
    }
  }
  try {
    const beginning = Buffer.concat(chunks);
    const start = beginning.subarray(0, LIMITS.fileBeginningBytes);
    check({ bytes: start, isWhole: isWhole && start.length === beginning.length });
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  return (async function* () {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
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
