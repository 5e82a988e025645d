// Decompresses request bodies. A body that cannot be decompressed completely is refused, and nothing of it is stored.
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';

/** Returns the decoded bytes, and how many of the encoded bytes were read. */
type Decoder = (bytes: Buffer, maxBytes: number) => Promise<{ bytes: Buffer; readBytes: number }>;

/** The result of zlib's functions with the option `info`. */
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

/** The two bytes of a zlib header, which some senders leave out (RFC 9110, section 8.4.1.2). */
const hasZlibHeader = (bytes: Buffer) =>
  bytes.length >= 2 && (bytes[0]! & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;

const [zlib, raw] = [decoderOf(promisify(inflate)), decoderOf(promisify(inflateRaw))];
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: decoderOf(promisify(gunzip)),
  deflate: (bytes, maxBytes) => (hasZlibHeader(bytes) ? zlib : raw)(bytes, maxBytes),
  br: decoderOf(promisify(brotliDecompress)),
  // The largest window that RFC 9659 allows: the sender chooses it, and it takes memory here.
  zstd: decoderOf(promisify(zstdDecompress), { params: { [constants.ZSTD_d_windowLogMax]: 23 } }),
};
const NAMES = Object.keys(DECODERS).join(', ');
/** Aliases (RFC 9110, section 8.4.1.3). */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'x-gzip': 'gzip' };

/**
 * A hook for all routes. The size limit applies to the body as sent and after decompression.
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
  const encoded = await readAll(payload, limit);
  let bytes = encoded;
  // An empty body is empty in every encoding.
  if (encoded.length > 0) {
    const decoders = encodings.map(name => DECODERS[name]);
    if (decoders.length > LIMITS.bodyEncodings || decoders.includes(undefined)) {
      reply.header('Accept-Encoding', NAMES);
      throw unsupported(encodings);
    }
    // The last encoding in the header was applied last.
    for (const name of encodings.reverse()) bytes = await decoded(name, bytes, limit);
  }
  const stream: RequestPayload = Readable.from([bytes], { objectMode: false });
  stream.receivedEncodedLength = encoded.length;
  return stream;
}

/** Lower-case names, without `identity`. */
function encodingsOf(header: string | undefined): string[] {
  const names = (header ?? '').split(',').map(name => name.trim().toLowerCase());
  return names.filter(name => name !== '' && name !== 'identity').map(name => OTHER_NAMES[name] ?? name);
}

/** Does not close the stream of a body that is too large: a client that is still sending must receive the answer. */
async function readAll(payload: RequestPayload, limit: number): Promise<Buffer> {
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
    throw broken(name, `it is followed by ${bytes.length - result.readBytes} more bytes`);
  }
  return result.bytes;
}

function unsupported(encodings: readonly string[]): UserError {
  const text = encodings.join(', ').slice(0, LIMITS.nameChars);
  return new UserError(
    'UNSUPPORTED_ENCODING',
    encodings.length > LIMITS.bodyEncodings
      ? `The body is compressed ${encodings.length} times; at most ${LIMITS.bodyEncodings} are supported. Nothing was stored.`
      : `The Content-Encoding '${text}' of the body is not supported. Nothing was stored.`,
    `Send the body uncompressed, or with one of: ${NAMES}.`,
  );
}

function broken(name: string, why: string): UserError {
  return new UserError(
    'INVALID_ENCODING',
    `The body is not complete or not valid '${name}' data: ${why}. Nothing was stored.`,
    'Compress the body again, or send it uncompressed without Content-Encoding.',
  );
}

function tooLarge(limit: number): UserError {
  return new UserError(
    'BODY_TOO_LARGE',
    `The body is larger than ${limit} bytes, as sent or after decompression.`,
    'Send it in several smaller requests.',
  );
}
