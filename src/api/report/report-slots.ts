// Limits how many reports run at once, per user and in total. Others wait; if too many wait, the next ones are refused.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../../errors.ts';
import { abortOnClose } from '../http/abort-on-close.ts';

export interface SlotLimits {
  inAll: number;
  perUser: number;
  /** Requests of all users that may wait. */
  waiting: number;
  waitMs: number;
}

export interface ReportSlots {
  /**
   * Waits for a slot. Returns the function that releases it, which may be called more than once. Aborting `signal` stops waiting.
   * @throws UserError TOO_MANY_REPORTS
   */
  take: (username: string, signal: AbortSignal) => Promise<() => void>;
}

interface Waiting {
  username: string;
  start: () => void;
}

export function reportSlots(limits: SlotLimits): ReportSlots {
  const running = new Map<string, number>();
  const queue: Waiting[] = [];
  let inAll = 0;

  const mayStart = (username: string) => inAll < limits.inAll && (running.get(username) ?? 0) < limits.perUser;

  function start(username: string): () => void {
    inAll++;
    running.set(username, (running.get(username) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      inAll--;
      const left = (running.get(username) as number) - 1;
      if (left > 0) running.set(username, left);
      else running.delete(username);
      startNext();
    };
  }

  /** Starts the first request whose user has a slot left, so that many requests of one user do not delay others. */
  function startNext(): void {
    const next = queue.findIndex(({ username }) => mayStart(username));
    if (next >= 0) queue.splice(next, 1)[0]!.start();
  }

  function wait(username: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        username,
        start: () => {
          stopWaiting();
          resolve(start(username));
        },
      };
      const giveUp = () => {
        stopWaiting();
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal.aborted ? signal.reason : tooMany(limits));
      };
      const timer = setTimeout(giveUp, limits.waitMs);
      signal.addEventListener('abort', giveUp, { once: true });
      const stopWaiting = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
      };
      queue.push(waiting);
    });
  }

  return {
    async take(username, signal) {
      signal.throwIfAborted();
      if (mayStart(username)) return start(username);
      if (queue.length >= limits.waiting) throw tooMany(limits);
      return wait(username, signal);
    },
  };
}

/**
 * Runs `work` in a slot of the user. Its signal is aborted when the client disconnects.
 * @throws UserError TOO_MANY_REPORTS
 */
export async function runInSlot<T>(
  slots: ReportSlots,
  { principal }: FastifyRequest,
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal } = abortOnClose(reply);
  const release = await slots.take(principal.username, signal);
  try {
    return await work(signal);
  } finally {
    release();
  }
}

function tooMany({ inAll, perUser, waitMs }: SlotLimits): UserError {
  const error = new UserError(
    'TOO_MANY_REPORTS',
    `Too many reports are running: the limit is ${perUser} per user and ${inAll} in total.`,
    'Try again when one of them has finished.',
  );
  error.retryAfterSeconds = Math.max(1, Math.round(waitMs / 1000));
  return error;
}
