// What a replay is asked for, and what its parts work with.
import type { Engine } from '../../engine/engine.ts';
import type { DecodeContext } from '../../sources/source.ts';
import type { FeedSettings } from '../../store/feed-settings.ts';
import type { EventWriter } from '../../store/event-writer.ts';
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
  /** The account's settings as they are now. */
  settings: FeedSettings;
  tally: ChangeTally;
}

/** What a decoder is told: nobody but the account itself is meant. */
export function contextOf(
  { accountId, settings }: Pick<Replay, 'accountId' | 'settings'>,
  receivedAt: number,
  live: boolean,
): DecodeContext {
  return { ...settings, accountId, isAllowed: id => id === accountId, receivedAt, live };
}
