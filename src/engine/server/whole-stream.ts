// Passes on an answer's body, and throws if the server broke off: a shorter result never looks complete.
import { ClickHouseError } from '@clickhouse/client';

const MARKER = '\r\n__exception__\r\n';

/**
 * A server that fails in mid-stream has already sent the status. It ends the body with a marker, the tag of this answer, and what
 * went wrong.
 * @throws ClickHouseError
 */
export async function* wholeStream(body: AsyncIterable<Uint8Array>, tag: string): AsyncGenerator<Uint8Array> {
  const marker = Buffer.from(MARKER + tag);
  let message: Uint8Array[] | undefined;
  // Bytes that may be the beginning of the marker wait for what follows.
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of unlessBroken(body, () => message !== undefined)) {
    if (message !== undefined) {
      message.push(chunk);
      continue;
    }
    const bytes = Buffer.concat([held, chunk]);
    const at = bytes.indexOf(marker);
    if (at >= 0) {
      message = [bytes.subarray(at + marker.length)];
      continue;
    }
    const kept = heldBytes(bytes, marker);
    if (bytes.length > kept) yield bytes.subarray(0, bytes.length - kept);
    held = bytes.subarray(bytes.length - kept);
  }
  if (message !== undefined) throw failureOf(Buffer.concat(message).toString('utf8'), tag);
  if (held.length > 0) yield held;
}

/** After the marker, a broken connection is no further error: the message may just be cut off. */
async function* unlessBroken(body: AsyncIterable<Uint8Array>, isBroken: () => boolean) {
  try {
    yield* body;
  } catch (error) {
    if (!isBroken()) throw error;
  }
}

/** How many of the last bytes may be the beginning of the marker. */
function heldBytes(bytes: Buffer, marker: Buffer): number {
  for (let kept = Math.min(marker.length - 1, bytes.length); kept > 0; kept--) {
    if (bytes.subarray(bytes.length - kept).equals(marker.subarray(0, kept))) return kept;
  }
  return 0;
}

/** The message is followed by its length, the tag and the marker. */
function failureOf(text: string, tag: string): Error {
  const message = text
    .split(`${tag}${MARKER}`)[0]!
    .trim()
    .replace(/\s\d+$/, '');
  const [, code = '0', meaning = message] = /^Code: (\d+)\.\s*([\s\S]*)$/.exec(message) ?? [];
  return new ClickHouseError({ code, message: meaning });
}
