// The body of an answer into its bytes, and an error where the server broke off: a shorter result never looks whole.
import { ClickHouseError } from '@clickhouse/client';

const MARK = '\r\n__exception__\r\n';

/**
 * A server that fails in mid-stream can change neither the status nor what it has sent. It ends the body with the mark, the tag
 * that it drew for this answer, and what went wrong.
 * @throws ClickHouseError
 */
export async function* wholeStream(body: AsyncIterable<Uint8Array>, tag: string): AsyncGenerator<Uint8Array> {
  const mark = Buffer.from(MARK + tag);
  let message: Uint8Array[] | undefined;
  // As much as may be the beginning of the mark waits for what follows it.
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of unlessBroken(body, () => message !== undefined)) {
    if (message !== undefined) {
      message.push(chunk);
      continue;
    }
    const bytes = Buffer.concat([held, chunk]);
    const at = bytes.indexOf(mark);
    if (at >= 0) {
      message = [bytes.subarray(at + mark.length)];
      continue;
    }
    const kept = heldBytes(bytes, mark);
    if (bytes.length > kept) yield bytes.subarray(0, bytes.length - kept);
    held = bytes.subarray(bytes.length - kept);
  }
  if (message !== undefined) throw said(Buffer.concat(message).toString('utf8'), tag);
  if (held.length > 0) yield held;
}

/** Once the mark has come, the connection may end as it likes: what came of the message has to do. */
async function* unlessBroken(body: AsyncIterable<Uint8Array>, isBroken: () => boolean) {
  try {
    yield* body;
  } catch (error) {
    if (!isBroken()) throw error;
  }
}

/** How many of the last bytes may be the beginning of the mark. */
function heldBytes(bytes: Buffer, mark: Buffer): number {
  for (let kept = Math.min(mark.length - 1, bytes.length); kept > 0; kept--) {
    if (bytes.subarray(bytes.length - kept).equals(mark.subarray(0, kept))) return kept;
  }
  return 0;
}

/** After the message come its length, the tag and the mark again. */
function said(text: string, tag: string): Error {
  const message = text
    .split(`${tag}${MARK}`)[0]!
    .trim()
    .replace(/\s\d+$/, '');
  const [, code = '0', meaning = message] = /^Code: (\d+)\.\s*([\s\S]*)$/.exec(message) ?? [];
  return new ClickHouseError({ code, message: meaning });
}
