import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { ZoneClock } from './zone-clock.ts';
import { runs } from '../../test/support/property-runs.ts';

const FROM = Date.UTC(2020, 0, 1);
const TO = Date.UTC(2030, 0, 1);
const ZONES = ['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/Berlin', 'UTC'];

for (const zone of ZONES) {
  test(`${zone}: text and hour are those of the tz database`, () => {
    const clock = new ZoneClock(zone);
    fc.assert(
      fc.property(fc.integer({ min: FROM / 1000, max: TO / 1000 }), seconds => {
        const local = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone);
        const text = local.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');
        assert.equal(clock.text(seconds * 1000), text);
        assert.equal(clock.hourOf(seconds * 1000), local.hour);
      }),
      runs(100),
    );
  });
}

const MORNINGS: [date: string, instant: string][] = [
  ['2026-03-06', '2026-03-06T12:00:00Z'],
  ['2026-03-08', '2026-03-08T11:00:00Z'],
  ['2026-11-01', '2026-11-01T12:00:00Z'],
];
for (const [date, instant] of MORNINGS) {
  test(`seven o'clock of ${date} in New York is ${instant}`, () => {
    const clock = new ZoneClock('America/New_York');
    assert.equal(clock.instantOf(Date.parse(`${date}T07:00:00Z`)), Date.parse(instant));
  });
}

test('an unknown zone is refused', () => {
  assert.throws(() => new ZoneClock('America/Atlantis'), RangeError);
});
