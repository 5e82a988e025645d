// The lines of a log that is being written, stored as they appear, from where the last run ended.
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { type FollowedFile, readPosition, writePosition } from '../ingest/checkpoints.ts';
import { tail } from '../ingest/tail.ts';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { feedNamed } from '../sources/registry.ts';
import { splitText } from '../sources/split/split.ts';
import { textOf } from '../sources/text/text-encoding.ts';

/** Follows until the signal is aborted; returns how many events it stored. Each line is stored before its place is remembered. */
export async function follow(
  offhook: Offhook,
  file: FollowedFile,
  signal: AbortSignal,
  begun: () => void = () => {},
): Promise<number> {
  const feed = feedNamed(file.source);
  const wait = async () => {
    await setTimeout(LIMITS.followPauseMs, undefined, { signal }).catch(() => {});
    return !signal.aborted;
  };
  let stored = 0;
  let isForeign = false;
  const from = await readPosition(offhook.engine, file);
  if (from !== undefined) begun();
  for await (const { lines, position } of tail(file.path, { from, wait })) {
    const context = await offhook.decodeContext({
      accountId: file.accountId,
      isAllowed: accountId => accountId === file.accountId,
      receivedAt: Date.now(),
      live: true,
    });
    const { text, foreign } = textOf(lines);
    if (foreign !== undefined && !isForeign) {
      isForeign = true;
      process.stderr.write(`${file.path}: some of it is not UTF-8, and is read as ${foreign.encoding}.\n`);
    }
    const documents = splitText(text, feed.splitter());
    stored += (await offhook.ingest(feed, documents, context)).stored;
    await writePosition(offhook.engine, file, position, Date.now());
    if (from === undefined && position.offset === 0) begun();
    if (signal.aborted) break;
  }
  return stored;
}

/**
 * `asterisk:15300002:/var/log/asterisk/queue_log`: feed, account and path.
 * @throws UserError INVALID_REQUEST, UNKNOWN_SOURCE
 */
export function followedFile(text: string): FollowedFile {
  const [, source, accountId, path] = /^([^:]+):([^:]+):(.+)$/.exec(text) ?? [];
  if (source === undefined || accountId === undefined || path === undefined) {
    throw new UserError(
      'INVALID_REQUEST',
      `'${text}' does not say what to follow.`,
      "Write it as 'asterisk:ACCOUNT:/var/log/asterisk/queue_log'.",
    );
  }
  feedNamed(source);
  return { source, accountId, path };
}
