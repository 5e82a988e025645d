// How often a property is tried, in one place: OFFHOOK_TEST_RUNS=20 tries each twenty times as often.

const FACTOR = Number(process.env.OFFHOOK_TEST_RUNS ?? 1);
/** Under the time limit of a test file, so that what was found is printed. Far above what a slow machine needs. */
const LIMIT_MS = 240_000;

interface Runs {
  numRuns: number;
  interruptAfterTimeLimit: number;
  markInterruptAsFailure: true;
}

/** Parameters of `fc.assert`. A property that was not tried as often fails; one that fails is made smaller until the limit. */
export function runs(count: number): Runs {
  return {
    numRuns: Math.max(1, Math.round(count * FACTOR)),
    interruptAfterTimeLimit: LIMIT_MS * Math.max(1, FACTOR),
    markInterruptAsFailure: true,
  };
}
