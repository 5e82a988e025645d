// Failures are counted by user and by address, in the order of asking, and forgotten after their time.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { LIMITS } from '../limits.ts';
import { openThrottle, type Throttle, type Who } from './throttle.ts';

const { signInFailuresPerUser: PER_USER, signInFailuresPerAddress: PER_ADDRESS } = LIMITS;
const right = async () => 'right';
const wrong = async () => undefined;
let throttle: Throttle;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_000_000 });
  throttle = openThrottle();
});

async function fail(times: number, who: (nth: number) => Who): Promise<void> {
  for (let nth = 0; nth < times; nth++) await throttle.attempt(who(nth), wrong);
}
const ada = (nth: number): Who => ({ username: 'ada', address: `10.0.${nth}.1` });
const someone = (address: string) => (nth: number) => ({ username: `user ${nth}`, address });

test('after too many failures of a user, from anywhere, not even the right secret is checked', async () => {
  await fail(PER_USER, ada);
  let isAsked = false;
  const asked = async () => {
    isAsked = true;
    return 'right';
  };
  await assert.rejects(throttle.attempt(ada(99), asked), {
    code: 'TOO_MANY_ATTEMPTS',
    retryAfterSeconds: 900,
  });
  assert.equal(isAsked, false);
  assert.equal(await throttle.attempt({ username: 'bob', address: ada(0).address }, right), 'right');
});

test('the time ends by itself, and Retry-After says when', async () => {
  await fail(PER_USER, ada);
  mock.timers.tick(LIMITS.signInWindowMs - 1500);
  await assert.rejects(throttle.attempt(ada(1), right), { retryAfterSeconds: 2 });
  mock.timers.tick(1500);
  assert.equal(await throttle.attempt(ada(1), right), 'right');
});

test('a success forgets the user’s failures, but not the address’s', async () => {
  const here = { username: 'ada', address: '10.1.1.1' };
  for (let failed = 0; failed < PER_ADDRESS; failed += PER_USER - 1) {
    await fail(Math.min(PER_USER - 1, PER_ADDRESS - failed), () => here);
    if (failed + PER_USER - 1 < PER_ADDRESS) assert.equal(await throttle.attempt(here, right), 'right');
  }
  await assert.rejects(throttle.attempt({ username: 'bob', address: here.address }, right), {
    code: 'TOO_MANY_ATTEMPTS',
  });
});

const ADDRESSES: [name: string, one: string, other: string, isSame: boolean][] = [
  ['the same IPv4 address', '10.0.0.1', '10.0.0.1', true],
  ['another IPv4 address', '10.0.0.1', '10.0.0.2', false],
  ['an IPv4 address in IPv6 form', '10.0.0.1', '::ffff:10.0.0.1', true],
  ['IPv6 addresses of one network', '2001:db8:0:1::5', '2001:db8:0:1:aa:bb:cc:dd', true],
  ['IPv6 networks side by side', '2001:db8:0:1::5', '2001:db8:0:2::5', false],
  ['IPv6 addresses with zeros left out', '2001:db8::1:0:0:0:5', '2001:db8:0:1::5', true],
];
for (const [name, one, other, isSame] of ADDRESSES) {
  test(`${name}: ${isSame ? 'one count' : 'two counts'}`, async () => {
    await fail(PER_ADDRESS, someone(one));
    const next = throttle.attempt({ address: other }, right);
    if (isSame) await assert.rejects(next, { code: 'TOO_MANY_ATTEMPTS' });
    else assert.equal(await next, 'right');
  });
}

test('guesses sent all at once are not checked more often than those sent one by one', async () => {
  let checked = 0;
  const check = async () => {
    checked++;
    await null;
    return undefined;
  };
  await Promise.allSettled(Array.from({ length: 100 }, (_, nth) => throttle.attempt(ada(nth), check)));
  assert.equal(checked, PER_USER);
  const ofOne = Array.from({ length: 100 }, (_, nth) => throttle.attempt(someone('10.2.2.2')(nth), check));
  await Promise.allSettled(ofOne);
  assert.equal(checked, PER_USER + PER_ADDRESS);
});

test('a right secret is no failure, however often it comes', async () => {
  for (let nth = 0; nth < 2 * PER_ADDRESS; nth++) {
    assert.equal(await throttle.attempt({ username: 'ada', address: '10.3.3.3' }, right), 'right');
  }
});
