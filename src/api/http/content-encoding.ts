// Chooses the compression of an answer by the client's Accept-Encoding. Compression runs on other threads.
import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';

/** Levels at which one thread keeps up with the engine. Higher ones take twice the time to save a few per cent. */
const ENCODERS: Readonly<Record<string, () => Transform>> = {
  zstd: () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: () => createGzip({ level: 3 }),
};

export interface ContentEncoding {
  name: string;
  encoder: Transform;
}

/** Returns undefined if the client accepts none of the encodings. */
export function contentEncodingFor(acceptEncoding: string | undefined): ContentEncoding | undefined {
  const name = acceptEncoding === undefined ? null : negotiate(acceptEncoding, Object.keys(ENCODERS));
  const encoder = name === null ? undefined : ENCODERS[name];
  return encoder && { name: name as string, encoder: encoder() };
}
