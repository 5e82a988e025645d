// What a client accepts into the stream that compresses for it; the work is done on threads, beside other requests.
import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';

/** Levels at which a report of one thread keeps up with the engine; higher ones gain some per cent of size for twice the time. */
const ENCODERS: Readonly<Record<string, () => Transform>> = {
  zstd: () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: () => createGzip({ level: 3 }),
};

export interface ContentEncoding {
  name: string;
  encoder: Transform;
}

/** undefined: the client asks for none of these. */
export function contentEncodingFor(acceptEncoding: string | undefined): ContentEncoding | undefined {
  const name = acceptEncoding === undefined ? null : negotiate(acceptEncoding, Object.keys(ENCODERS));
  const encoder = name === null ? undefined : ENCODERS[name];
  return encoder && { name: name as string, encoder: encoder() };
}
