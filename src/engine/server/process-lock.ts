// Locks between processes: claims in a table that all of them read.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { Engine } from '../engine.ts';

export interface ProcessLock {
  withLock: Engine['withLock'];
  /** Ends the renewals. */
  close: () => void;
}

/** A claim ends when it is withdrawn or expires, so that a process that died blocks nobody for long. */
const CREATE_SQL = `
  CREATE TABLE IF NOT EXISTS process_locks
  (
      name String,
      owner String,
      is_held UInt8,
      since_ms UInt64,
      until DateTime64(3, 'UTC'),
      turn UInt64,
      version UInt64
  )
  ENGINE = ReplacingMergeTree(version)
  ORDER BY (name, owner)
  TTL toDateTime(until) + INTERVAL 1 DAY`;

const WRITE_SQL = `
  INSERT INTO process_locks (name, owner, is_held, since_ms, until, turn, version)
  SELECT
    {name:String}, {owner:String}, {is_held:UInt8}, {since_ms:UInt64},
    now64(3, 'UTC') + toIntervalMillisecond({lock_ms:UInt32}), {turn:UInt64}, {version:UInt64}`;

const CLAIMS_SQL = `
  SELECT owner, is_held AS isHeld, since_ms AS sinceMs, turn, until > now64(3, 'UTC') AS isLive
  FROM process_locks FINAL
  WHERE name = {name:String}`;

interface Claim {
  owner: string;
  isHeld: number;
  sinceMs: number;
  turn: number;
  isLive: number;
}

/**
 * A process writes its claim, and has the lock if it then sees no other one: of two that claim at the same time, at least the second
 * sees both. Of several that wait, all but the one that has waited longest withdraw their claims for a moment.
 */
export async function openProcessLock(engine: Pick<Engine, 'command' | 'query'>): Promise<ProcessLock> {
  await engine.command(CREATE_SQL);
  const owner = randomUUID();
  const lastTurns = new Map<string, number>();
  const inProcess = new Map<string, Promise<unknown>>();
  const renewals = new Set<NodeJS.Timeout>();
  let version = 0;

  function write(name: string, isHeld: boolean, sinceMs: number): Promise<void> {
    const turn = lastTurns.get(name) ?? 0;
    return engine.command(WRITE_SQL, {
      name,
      owner,
      is_held: Number(isHeld),
      since_ms: sinceMs,
      turn,
      version: ++version,
      lock_ms: LIMITS.lockMs,
    });
  }

  /** Returns whether no other process has held the lock since this one last did. */
  async function acquire(name: string, sinceMs: number): Promise<boolean> {
    await write(name, true, sinceMs);
    for (;;) {
      const claims = await engine.query<Claim>(CLAIMS_SQL, { name });
      const others = claims.filter(claim => claim.owner !== owner && claim.isHeld);
      const waiting = others.filter(({ isLive }) => isLive);
      const isOwnLive = claims.some(claim => claim.owner === owner && claim.isLive);
      if (waiting.length === 0 && isOwnLive) {
        const latest = claims.reduce((most, { turn }) => Math.max(most, turn), 0);
        // An expired claim belongs to a process that died while it held the lock.
        const wasLast = lastTurns.get(name) === latest && others.length === 0;
        lastTurns.set(name, latest + 1);
        return wasLast;
      }
      if (Date.now() - sinceMs > LIMITS.lockWaitMs) {
        await write(name, false, sinceMs);
        throw busy(name);
      }
      const isFirst = waiting.every(
        other => sinceMs < other.sinceMs || (sinceMs === other.sinceMs && owner < other.owner),
      );
      if (!isFirst) await write(name, false, sinceMs);
      await pause(LIMITS.lockPollMs * (0.5 + Math.random()));
      if (!isFirst || !isOwnLive) await write(name, true, sinceMs);
    }
  }

  async function runLocked<T>(name: string, work: (wasLast: boolean) => Promise<T>): Promise<T> {
    const sinceMs = Date.now();
    const wasLast = await acquire(name, sinceMs);
    // A failed renewal is ignored: either the work fails as well, or the next renewal comes in time.
    const renewal = setInterval(() => write(name, true, sinceMs).catch(() => {}), LIMITS.lockMs / 3);
    renewals.add(renewal);
    try {
      return await work(wasLast);
    } finally {
      clearInterval(renewal);
      renewals.delete(renewal);
      await write(name, false, sinceMs);
    }
  }

  return {
    withLock(name, work) {
      const mine = (inProcess.get(name) ?? Promise.resolve()).then(() => runLocked(name, work));
      const ended = mine
        .catch(() => {})
        .then(() => {
          if (inProcess.get(name) === ended) inProcess.delete(name);
        });
      inProcess.set(name, ended);
      return mine;
    },
    close() {
      for (const renewal of renewals) clearInterval(renewal);
    },
  };
}

function busy(name: string): UserError {
  return new UserError(
    'QUERY_TIMEOUT',
    `Another Offhook process has held the lock «${name}» for more than ${LIMITS.lockWaitMs / 1000} seconds.`,
    'Try again later.',
  );
}
