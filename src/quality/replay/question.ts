// What a replay is asked for, and what its parts work with.
import type { Engine } from '../../engine/engine.ts';
import type { DecodeContext } from '../../sources/source.ts';
import type { FeedSettings } from '../../directory/feed-settings.ts';
import type { EventWriter } from '../../ingest/events/event-writer.ts';
import type { ChangeTally } from './changes.ts';

export interface ReplayQuestion {
  accountId: string;
  /** The feed; undefined: all. */
  source: string | undefined;
  /** UTC milliseconds since 1970, both included: sessions that lie in the range, also in part. */
  fromMs: number;
  toMs: number;
  /** Nothing is written. */
  isPreview: boolean;
}

export interface Replay extends ReplayQuestion {
  engine: Engine;
  writer: EventWriter;
  /**
   * Runs a piece of the replay while nothing else is stored in this process, which goes on serving; undefined: nobody else stores.
   * What an event changes between being read and being replaced would be lost.
   */
  undisturbed: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
  /** The account's settings as they are now. */
  settings: FeedSettings;
  tally: ChangeTally;
}

/** A piece of a replay that reads what is stored and takes its place. */
export function piece<T>({ undisturbed }: Replay, work: () => Promise<T>): Promise<T> {
  return undisturbed === undefined ? work() : undisturbed(work);
}

/** What a decoder is told: nobody but the account itself is meant. */
export function contextOf(
  { accountId, settings }: Pick<Replay, 'accountId' | 'settings'>,
  receivedAt: number,
  live: boolean,
): DecodeContext {
  return { ...settings, accountId, isAllowed: id => id === accountId, receivedAt, live };
}
