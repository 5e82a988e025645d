// Wall-clock ranges around midnight, precision and clock changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../errors.ts';
import { instantRange } from './range.ts';

const NEW_YORK = 'America/New_York';
const NOW = Date.UTC(2020, 3, 22, 15);

const CASES: [name: string, start: string | undefined, end: string | undefined, zone: string, iso: [string, string]][] =
  [
    [
      'an end in seconds includes its last millisecond',
      '2020-04-22 00:00:00',
      '2020-04-22 23:59:59',
      'UTC',
      ['2020-04-22T00:00:00.000Z', '2020-04-22T23:59:59.999Z'],
    ],
    [
      'RingCentral’s four digits are exact',
      '2020-04-22 00:00:00.0000',
      '2020-04-22 23:59:59.0000',
      'US/Arizona',
      ['2020-04-22T07:00:00.000Z', '2020-04-23T06:59:59.000Z'],
    ],
    [
      'dates alone are whole days, also of 25 hours',
      '2020-11-01',
      '2020-11-01',
      NEW_YORK,
      ['2020-11-01T04:00:00.000Z', '2020-11-02T04:59:59.999Z'],
    ],
    [
      'without both it is today in the zone',
      undefined,
      undefined,
      'Asia/Tokyo',
      ['2020-04-22T15:00:00.000Z', '2020-04-23T14:59:59.999Z'],
    ],
    [
      'a start in the spring gap moves forward',
      '2020-03-08 02:30:00',
      '2020-03-08 04:00:00',
      NEW_YORK,
      ['2020-03-08T07:30:00.000Z', '2020-03-08T08:00:00.999Z'],
    ],
    [
      'the repeated hour belongs to the range, whichever end lies in it',
      '2020-11-01 01:30:00',
      '2020-11-01 01:30:00',
      NEW_YORK,
      ['2020-11-01T05:30:00.000Z', '2020-11-01T06:30:00.999Z'],
    ],
  ];

for (const [name, start, end, zone, iso] of CASES) {
  test(name, () => {
    const { fromMs, toMs } = instantRange(start, end, zone, NOW);
    assert.deepEqual([new Date(fromMs).toISOString(), new Date(toMs).toISOString()], iso);
  });
}

for (const [code, start, end, zone] of [
  ['UNKNOWN_TIME_ZONE', '2020-04-22', '2020-04-22', 'Mars/Olympus'],
  ['UNKNOWN_TIME_ZONE', '2020-04-22', '2020-04-22', '+02:00'],
  ['START_AFTER_END', '2020-04-23', '2020-04-22', 'UTC'],
  ['INVALID_REQUEST', '2020-02-30 00:00:00', '2020-04-22', 'UTC'],
  ['INVALID_REQUEST', 'yesterday', '2020-04-22', 'UTC'],
] as const) {
  test(`${start} to ${end} in ${zone} is refused with ${code}`, () => {
    assert.throws(
      () => instantRange(start, end, zone, NOW),
      error => error instanceof UserError && error.code === code,
    );
  });
}
