// What to replay, and what the parts of a replay share.
import type { Engine } from '../../engine/engine.ts';
import type { DecodeContext } from '../../sources/source.ts';
import type { FeedSettings } from '../../directory/feed-settings.ts';
import type { EventWriter } from '../../ingest/events/event-writer.ts';
import type { ChangeTally } from './changes.ts';

export interface ReplayQuestion {
  accountId: string;
  /** Name of the feed; undefined: all. */
  source: string | undefined;
  /** UTC milliseconds since 1970, both inclusive: sessions that overlap the range. */
  fromMs: number;
  toMs: number;
  /** True: nothing is written. */
  isPreview: boolean;
}

export interface Replay extends ReplayQuestion {
  engine: Engine;
  writer: EventWriter;
  /**
   * Runs a piece of the replay while this process stores nothing else, because an event stored between reading and replacing would
   * be lost. Undefined: nothing else stores.
   */
  undisturbed: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
  /** The account's current settings. */
  settings: FeedSettings;
  tally: ChangeTally;
}

/** Runs a piece of a replay that reads stored events and replaces them. */
export function piece<T>({ undisturbed }: Replay, work: () => Promise<T>): Promise<T> {
  return undisturbed === undefined ? work() : undisturbed(work);
}

/** The decoder's context; only the account itself is allowed. */
export function contextOf(
  { accountId, settings }: Pick<Replay, 'accountId' | 'settings'>,
  receivedAt: number,
  live: boolean,
): DecodeContext {
  return { ...settings, accountId, isAllowed: id => id === accountId, receivedAt, live };
}
