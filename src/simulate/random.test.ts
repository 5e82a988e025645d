import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Random, wholeSeconds } from './random.ts';
import { runs } from '../../test/support/property-runs.ts';

const DRAWS = 20_000;

function draws(draw: (random: Random) => number): number[] {
  const random = new Random(42);
  return Array.from({ length: DRAWS }, () => draw(random)).sort((one, other) => one - other);
}

test('the same keys give the same numbers, any other keys give others', () => {
  const numbers = (keys: number[]) => {
    const random = new Random(...keys);
    return [random.uniform(), random.uniform(), random.uniform()];
  };
  const keys = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(keys, same => assert.deepEqual(numbers(same), numbers([...same]))),
    runs(100),
  );
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      fc.pre(one.join() !== other.join());
      assert.notDeepEqual(numbers(one), numbers(other));
    }),
    runs(100),
  );
});

test('numbers stay within their limits', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), (seed, from, span) => {
      const random = new Random(seed);
      const integer = random.integer(from, from + span);
      assert.ok(Number.isInteger(integer) && integer >= from && integer <= from + span);
      const time = random.longTailTime(30_000, 2, 10_000, 120_000);
      assert.ok(time >= 10_000 && time <= 120_000 && time === wholeSeconds(time));
    }),
    runs(100),
  );
});

const MIDDLES: [name: string, draw: (random: Random) => number, median: number][] = [
  ['uniform', random => random.uniform(), 0.5],
  ['exponential of mean 1', random => random.exponential(1), Math.LN2],
  ['log-normal of median 240', random => random.logNormal(240, 0.85), 240],
];
for (const [name, draw, median] of MIDDLES) {
  test(`${name} has its median at ${median.toFixed(2)}`, () => {
    const middle = draws(draw)[DRAWS / 2]!;
    assert.ok(Math.abs(middle / median - 1) < 0.05, `${middle}`);
  });
}

test('log-normal has a long tail', () => {
  const times = draws(random => random.logNormal(240, 0.85));
  assert.ok(times[Math.floor(DRAWS * 0.999)]! > 240 * 8);
});

test('weighted choices come as often as their weights say', () => {
  const random = new Random(1);
  let rare = 0;
  for (let draw = 0; draw < DRAWS; draw++) if (random.weighted({ COMMON: 9, RARE: 1, NEVER: 0 }) === 'RARE') rare++;
  assert.ok(Math.abs(rare / DRAWS - 0.1) < 0.01, `${rare}`);
});
