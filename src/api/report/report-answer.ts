// Sends a report as an HTTP answer, with its headers and compression. An incomplete answer is recognizable as such.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { BINARY_FORMATS, FORMATS, type FormatName } from '../../report/formats/formats.ts';
import { zipped } from '../../report/formats/zip.ts';
import type { Watermark } from '../../report/watermark.ts';
import { isoInstant } from '../../time/instant.ts';
import { contentEncodingFor } from '../http/content-encoding.ts';

/** The format, file name and compression of the answer. */
export interface Packaging {
  format: FormatName;
  /** Without the extension. */
  fileName: string;
  /** The report is sent as a file in a zip archive. */
  isZipped: boolean;
  acceptEncoding: string | undefined;
}

/** Sends the report. A failure after the first byte closes the connection, so that a partial file never looks complete. */
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
  // Binary formats are already compressed.
  if (BINARY_FORMATS.includes(format)) return reply.send(plain);
  reply.header('Vary', 'Accept-Encoding');
  const encoding = contentEncodingFor(acceptEncoding);
  if (encoding === undefined) return reply.send(plain);
  reply.header('Content-Encoding', encoding.name);
  return reply.send(pipeline(plain, encoding.encoder, () => {}));
}

/** How complete the data is: if the latest event is earlier than expected, events are still missing. */
function watermarkHeaders({ latestEventMs, rejects }: Watermark): Record<string, string> {
  return {
    'X-Offhook-Latest-Event': latestEventMs === undefined ? 'none' : isoInstant(latestEventMs),
    'X-Offhook-Rejects': String(rejects),
  };
}

/**
 * Waits for the first bytes, so that an error before them can still be sent as an error answer.
 * Returns all bytes, and a function that ends the source if they are not read; it is resolved once the source has ended.
 */
export async function afterFirstBytes(
  source: AsyncIterable<Uint8Array>,
): Promise<{ bytes: AsyncIterable<Uint8Array>; end: () => Promise<void> }> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* bytes() {
    if (first.done) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  const end = async () => void (await iterator.return?.().catch(() => {}));
  return { bytes: bytes(), end };
}
