import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { localClock } from './local-time.ts';

const NEW_YORK = 'America/New_York';
const LORD_HOWE = 'Australia/Lord_Howe';

const UNAMBIGUOUS: [zone: string, wall: string, instant: string][] = [
  [NEW_YORK, '2020-07-01T00:00:00', '2020-07-01T04:00:00Z'],
  [NEW_YORK, '2020-11-01T00:59:59', '2020-11-01T04:59:59Z'],
  [NEW_YORK, '2020-11-01T02:00:00', '2020-11-01T07:00:00Z'],
  // Spring gap: 2:00 to 3:00 does not exist.
  [NEW_YORK, '2020-03-08T01:59:59', '2020-03-08T06:59:59Z'],
  [NEW_YORK, '2020-03-08T02:00:00', '2020-03-08T07:00:00Z'],
  [NEW_YORK, '2020-03-08T02:30:00', '2020-03-08T07:30:00Z'],
  [NEW_YORK, '2020-03-08T03:30:00', '2020-03-08T07:30:00Z'],
  // Half-hour changes, in the middle of an hour.
  [LORD_HOWE, '2020-10-04T01:59:59', '2020-10-03T15:29:59Z'],
  [LORD_HOWE, '2020-10-04T02:15:00', '2020-10-03T15:45:00Z'],
  [LORD_HOWE, '2020-10-04T02:45:00', '2020-10-03T15:45:00Z'],
  [LORD_HOWE, '2020-04-05T01:29:59', '2020-04-04T14:29:59Z'],
  [LORD_HOWE, '2020-04-05T02:00:00', '2020-04-04T15:30:00Z'],
  ['Asia/Kolkata', '2020-01-01T05:30:00', '2020-01-01T00:00:00Z'],
  ['US/Arizona', '2020-08-28T10:19:39', '2020-08-28T17:19:39Z'],
];

describe('localClock', () => {
  for (const live of [true, false]) {
    for (const [zone, wall, instant] of UNAMBIGUOUS) {
      it(`${wall} in ${zone} is ${instant}, ${live ? 'live' : 'imported'}`, () => {
        const clock = clockAt(live, '2020-11-01T05:30:00Z');
        assert.equal(iso(clock(ms(wall), zone, 's')), instant);
      });
    }
  }

  const LIVE: [wall: string, elapsedS: number, receivedAt: string, instant: string][] = [
    ['2020-11-01T01:30:00', 0, '2020-11-01T05:30:01Z', '2020-11-01T05:30:00Z'],
    ['2020-11-01T01:30:00', 0, '2020-11-01T06:30:01Z', '2020-11-01T06:30:00Z'],
    ['2020-11-01T01:59:59', 0, '2020-11-01T06:00:02Z', '2020-11-01T05:59:59Z'],
    // A call of 40 minutes that began at 1:10: the end shows which 1:10.
    ['2020-11-01T01:10:00', 2400, '2020-11-01T05:50:01Z', '2020-11-01T05:50:00Z'],
    ['2020-11-01T01:10:00', 2400, '2020-11-01T06:50:01Z', '2020-11-01T06:50:00Z'],
  ];
  for (const [wall, elapsedS, receivedAt, instant] of LIVE) {
    it(`${wall} plus ${elapsedS} s received at ${receivedAt} is ${instant}`, () => {
      const clock = clockAt(true, receivedAt);
      assert.equal(iso(clock(ms(wall), NEW_YORK, 's', elapsedS * 1000)), instant);
    });
  }

  it('takes the second pass of an imported hour if the session was past the first already', () => {
    const clock = clockAt(false, '2020-12-01T00:00:00Z');
    const at = (wall: string, session: string) => iso(clock(ms(wall), NEW_YORK, session));
    assert.equal(at('2020-11-01T01:10:00', 'a'), '2020-11-01T05:10:00Z');
    assert.equal(at('2020-11-01T01:50:00', 'a'), '2020-11-01T05:50:00Z');
    assert.equal(at('2020-11-01T01:50:00', 'a'), '2020-11-01T05:50:00Z');
    assert.equal(at('2020-11-01T01:05:00', 'a'), '2020-11-01T06:05:00Z');
    assert.equal(at('2020-11-01T01:55:00', 'a'), '2020-11-01T06:55:00Z');
    assert.equal(at('2020-11-01T01:05:00', 'b'), '2020-11-01T05:05:00Z');
  });

  it('distinguishes the two passes of a repeated half hour', () => {
    assert.equal(
      iso(clockAt(true, '2020-04-04T14:45:00Z')(ms('2020-04-05T01:45:00'), LORD_HOWE, 's')),
      '2020-04-04T14:45:00Z',
    );
    assert.equal(
      iso(clockAt(true, '2020-04-04T15:15:00Z')(ms('2020-04-05T01:45:00'), LORD_HOWE, 's')),
      '2020-04-04T15:15:00Z',
    );
  });
});

function clockAt(live: boolean, receivedAt: string) {
  return localClock(decodeContext({ live, receivedAt: Date.parse(receivedAt) }));
}

function ms(wall: string): number {
  return Date.parse(`${wall}Z`);
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('.000', '');
}
