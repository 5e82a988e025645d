// Stores the lines of a growing log file as they appear, starting where the last run ended.
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { type FollowedFile, readPosition, writePosition } from '../ingest/checkpoints.ts';
import { tail } from '../ingest/tail.ts';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { feedNamed } from '../sources/registry.ts';
import { splitText } from '../sources/split/split.ts';
import { textOf } from '../sources/text/text-encoding.ts';

/**
 * Follows the file until the signal is aborted. Each line is stored before its position is saved.
 * @param started called once the position from which the file is followed is known
 * @returns the number of stored events
 */
export async function follow(
  offhook: Offhook,
  file: FollowedFile,
  signal: AbortSignal,
  started: () => void = () => {},
): Promise<number> {
  const feed = feedNamed(file.source);
  const wait = async () => {
    await setTimeout(LIMITS.followPauseMs, undefined, { signal }).catch(() => {});
    return !signal.aborted;
  };
  let stored = 0;
  let isForeign = false;
  const from = await readPosition(offhook.engine, file);
  if (from !== undefined) started();
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
      process.stderr.write(`${file.path}: some lines are not UTF-8 and are read as ${foreign.encoding}.\n`);
    }
    const documents = splitText(text, feed.splitter());
    stored += (await offhook.ingest(feed, documents, context)).stored;
    await writePosition(offhook.engine, file, position, Date.now());
    if (from === undefined && position.offset === 0) started();
    if (signal.aborted) break;
  }
  return stored;
}

/**
 * Parses feed, account and path, such as `asterisk:15300002:/var/log/asterisk/queue_log`.
 * @throws UserError INVALID_REQUEST, UNKNOWN_SOURCE
 */
export function followedFile(text: string): FollowedFile {
  const [, source, accountId, path] = /^([^:]+):([^:]+):(.+)$/.exec(text) ?? [];
  if (source === undefined || accountId === undefined || path === undefined) {
    throw new UserError(
      'INVALID_REQUEST',
      `The log to follow, '${text}', does not have the form FEED:ACCOUNT:FILE.`,
      "Write it like 'asterisk:15300002:/var/log/asterisk/queue_log'.",
    );
  }
  feedNamed(source);
  return { source, accountId, path };
}
