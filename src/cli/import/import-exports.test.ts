// The account and time zone that imports of exports and feeds need.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { type ErrorCode, UserError } from '../../errors.ts';
import { exportOf, withZone } from './import-exports.ts';

for (const [source, account, timezone, zone] of [
  ['agent-session-report', '1', 'us/arizona', 'US/Arizona'],
  ['agent-logins', undefined, undefined, 'America/New_York'],
  ['agent-logins', '1', 'UTC', 'UTC'],
  ['agent-states', undefined, undefined, 'UTC'],
  ['ringcx', undefined, undefined, undefined],
  ['asterisk', '1', 'UTC', undefined],
] as const) {
  test(`${source} of ${account} in ${timezone} is read in ${zone}`, () => {
    assert.equal(exportOf(source, account, timezone)?.timezone, zone);
  });
}

for (const [source, account, timezone, code, message] of [
  ['agent-session-report', '1', undefined, 'INVALID_REQUEST', /--timezone is missing/],
  ['agent-session-report', undefined, 'UTC', 'INVALID_REQUEST', /--account is missing/],
  ['agent-session-report', '1', 'Mars/Olympus', 'UNKNOWN_TIME_ZONE', /Mars/],
  ['ringcx', '1', 'UTC', 'INVALID_REQUEST', /does not accept --timezone/],
] as readonly (readonly [string, string | undefined, string | undefined, ErrorCode, RegExp])[]) {
  test(`${source} of ${account} in ${timezone} is refused with ${code}`, () => {
    assert.throws(
      () => exportOf(source, account, timezone),
      error => error instanceof UserError && error.code === code && message.test(error.message),
    );
  });
}

test('the zone of a feed’s times is that of --timezone, else the account’s, else an error', () => {
  const zoneFor = (source: string, given: string | undefined, known: string | undefined) =>
    withZone(source, given, decodeContext({ zoneOf: () => known })).zoneOf('1');
  assert.equal(zoneFor('asterisk', 'us/arizona', 'UTC'), 'US/Arizona');
  assert.equal(zoneFor('asterisk', undefined, 'UTC'), 'UTC');
  assert.equal(zoneFor('ringcx', undefined, undefined), undefined);
  for (const [given, code] of [
    [undefined, 'INVALID_REQUEST'],
    ['Mars/Olympus', 'UNKNOWN_TIME_ZONE'],
  ] as const) {
    assert.throws(
      () => zoneFor('asterisk', given, undefined),
      error => error instanceof UserError && error.code === code,
    );
  }
});
