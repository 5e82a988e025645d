// `offhook import`: files into stored events or sessions, one after the other.
import { utf8Bytes } from '../sources/text-encoding.ts';
import type { Written } from '../store/event-writer.ts';
import { readBytes, sayForeign, sizeOf } from './files.ts';
import type { ImportPlace } from './import-place.ts';
import { grouped, type Progress } from './output.ts';

/** Stores the bytes of one file: yields the totals so far, each durable, and how many bytes that is where it can go on there. */
export type ImportBytes = (
  bytes: AsyncIterable<Uint8Array>,
  firstLine?: number,
) => AsyncIterable<Written & { bytes?: number }>;

/** Where the import of a file goes on; undefined: at its beginning. */
export type PlaceOf = (file: string) => Promise<ImportPlace> | undefined;

/** Imports the files one after the other; resolved when all is durable. `things` is what they hold. */
export async function importFiles(
  importBytes: ImportBytes,
  files: readonly string[],
  things: string,
  progress: Progress,
  placeOf: PlaceOf = () => undefined,
): Promise<Written> {
  const total: Written = { stored: 0, rejected: 0 };
  const startMs = performance.now();
  for (const file of files) {
    const size = sizeOf(file);
    const place = size === undefined ? undefined : await placeOf(file);
    const offset = place?.offset ?? 0;
    if (offset > 0) process.stderr.write(goesOn(file, offset));
    const meter = metered(readBytes(file, offset));
    let isForeign = false;
    const bytes = utf8Bytes(meter.bytes, ({ encoding, line }) => {
      isForeign = true;
      progress.end();
      sayForeign(file, { encoding, line: line + (place?.firstLine ?? 1) - 1 });
    });
    let soFar: Written & { bytes?: number } = { stored: 0, rejected: 0 };
    for await (soFar of importBytes(bytes, place?.firstLine)) {
      // Of a text that is not read as it is, the file's own bytes are not known: it is read again from the place before.
      if (soFar.bytes && !isForeign) await place?.reach(offset + soFar.bytes);
      const stored = total.stored + soFar.stored;
      const rate = (stored / (performance.now() - startMs)) * 1000;
      progress.update(
        `${file}: ${grouped(stored)} ${things} · ${grouped(rate)} a second`,
        size ? (offset + meter.read()) / size : undefined,
      );
    }
    total.stored += soFar.stored;
    total.rejected += soFar.rejected;
    if (soFar.bytes !== undefined) await place?.finish();
  }
  progress.end();
  return total;
}

function goesOn(file: string, offset: number): string {
  return `${file}: its import was interrupted after ${grouped(offset)} bytes; going on there.\n`;
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
