// Zips, streamed: in bounded memory, and cut off with an error if a file fails.
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { dataDescriptor, directory, localHeader, type ZipEntry } from './zip-records.ts';

export interface ZippedFile {
  path: string;
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Higher levels save a few per cent of size for twice the time; see docs/decisions/019-zip-and-workbook.md. */
const COMPRESSION = { level: 1, chunkSize: 64 * 1024 };

/**
 * A zip of the files, read one after the other. If a file fails or `signal` aborts, the zip fails: it never ends early and looks
 * complete. A consumer that stops reading ends the files' iterators.
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

/** The compressed bytes, made on a thread of their own. Fills in the entry's sizes and checksum. */
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
  // If either fails, both are destroyed and the loop below throws.
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

/** A zip of one file. */
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
