// Cuts a stream of bytes into files of whole lines. In files, because pieces in memory would be its largest part.
import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../../limits.ts';

const NEW_LINE = 10;

export interface LinePiece {
  /** Whoever uses the piece deletes it. */
  file: string;
  /** Bytes of the stream that it took. */
  bytes: number;
  /** Its first and its last bytes. */
  samples: readonly [first: Buffer, last: Buffer];
}

/**
 * The pieces; each but the last ends with a line feed. A line that no decoder accepts is cut, so that the engine need not hold it
 * in memory.
 */
export async function* linePieces(chunks: AsyncIterable<Uint8Array>, directory: string): AsyncGenerator<LinePiece> {
  let piece: OpenPiece | undefined;
  try {
    for await (const chunk of chunks) {
      piece ??= await OpenPiece.create(directory);
      const end = chunk.lastIndexOf(NEW_LINE) + 1;
      if (end === 0 || piece.bytes + end < LIMITS.importPieceBytes) await piece.append(chunk);
      else {
        await piece.append(chunk.subarray(0, end));
        yield await piece.finish();
        piece = await OpenPiece.create(directory);
        await piece.append(chunk.subarray(end));
      }
    }
    if (piece !== undefined && piece.bytes > 0) yield await piece.finish();
  } finally {
    await piece?.close();
  }
}

class OpenPiece {
  bytes = 0;
  readonly #handle: FileHandle;
  readonly #file: string;
  #written = 0;
  /** Bytes of the last line so far. */
  #line = 0;

  private constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  static async create(directory: string): Promise<OpenPiece> {
    const file = join(directory, randomUUID());
    return new OpenPiece(file, await open(file, 'wx+'));
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.bytes += chunk.length;
    const isTooLong = this.#line > LIMITS.importLineBytes;
    const lineFeed = chunk.indexOf(NEW_LINE);
    const last = chunk.lastIndexOf(NEW_LINE);
    this.#line = last < 0 ? this.#line + chunk.length : chunk.length - last - 1;
    if (!isTooLong) await this.#write(chunk);
    else if (lineFeed >= 0) await this.#write(chunk.subarray(lineFeed));
  }

  async finish(): Promise<LinePiece> {
    const length = Math.min(this.#written, LIMITS.importSampleBytes);
    const samples = [await this.#read(0, length), await this.#read(this.#written - length, length)] as const;
    await this.close();
    return { file: this.#file, bytes: this.bytes, samples };
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, from);
      from += bytesWritten;
    }
    this.#written += bytes.length;
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.#handle.read(bytes, 0, length, position);
    return bytes;
  }
}
