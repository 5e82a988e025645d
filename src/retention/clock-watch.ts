// The wall clock against the one that nobody sets: how much time has passed for certain, and whether the wall clock jumped.
import { LIMITS } from '../limits.ts';

export interface ClockReading {
  /** UTC milliseconds since 1970, as far as the machine knows. */
  wallMs: number;
  /** Milliseconds since some moment, with a fraction; it only goes forward. */
  monotonicMs: number;
}

/** Whole milliseconds. */
export interface Passed {
  /** Since the last look, by both clocks: what the one adds and the other does not know has not passed. */
  passedMs: number;
  /** How far the wall clock was set forward, or back where it is negative; 0: it was not. */
  jumpMs: number;
}

/** @param last where the time begins that the first look tells */
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
