// Live feeds: one for each watched account, and limits on the number of streams.
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { type LiveAgent, readLiveAgents } from './live-agents.ts';
import { readDataVersion } from './data-version.ts';
import { readAccount } from '../directory/accounts.ts';
import type { Engine } from '../engine/engine.ts';
import { type LiveFeed, type LiveSources, openLiveFeed } from './live-feed.ts';
import type { LiveWatcher } from './live-watchers.ts';
import { liveSnapshot } from './live-snapshot.ts';

export interface LiveSettings {
  engine: Engine;
  /** Subscribes to the accounts whose events have just been stored; returns the unsubscribe function. */
  onStored: (listener: (accountIds: ReadonlySet<string>) => void) => () => void;
  /** UTC milliseconds since 1970. */
  now: () => number;
  /** A session without a logout has ended after so much silence. */
  staleAfterMs: number;
  /** The JSON of an agent as watchers receive it. */
  toJson: (agent: LiveAgent, accountName: string, asOfMs: number) => string;
}

export interface LiveFeeds {
  /**
   * Sends a complete snapshot, then changes, until the returned function is called or the watcher is ended.
   * @throws UserError TOO_MANY_STREAMS
   */
  watch: (accountId: string, username: string, watcher: LiveWatcher) => () => void;
  /** Ends all watchers. */
  close: () => Promise<void>;
}

/** @param failed called with each error of a query */
export function openLiveFeeds(settings: LiveSettings, failed: LiveSources['failed']): LiveFeeds {
  const feeds = new Map<string, LiveFeed>();
  const streams = new Map<string, number>();
  let isClosed = false;

  function feedOf(accountId: string): LiveFeed {
    const feed =
      feeds.get(accountId) ??
      openLiveFeed({ ...sourcesOf(settings, accountId), failed }, () => {
        if (feeds.get(accountId) === feed) feeds.delete(accountId);
      });
    feeds.set(accountId, feed);
    return feed;
  }

  /** @throws UserError TOO_MANY_STREAMS */
  function count(username: string): () => void {
    const own = streams.get(username) ?? 0;
    const inAll = streams.values().reduce((sum, number) => sum + number, 0);
    if (own >= LIMITS.liveStreams.perUser || inAll >= LIMITS.liveStreams.inAll) throw tooManyStreams();
    streams.set(username, own + 1);
    return () => {
      const left = (streams.get(username) as number) - 1;
      if (left > 0) streams.set(username, left);
      else streams.delete(username);
    };
  }

  return {
    watch(accountId, username, watcher) {
      const release = count(username);
      const feed = isClosed ? undefined : feedOf(accountId);
      if (feed === undefined) watcher.end('shutdown');
      else feed.watch(watcher);
      return () => {
        release();
        feed?.leave(watcher);
      };
    },
    async close() {
      isClosed = true;
      await Promise.all([...feeds.values()].map(feed => feed.close()));
    },
  };
}

function sourcesOf(
  { engine, onStored, now, staleAfterMs, toJson }: LiveSettings,
  accountId: string,
): Omit<LiveSources, 'failed'> {
  return {
    /** Of all groups; each watcher's stream leaves out the groups that it may not see. */
    async readSnapshot() {
      const nowMs = now();
      const [agents, { accountName }] = await Promise.all([
        readLiveAgents(engine, [accountId], new Map(), { nowMs, staleAfterMs }),
        readAccount(engine, accountId),
      ]);
      return liveSnapshot(agents, accountName, agent => toJson(agent, accountName, nowMs));
    },
    readVersion: () => readDataVersion(engine, accountId, now() - staleAfterMs),
    onStored: listener =>
      onStored(accountIds => {
        if (accountIds.has(accountId)) listener();
      }),
  };
}

function tooManyStreams(): UserError {
  const { perUser, inAll } = LIMITS.liveStreams;
  return new UserError(
    'TOO_MANY_STREAMS',
    `A user can have at most ${perUser} live streams open, and all users together ${inAll}.`,
    'Close other pages that show who is logged in, then try again.',
  );
}
