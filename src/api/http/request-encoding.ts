// Compressed bodies of requests into what they hold, for every call: what cannot be read whole is refused, and nothing of it is kept.
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';

/** What comes out, and how much of what went in was read for it. */
type Decoder = (bytes: Buffer, maxBytes: number) => Promise<{ bytes: Buffer; readBytes: number }>;

/** With `info` an answer of zlib also tells how many bytes were read. */
interface WithInfo {
  buffer: Buffer;
  engine: { bytesWritten: number };
}
type Zlib = (bytes: Buffer, options: object) => Promise<unknown>;

function decoderOf(zlib: Zlib, options: object = {}): Decoder {
  return async (bytes, maxBytes) => {
    const decoded = await zlib(bytes, { ...options, maxOutputLength: maxBytes, info: true });
    const { buffer, engine } = decoded as WithInfo;
    return { bytes: buffer, readBytes: engine.bytesWritten };
  };
}

/** Two bytes of zlib's own head, which some senders leave out (RFC 9110, section 8.4.1.2). */
const hasZlibHead = (bytes: Buffer) =>
  bytes.length >= 2 && (bytes[0]! & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;

const [zlib, raw] = [decoderOf(promisify(inflate)), decoderOf(promisify(inflateRaw))];
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: decoderOf(promisify(gunzip)),
  deflate: (bytes, maxBytes) => (hasZlibHead(bytes) ? zlib : raw)(bytes, maxBytes),
  br: decoderOf(promisify(brotliDecompress)),
  // No larger window than RFC 9659 allows: it is memory that the sender chooses.
  zstd: decoderOf(promisify(zstdDecompress), { params: { [constants.ZSTD_d_windowLogMax]: 23 } }),
};
const NAMES = Object.keys(DECODERS).join(', ');
/** Another name of the same (RFC 9110, section 8.4.1.3). */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'x-gzip': 'gzip' };

/**
 * A hook for all routes. The limit of the body holds for what comes in and for what comes out.
 * @throws UserError UNSUPPORTED_ENCODING, INVALID_ENCODING, BODY_TOO_LARGE
 */
export async function decodedBody(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: RequestPayload,
): Promise<RequestPayload> {
  const encodings = encodingsOf(request.headers['content-encoding']);
  if (encodings.length === 0) return payload;
  const limit = request.routeOptions.bodyLimit;
  const encoded = await whole(payload, limit);
  let bytes = encoded;
  // An empty body is empty in every encoding.
  if (encoded.length > 0) {
    const decoders = encodings.map(name => DECODERS[name]);
    if (decoders.length > LIMITS.bodyEncodings || decoders.includes(undefined)) {
      reply.header('Accept-Encoding', NAMES);
      throw unsupported(encodings);
    }
    // The last one was applied last.
    for (const name of encodings.reverse()) bytes = await decoded(name, bytes, limit);
  }
  const stream: RequestPayload = Readable.from([bytes], { objectMode: false });
  stream.receivedEncodedLength = encoded.length;
  return stream;
}

/** In lower case, without those that change nothing. */
function encodingsOf(header: string | undefined): string[] {
  const names = (header ?? '').split(',').map(name => name.trim().toLowerCase());
  return names.filter(name => name !== '' && name !== 'identity').map(name => OTHER_NAMES[name] ?? name);
}

/** The stream stays open where it is left: a client that is still sending must hear the answer. */
async function whole(payload: RequestPayload, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of (payload as Readable).iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decoded(name: string, bytes: Buffer, limit: number): Promise<Buffer> {
  const result = await DECODERS[name]!(bytes, limit).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : broken(name, error.message);
  });
  if (result.readBytes < bytes.length) {
    throw broken(name, `${bytes.length - result.readBytes} bytes follow its end`);
  }
  return result.bytes;
}

function unsupported(encodings: readonly string[]): UserError {
  const text = encodings.join(', ').slice(0, LIMITS.nameChars);
  return new UserError(
    'UNSUPPORTED_ENCODING',
    encodings.length > LIMITS.bodyEncodings
      ? `The body is encoded ${encodings.length} times, more than the ${LIMITS.bodyEncodings} that are read.`
      : `The body's Content-Encoding is '${text}', which is not read. Nothing of it was kept.`,
    `Send it plain, or with one of: ${NAMES}.`,
  );
}

function broken(name: string, why: string): UserError {
  return new UserError(
    'INVALID_ENCODING',
    `The body is not a whole '${name}': ${why}. Nothing of it was kept.`,
    'Compress it again, or send it plain without Content-Encoding.',
  );
}

function tooLarge(limit: number): UserError {
  return new UserError(
    'BODY_TOO_LARGE',
    `The body is larger than ${limit} bytes, as sent or when it is decompressed.`,
    'Send it in smaller parts.',
  );
}
