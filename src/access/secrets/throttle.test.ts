// Wrong passwords are counted by name and address, and only delay further attempts with both.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { LIMITS } from '../../limits.ts';
import { openPasswordChecks } from './password-checks.ts';
import { openThrottle, type Attempt, type Throttle } from './throttle.ts';

const { signInFreeFailures: FREE, signInFailuresPerAddress: PER_ADDRESS } = LIMITS;
const right = async () => 'right';
const wrong = async () => undefined;
let nowMs = 0;
let waitedMs = 0;
let throttle: Throttle;
beforeEach(() => {
  nowMs = 1_000_000;
  waitedMs = 0;
  const wait = async (ms: number) => {
    waitedMs += ms;
  };
  throttle = openThrottle(() => nowMs, openPasswordChecks(wait));
});

const as = (username: string, address: string, password: string | number = 'secret'): Attempt => ({
  username,
  address,
  names: [username],
  password: String(password),
});
async function fail(times: number, username: string, address: string): Promise<void> {
  for (let nth = 0; nth < times; nth++) {
    await throttle.attempt(as(username, address, `guess ${nowMs} ${nth}`), wrong);
  }
}
const WAITS = { code: 'TOO_MANY_ATTEMPTS' };
const HERE = '10.0.0.1';

test('after some failures, not even the right password is checked there; elsewhere and for others it is', async () => {
  await fail(FREE, 'ada', HERE);
  let isChecked = false;
  const check = async () => {
    isChecked = true;
    return 'right';
  };
  await assert.rejects(throttle.attempt(as('ada', HERE), check), { ...WAITS, retryAfterSeconds: 1 });
  assert.equal(isChecked, false);
  assert.equal(await throttle.attempt(as('ada', '10.0.0.2'), right), 'right');
  assert.equal(await throttle.attempt(as('bob', HERE), right), 'right');
});

test('each further failure doubles the wait up to a limit, and failures are forgotten after some time', async () => {
  await fail(FREE, 'ada', HERE);
  const waits: number[] = [];
  for (let nth = 0; nth < 12; nth++) {
    const refusal = await throttle.attempt(as('ada', HERE), right).catch(error => error);
    waits.push(refusal.retryAfterSeconds);
    nowMs += refusal.retryAfterSeconds * 1000;
    await fail(1, 'ada', HERE);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  nowMs += 2 * LIMITS.signInWindowMs;
  await fail(FREE, 'ada', HERE);
  await assert.rejects(throttle.attempt(as('ada', HERE), right), { retryAfterSeconds: 1 });
});

test('recently valid credentials still work during failures, and do not allow more guesses', async () => {
  assert.equal(await throttle.attempt(as('feed', HERE), right), 'right');
  for (let round = 0; round < 20; round++) {
    await fail(1, 'feed', HERE).catch(() => {});
    assert.equal(await throttle.attempt(as('feed', HERE), right), 'right');
  }
  await assert.rejects(throttle.attempt(as('feed', HERE, 'guess'), right), WAITS);
  nowMs += LIMITS.validCredentialsMs;
  await fail(FREE, 'feed', HERE);
  await assert.rejects(throttle.attempt(as('feed', HERE), right), WAITS);
});

test('a success clears earlier failures', async () => {
  await fail(FREE - 1, 'ada', HERE);
  assert.equal(await throttle.attempt(as('ada', HERE), right), 'right');
  await fail(FREE - 1, 'ada', HERE);
  assert.equal(await throttle.attempt(as('ada', HERE, 'a new one'), right), 'right');
});

test('a password that is no longer right counts as a failure', async () => {
  assert.equal(await throttle.attempt(as('ada', HERE), right), 'right');
  for (let nth = 0; nth < FREE; nth++) await throttle.attempt(as('ada', HERE), wrong);
  await assert.rejects(throttle.attempt(as('ada', HERE), wrong), WAITS);
});

const ADDRESSES: [name: string, one: string, other: string, isSame: boolean][] = [
  ['the same IPv4 address', '10.0.0.1', '10.0.0.1', true],
  ['another IPv4 address', '10.0.0.1', '10.0.0.2', false],
  ['an IPv4 address in IPv6 form', '10.0.0.1', '::ffff:10.0.0.1', true],
  ['IPv6 addresses of one network', '2001:db8:0:1::5', '2001:db8:0:1:aa:bb:cc:dd', true],
  ['IPv6 networks side by side', '2001:db8:0:1::5', '2001:db8:0:2::5', false],
  ['IPv6 addresses with zeros left out', '2001:db8::1:0:0:0:5', '2001:0db8:0:1::5', true],
  ['texts that are not addresses', 'from here', 'from there', true],
];
for (const [name, one, other, isSame] of ADDRESSES) {
  test(`${name}: ${isSame ? 'one count' : 'two counts'}`, async () => {
    await fail(FREE, 'ada', one);
    const next = throttle.attempt(as('ada', other), right);
    if (isSame) await assert.rejects(next, WAITS);
    else assert.equal(await next, 'right');
  });
}

test('concurrent guesses are not checked more often than sequential ones', async () => {
  let checked = 0;
  const check = async () => {
    checked++;
    await null;
    return undefined;
  };
  await Promise.allSettled(Array.from({ length: 100 }, (_, nth) => throttle.attempt(as('ada', HERE, nth), check)));
  assert.equal(checked, FREE);
});

test('concurrent requests with the same credentials count as one attempt', async () => {
  let checked = 0;
  const check = async () => `right ${++checked}`;
  const all = Array.from({ length: 100 }, () => throttle.attempt(as('ada', HERE), check));
  assert.deepEqual([...new Set(await Promise.all(all))], ['right 1']);
});

test('one password per address is checked at a time; others do not wait for it, and few can wait there', async () => {
  let letGo = () => {};
  const held = new Promise<void>(resolve => (letGo = resolve));
  const checking: string[] = [];
  const check = (name: string) => async () => {
    checking.push(name);
    await held;
    return undefined;
  };
  const flood = Array.from({ length: 50 }, (_, nth) => throttle.attempt(as(`user ${nth}`, HERE), check(`user ${nth}`)));
  const refused = Promise.allSettled(flood);
  assert.equal(await throttle.attempt(as('ada', '10.0.0.2'), right), 'right');
  assert.deepEqual(checking, ['user 0']);
  letGo();
  const full = (await refused).filter(({ status }) => status === 'rejected').length;
  assert.equal(full, 50 - 1 - LIMITS.waitingPasswordChecksPerAddress);
});

test('an address with failures for many names is slowed down, but not for recently valid credentials', async () => {
  assert.equal(await throttle.attempt(as('feed', HERE), right), 'right');
  for (let nth = 0; nth < PER_ADDRESS; nth++) await fail(1, `user ${nth}`, HERE);
  const before = waitedMs;
  await fail(1, 'one more', HERE);
  assert.equal(waitedMs - before, LIMITS.slowCheckMs);
  assert.equal(await throttle.attempt(as('feed', HERE), right), 'right');
  assert.equal(await throttle.attempt(as('new', HERE), right), 'right');
  assert.equal(waitedMs - before, LIMITS.slowCheckMs);
});
