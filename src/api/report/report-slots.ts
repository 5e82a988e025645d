// Reports that may run at once, for each user and in all: the rest wait their turn, and too many are sent away.
import { UserError } from '../../errors.ts';

export interface SlotLimits {
  inAll: number;
  perUser: number;
  /** Requests that may wait, over all users. */
  waiting: number;
  waitMs: number;
}

export interface ReportSlots {
  /**
   * Resolved with the function that gives the slot back, which may be called more than once. Aborting `signal` gives up waiting.
   * @throws UserError TOO_MANY_REPORTS
   */
  take: (username: string, signal: AbortSignal) => Promise<() => void>;
}

interface Waiting {
  username: string;
  begin: () => void;
}

export function reportSlots(limits: SlotLimits): ReportSlots {
  const running = new Map<string, number>();
  const queue: Waiting[] = [];
  let inAll = 0;

  const mayBegin = (username: string) => inAll < limits.inAll && (running.get(username) ?? 0) < limits.perUser;

  function begin(username: string): () => void {
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
      beginNext();
    };
  }

  /** The first who may: one user's many requests do not hold up another's. */
  function beginNext(): void {
    const next = queue.findIndex(({ username }) => mayBegin(username));
    if (next >= 0) queue.splice(next, 1)[0]!.begin();
  }

  function wait(username: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        username,
        begin: () => {
          stopWaiting();
          resolve(begin(username));
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
      if (mayBegin(username)) return begin(username);
      if (queue.length >= limits.waiting) throw tooMany(limits);
      return wait(username, signal);
    },
  };
}

function tooMany({ inAll, perUser, waitMs }: SlotLimits): UserError {
  const error = new UserError(
    'TOO_MANY_REPORTS',
    `${perUser} reports of one user and ${inAll} in all run at once; this one's turn did not come.`,
    'Ask again when one of them has ended.',
  );
  error.retryAfterSeconds = Math.max(1, Math.round(waitMs / 1000));
  return error;
}
