// Files of bytes into a zip, written while they are read: in bounded memory, and broken off if a file is.
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { dataDescriptor, directory, localHeader, type ZipEntry } from './zip-records.ts';

export interface ZippedFile {
  path: string;
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Levels above the first gain some per cent of size for twice the time. Chunks of 64 KiB take 0.6 of the time of the default
 * 16 KiB. (A library for zips offers neither, and sums in JavaScript: twice the processor time of a workbook's zip.)
 */
const COMPRESSION = { level: 1, chunkSize: 64 * 1024 };

/**
 * The files in one zip, each asked for when the one before has ended. A failure of theirs, or an abort, is an error of the
 * zip, never a shorter one that looks whole. A consumer that leaves ends the files' iterators.
 */
export async function* zippedFiles(files: AsyncIterable<ZippedFile>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const entries: ZipEntry[] = [];
  let offset = 0;
  const counted = (bytes: Uint8Array) => {
    offset += bytes.length;
    return bytes;
  };
  for await (const { path, bytes } of files) {
    const entry = { path, crc: 0, size: 0, packed: 0, offset };
    yield counted(localHeader(entry));
    for await (const chunk of compressed(bytes, entry, signal)) yield counted(chunk);
    yield counted(dataDescriptor(entry));
    entries.push(entry);
  }
  yield directory(entries, offset);
}

/** The bytes, compressed on a thread; their numbers and sum are entered while they pass. */
async function* compressed(
  bytes: ZippedFile['bytes'],
  entry: ZipEntry,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  async function* summed() {
    for await (const piece of bytes) {
      entry.crc = crc32(piece, entry.crc);
      entry.size += piece.length;
      yield piece;
    }
  }
  const source = Readable.from(summed(), { objectMode: false });
  const deflate = createDeflateRaw(COMPRESSION);
  // A failure of either destroys both, so it comes out of the loop below.
  pipeline(source, deflate, signal ? { signal } : {}).catch(() => {});
  try {
    for await (const chunk of deflate) {
      entry.packed += chunk.length;
      yield chunk;
    }
  } finally {
    source.destroy();
    await finished(source).catch(() => {});
  }
}

/** One file in a zip. */
export function zipped(
  bytes: AsyncIterable<Uint8Array>,
  fileName: string,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  async function* only(): AsyncGenerator<ZippedFile> {
    yield { path: fileName, bytes };
  }
  return zippedFiles(only(), signal);
}
