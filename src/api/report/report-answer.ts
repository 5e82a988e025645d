// A report's bytes into an HTTP answer: its headers, compression, and an end that cannot be mistaken for the whole.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { BINARY_FORMATS, FORMATS, type FormatName } from '../../report/formats/formats.ts';
import { zipped } from '../../report/formats/zip.ts';
import type { Watermark } from '../../report/watermark.ts';
import { contentEncodingFor } from '../http/content-encoding.ts';

/** What the answer is called and packed in. */
export interface Packaging {
  format: FormatName;
  /** Without extension. */
  fileName: string;
  /** A zip that holds the report as a file. */
  isZipped: boolean;
  acceptEncoding: string | undefined;
}

/** Sends the report. A failure after the first byte cuts the connection: a shorter file never looks whole. */
export function sendReport(
  reply: FastifyReply,
  bytes: AsyncIterable<Uint8Array>,
  watermark: Watermark,
  { format, fileName, isZipped, acceptEncoding }: Packaging,
): FastifyReply {
  const { contentType, extension } = FORMATS[format];
  const file = `${fileName}.${extension}`;
  reply
    .type(isZipped ? 'application/zip' : contentType)
    .header('Content-Disposition', `attachment; filename="${isZipped ? `${fileName}.zip` : file}"`)
    .headers(watermarkHeaders(watermark));
  if (isZipped) return reply.send(Readable.from(zipped(bytes, file), { objectMode: false }));

  const plain = Readable.from(bytes, { objectMode: false });
  // They are compressed in themselves.
  if (BINARY_FORMATS.includes(format)) return reply.send(plain);
  reply.header('Vary', 'Accept-Encoding');
  const encoding = contentEncodingFor(acceptEncoding);
  if (encoding === undefined) return reply.send(plain);
  reply.header('Content-Encoding', encoding.name);
  return reply.send(pipeline(plain, encoding.encoder, () => {}));
}

/** How complete the data was: a client that finds no event later than it expects knows that the report is early. */
function watermarkHeaders({ latestEventMs, rejects }: Watermark): Record<string, string> {
  return {
    'X-Offhook-Latest-Event': latestEventMs === undefined ? 'none' : new Date(latestEventMs).toISOString(),
    'X-Offhook-Rejects': String(rejects),
  };
}

/**
 * Waits for the first bytes, so that an error before them is still an answer of its own.
 * Returns all of the bytes, and what ends the source should nobody read them.
 */
export async function begun(
  source: AsyncIterable<Uint8Array>,
): Promise<{ bytes: AsyncIterable<Uint8Array>; end: () => void }> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* bytes() {
    if (first.done) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { bytes: bytes(), end: () => void iterator.return?.()?.catch(() => {}) };
}
