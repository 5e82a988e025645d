// What the command line needs to be told of an export before a file is opened.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, UserError } from '../errors.ts';
import { exportOf } from './import-exports.ts';

for (const [source, account, timezone, zone] of [
  ['agent-session-report', '1', 'us/arizona', 'US/Arizona'],
  ['agent-logins', undefined, undefined, 'America/New_York'],
  ['agent-logins', '1', 'UTC', 'UTC'],
  ['agent-states', undefined, undefined, 'UTC'],
  ['ringcx', undefined, undefined, undefined],
] as const) {
  test(`${source} of ${account} in ${timezone} is read in ${zone}`, () => {
    assert.equal(exportOf(source, account, timezone)?.timezone, zone);
  });
}

for (const [source, account, timezone, code, message] of [
  ['agent-session-report', '1', undefined, 'INVALID_REQUEST', /no --timezone/],
  ['agent-session-report', undefined, 'UTC', 'INVALID_REQUEST', /no --account/],
  ['agent-session-report', '1', 'Mars/Olympus', 'UNKNOWN_TIME_ZONE', /Mars/],
  ['ringcx', '1', 'UTC', 'INVALID_REQUEST', /takes no --timezone/],
] as readonly (readonly [string, string | undefined, string | undefined, ErrorCode, RegExp])[]) {
  test(`${source} of ${account} in ${timezone} is refused with ${code}`, () => {
    assert.throws(
      () => exportOf(source, account, timezone),
      error => error instanceof UserError && error.code === code && message.test(error.message),
    );
  });
}
