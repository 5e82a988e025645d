import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { simulateCentre } from './centre/centre.ts';
import { liveEvents } from './live.ts';
import { DAY_MS, HOUR_MS } from './time-units.ts';
import { runs } from '../../test/support/property-runs.ts';

const OPTIONS = { accountId: '15300002', agents: 12, days: 3, start: '2026-03-06', seed: 5 };
const EVENTS = [...simulateCentre(OPTIONS)];
const FIRST = EVENTS[0]!.at;
const LAST = EVENTS.at(-1)!.at;

test('windows that follow each other give exactly the events of the centre', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: FIRST, max: LAST }), { maxLength: 30 }), ends => {
      const edges = [FIRST - 1, ...ends.sort((one, other) => one - other), LAST];
      const windows = edges.slice(1).map((to, place) => liveEvents(OPTIONS, edges[place]!, to));
      assert.deepEqual(windows.flat(), EVENTS);
    }),
    runs(20),
  );
});

test('second by second through an hour', () => {
  const from = FIRST + 4 * HOUR_MS;
  const seconds = Array.from({ length: 3600 }, (_, s) => liveEvents(OPTIONS, from + s * 1000, from + (s + 1) * 1000));
  assert.deepEqual(
    seconds.flat(),
    EVENTS.filter(({ at }) => at > from && at <= from + HOUR_MS),
  );
});

test('any window, in any order of asking', () => {
  const anyTime = fc.integer({ min: FIRST - HOUR_MS, max: LAST + HOUR_MS });
  fc.assert(
    fc.property(anyTime, anyTime, (from, to) => {
      assert.deepEqual(
        liveEvents(OPTIONS, from, to),
        EVENTS.filter(({ at }) => at > from && at <= to),
      );
    }),
    runs(50),
  );
});

test('a centre whose days have no end goes on', () => {
  const endless = { ...OPTIONS, days: Number.POSITIVE_INFINITY };
  const monthLater = FIRST + 30 * DAY_MS;
  assert.ok(liveEvents(endless, monthLater, monthLater + DAY_MS).length > 0);
  assert.deepEqual(liveEvents(endless, FIRST - 1, FIRST + DAY_MS), liveEvents(OPTIONS, FIRST - 1, FIRST + DAY_MS));
});

test('going back behind what is kept starts the centre again', () => {
  const many = { ...OPTIONS, agents: 300, days: 4 };
  const first = liveEvents(many, FIRST - 1, FIRST + HOUR_MS);
  liveEvents(many, LAST, LAST + DAY_MS);
  assert.deepEqual(liveEvents(many, FIRST - 1, FIRST + HOUR_MS), first);
});
