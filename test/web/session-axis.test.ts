// The time axis of a session: round times of the zone's own clock, also when it is changed; zooming stays within the session.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisTicks } from '../../web/src/pages/session/time-line/axis-ticks.ts';
import { lengthOf, panned, viewOf, wholeView, zoomed } from '../../web/src/pages/session/time-line/time-view.ts';

const HOUR = 3_600_000;

interface Axis {
  name: string;
  timezone: string;
  from: string;
  hours: number;
  width: number;
  /** Instants in UTC. */
  expected: string[];
  strong: string[];
}

const AXES: Axis[] = [
  {
    name: 'an hour that the clock leaves out has no mark, and the next one names the zone',
    timezone: 'America/New_York',
    from: '2026-03-08T05:30Z',
    hours: 4,
    width: 600,
    expected: ['06:00', '06:30', '07:00', '07:30', '08:00', '08:30', '09:00', '09:30', '05:30'].sort(),
    strong: ['07:00'],
  },
  {
    name: 'a mark of the repeated hour comes twice',
    timezone: 'America/New_York',
    from: '2026-11-01T04:00Z',
    hours: 4,
    width: 400,
    expected: ['04:00', '05:00', '06:00', '07:00', '08:00'],
    strong: ['06:00'],
  },
  {
    name: 'a zone of quarter hours has its own full hours; a new day is strong',
    timezone: 'Asia/Kathmandu',
    from: '2026-05-01T17:00Z',
    hours: 3,
    width: 300,
    expected: ['17:15', '18:15', '19:15'],
    strong: ['18:15'],
  },
];

for (const { name, timezone, from, hours, width, expected, strong } of AXES) {
  test(name, () => {
    const fromMs = Date.parse(from);
    const ticks = axisTicks({ fromMs, toMs: fromMs + hours * HOUR }, width, timezone, 60);
    const timesOf = (list: typeof ticks) => list.map(({ ms }) => new Date(ms).toISOString().slice(11, 16));
    assert.deepEqual(timesOf(ticks), expected);
    assert.deepEqual(timesOf(ticks.filter(({ isStrong }) => isStrong)), strong);
  });
}

test('zooming keeps its place and stays within the whole; so does moving', () => {
  const whole = wholeView({ fromMs: 0, toMs: 100_000 });
  const view = zoomed(whole, whole, 0.5, 80_000);
  const share = (at: typeof view) => (80_000 - at.fromMs) / lengthOf(at);
  assert.ok(Math.abs(share(view) - share(whole)) < 1e-9);
  assert.deepEqual(zoomed(view, whole, 100), whole);
  assert.equal(panned(view, whole, 5).toMs, whole.toMs);
  assert.equal(panned(view, whole, -5).fromMs, whole.fromMs);
  assert.equal(lengthOf(zoomed(view, whole, 0)), 1000);
  const shown = viewOf({ fromMs: 10_000, toMs: 10_100 }, view, whole);
  assert.ok(shown.fromMs <= 10_000 && shown.toMs >= 10_100 && lengthOf(shown) < lengthOf(view));
});
