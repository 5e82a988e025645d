// The recent calls of an agent: at least the last thousand are known, even if calls repeat.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentCalls } from './recent-calls.ts';

test('the latest calls are known, and a session of years takes no more memory', () => {
  const calls = new RecentCalls();
  for (let i = 0; i < 5_500; i++) {
    calls.add(String(i));
    assert.ok(calls.has(String(i)) && calls.has(String(Math.max(i - 999, 0))));
  }
  assert.ok(!calls.has('3499') && !calls.has('0'));
  for (let i = 0; i < 5_000; i++) calls.add('5499');
  assert.ok(calls.has('4501'), 'a call that is known makes none forgotten');
});
