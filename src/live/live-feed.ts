// One account's news into pictures of who is logged in now: asked for once, however many watch.
import { changesBetween, type LiveChange, type LivePicture } from './live-picture.ts';
import { LIMITS } from '../limits.ts';

export interface LiveSources {
  readPicture: () => Promise<LivePicture>;
  /** Differs after every write, by whatever process. */
  readVersion: () => Promise<string>;
  /** Calls when this process stored events of the account; returns what ends that. */
  onStored: (listener: () => void) => () => void;
  /** A question went wrong; those who watch are told that it did, and begin again. */
  failed: (error: unknown) => void;
}

export interface LiveWatcher {
  /** Whether the watcher may go on watching; asked each second and before anything is shown. */
  check: () => Promise<boolean>;
  begin: (picture: LivePicture) => void;
  change: (changes: readonly LiveChange[]) => void;
  heartbeat: () => void;
  end: (reason: 'error' | 'shutdown') => void;
}

export interface LiveFeed {
  watch: (watcher: LiveWatcher) => void;
  leave: (watcher: LiveWatcher) => void;
  /** Ends all watching; resolved when no question runs any more. */
  close: () => Promise<void>;
}

/** Works from its first watcher until `onIdle`, when the last one has left; it is of no use then. */
export function openLiveFeed(sources: LiveSources, onIdle: () => void): LiveFeed {
  const watchers = new Set<LiveWatcher>();
  const waiting = new Set<LiveWatcher>();
  let picture: LivePicture | undefined;
  let mark: string | undefined;
  let wasNew = false;
  let isAsked = true;
  let working: Promise<void> | undefined;
  let isClosed = false;
  let heartbeatAt = performance.now() + LIMITS.liveHeartbeatMs;
  let mayAskAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const stopListening = sources.onStored(ask);
  const looking = setInterval(() => work(look), LIMITS.liveLookMs);

  function ask(): void {
    isAsked = true;
    work();
  }

  /** One piece of work at a time; what is asked for meanwhile is done after it. */
  function work(first: () => Promise<void> = async () => {}): void {
    if (isClosed || working !== undefined) return;
    working = first()
      .then(answer)
      .catch(error => {
        sources.failed(error);
        endAll('error');
      })
      .finally(() => {
        working = undefined;
        if (isAsked && !isClosed) {
          clearTimeout(timer);
          timer = setTimeout(work, Math.max(mayAskAt - performance.now(), 0));
        }
      });
  }

  async function look(): Promise<void> {
    await dropRefused();
    if (watchers.size === 0) return;
    const seen = await sources.readVersion();
    // Asked for twice: a session's entry in the directory may be seen a moment before its events.
    const isNew = mark !== undefined && seen !== mark;
    if (isNew || wasNew) isAsked = true;
    wasNew = isNew;
    mark = seen;
    if (performance.now() < heartbeatAt) return;
    heartbeatAt = performance.now() + LIMITS.liveHeartbeatMs;
    isAsked = true;
    for (const watcher of watchers) watcher.heartbeat();
  }

  async function answer(): Promise<void> {
    if (!isAsked || performance.now() < mayAskAt) return;
    isAsked = false;
    const begunAt = performance.now();
    // Before the first picture, so that what is stored between it and the first look is not missed.
    mark ??= await sources.readVersion();
    const next = await sources.readPicture();
    // A question that takes long is asked less often: half of the time at most goes to it.
    const endedAt = performance.now();
    mayAskAt = Math.max(begunAt + LIMITS.liveQueryMs, endedAt + (endedAt - begunAt));
    await dropRefused();
    const changes = picture === undefined ? [] : changesBetween(picture, next);
    picture = next;
    for (const watcher of watchers) {
      if (waiting.delete(watcher)) watcher.begin(next);
      else if (changes.length > 0) watcher.change(changes);
    }
  }

  async function dropRefused(): Promise<void> {
    await Promise.all(
      [...watchers].map(async watcher => {
        if (!(await watcher.check())) leave(watcher);
      }),
    );
  }

  function leave(watcher: LiveWatcher): void {
    waiting.delete(watcher);
    if (watchers.delete(watcher) && watchers.size === 0) stop();
  }

  function endAll(reason: 'error' | 'shutdown'): void {
    for (const watcher of [...watchers]) {
      watcher.end(reason);
      leave(watcher);
    }
  }

  function stop(): void {
    if (isClosed) return;
    isClosed = true;
    clearInterval(looking);
    clearTimeout(timer);
    stopListening();
    onIdle();
  }

  return {
    leave,
    watch(watcher) {
      watchers.add(watcher);
      if (picture !== undefined && !isAsked && working === undefined) return watcher.begin(picture);
      waiting.add(watcher);
      ask();
    },
    async close() {
      endAll('shutdown');
      await working;
    },
  };
}
