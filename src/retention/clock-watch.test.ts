// Elapsed time by two clocks, of which one may be set.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockWatch } from './clock-watch.ts';

const HOUR_MS = 3_600_000;
const YEARS_MS = 5 * 365 * 24 * HOUR_MS;

test('time has passed by both clocks, and a wall clock that is set is seen', () => {
  const look = clockWatch({ wallMs: 0, monotonicMs: 0 });
  assert.deepEqual(look({ wallMs: 5_000, monotonicMs: 5_000 }), { passedMs: 5_000, jumpMs: 0 });
  // A small correction is none.
  assert.deepEqual(look({ wallMs: 40_000, monotonicMs: 10_000 }), { passedMs: 5_000, jumpMs: 0 });
  assert.deepEqual(look({ wallMs: 40_000 + YEARS_MS, monotonicMs: 15_000.4 }), {
    passedMs: 5_000,
    jumpMs: YEARS_MS - 5_000,
  });
  assert.deepEqual(look({ wallMs: 54_000, monotonicMs: 24_000 }), {
    passedMs: 0,
    jumpMs: 14_000 - YEARS_MS - 9_000,
  });
  assert.deepEqual(look({ wallMs: 54_000 + HOUR_MS, monotonicMs: 24_000 + HOUR_MS }), {
    passedMs: HOUR_MS,
    jumpMs: 0,
  });
});
