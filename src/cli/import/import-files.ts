// Files into stored events or sessions, one after the other, each looked at before any of it is stored.
import { LIMITS } from '../../limits.ts';
import { utf8Bytes } from '../../sources/text/text-encoding.ts';
import { addWritten, type Written } from '../../ingest/events/event-writer.ts';
import { readBytes, sayForeign, sizeOf } from '../files.ts';
import type { ImportPlace } from '../../ingest/import-checkpoint.ts';
import { grouped } from '../../plain-text.ts';
import type { Progress } from '../output.ts';
import type { Beginning } from './wrong-file.ts';

/** Stores the bytes of one file: yields the totals so far, each durable, and how many bytes that is where it can go on there. */
export type ImportBytes = (
  bytes: AsyncIterable<Uint8Array>,
  firstLine?: number,
  file?: string,
) => AsyncIterable<Written & { bytes?: number }>;

/** Where the import of a file goes on; undefined: at its beginning. */
export type PlaceOf = (file: string) => Promise<ImportPlace> | undefined;

interface ImportFilesHow {
  importBytes: ImportBytes;
  /** What the files hold, for a person. */
  things: string;
  progress: Progress;
  /** Throws for a file that is not what it was said to be, before any of it is stored. */
  check: (file: string, beginning: Beginning) => void;
  placeOf: PlaceOf;
}

/** Imports the files one after the other; resolved when all is durable. */
export async function importFiles(files: readonly string[], how: ImportFilesHow): Promise<Written> {
  const { importBytes, things, progress, check, placeOf } = how;
  const total: Written = { stored: 0, rejected: 0 };
  const startMs = performance.now();
  for (const file of files) {
    const size = sizeOf(file);
    const place = size === undefined ? undefined : await placeOf(file);
    const offset = place?.offset ?? 0;
    if (offset > 0) process.stderr.write(goesOn(file, offset));
    const meter = metered(readBytes(file, offset));
    const found = offset > 0 ? meter.bytes : await checked(meter.bytes, beginning => check(file, beginning));
    let isForeign = false;
    const bytes = utf8Bytes(found, ({ encoding, line }) => {
      isForeign = true;
      progress.end();
      sayForeign(file, { encoding, line: line + (place?.firstLine ?? 1) - 1 });
    });
    let soFar: Written & { bytes?: number } = { stored: 0, rejected: 0 };
    for await (soFar of importBytes(bytes, place?.firstLine, file)) {
      // Of a text that is not read as it is, the file's own bytes are not known: it is read again from the place before.
      if (soFar.bytes && !isForeign) await place?.reach(offset + soFar.bytes);
      const inputs = total.stored + soFar.stored + total.rejected + soFar.rejected;
      const rate = (inputs / (performance.now() - startMs)) * 1000;
      const rejected = total.rejected + soFar.rejected;
      progress.update(
        `${file}: ${grouped(inputs - rejected)} ${things}${rejected > 0 ? `, ${grouped(rejected)} rejected` : ''} · ` +
          `${grouped(rate)} a second`,
        size ? (offset + meter.read()) / size : undefined,
      );
    }
    addWritten(total, soFar);
    if (soFar.bytes !== undefined) await place?.finish();
  }
  progress.end();
  return total;
}

function goesOn(file: string, offset: number): string {
  return `${file}: its import was interrupted after ${grouped(offset)} bytes; going on there.\n`;
}

/** All of the bytes, once their beginning has been looked at. */
async function checked(
  source: AsyncIterable<Uint8Array>,
  check: (beginning: Beginning) => void,
): Promise<AsyncIterable<Uint8Array>> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  while (length < LIMITS.fileBeginningBytes && !isWhole) {
    const next = await iterator.next();
    if (next.done) isWhole = true;
    else {
      // A copy: the reader of a file may use the chunk's memory again.
      seen.push(Uint8Array.from(next.value));
      length += next.value.length;
    }
  }
  try {
    const beginning = Buffer.concat(seen);
    const shown = beginning.subarray(0, LIMITS.fileBeginningBytes);
    check({ bytes: shown, isWhole: isWhole && shown.length === beginning.length });
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  return (async function* () {
    yield* seen;
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
