// The calls an agent has answered: the latest thousand are known, whatever comes again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentCalls } from './recent-calls.ts';

test('the latest calls are known, and a membership of years takes no more memory than they do', () => {
  const calls = new RecentCalls();
  for (let i = 0; i < 5_000; i++) calls.add(String(i));
  assert.ok(calls.has('4999') && calls.has('4000'));
  assert.ok(!calls.has('3999') && !calls.has('0'));
  calls.add('4999');
  assert.ok(calls.has('4000'), 'a call that is known makes none forgotten');
});
