// Compares the wall clock with the monotonic clock: how much time has passed for certain, and whether the wall clock was set.
import { LIMITS } from '../limits.ts';

export interface ClockReading {
  /** UTC milliseconds since 1970 by the machine's clock. */
  wallMs: number;
  /** Milliseconds since an arbitrary instant, with a fraction; never goes back. */
  monotonicMs: number;
}

/** Whole milliseconds. */
export interface Passed {
  /** Time since the last reading: the smaller of what the two clocks show. */
  passedMs: number;
  /** How far the wall clock was set forward (back, if negative); 0 if it was not. */
  jumpMs: number;
}

/** @param last the reading from which the first result counts */
export function clockWatch(last: ClockReading): (now: ClockReading) => Passed {
  let before = last;
  return now => {
    const wallMs = now.wallMs - before.wallMs;
    const monotonicMs = now.monotonicMs - before.monotonicMs;
    before = now;
    const jumpMs = Math.round(wallMs - monotonicMs);
    return {
      passedMs: Math.max(Math.floor(Math.min(wallMs, monotonicMs)), 0),
      jumpMs: Math.abs(jumpMs) > LIMITS.clockJumpMs ? jumpMs : 0,
    };
  };
}
