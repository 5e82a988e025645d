// Calls with the same key run one at a time, also after failures; other keys do not wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedMutex } from './keyed-mutex.ts';

test('calls of a key run in order of asking, and a failed one does not stop the next', async () => {
  const mutex = keyedMutex();
  const seen: string[] = [];
  const step = (name: string) => async () => {
    seen.push(`${name} begins`);
    await null;
    seen.push(`${name} ends`);
    if (name === 'a') throw new Error('a fails');
    return name;
  };
  const results = await Promise.allSettled([mutex('x', step('a')), mutex('x', step('b'))]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  assert.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends']);
  assert.equal(await mutex('x', step('c')), 'c');
});

test('another key does not wait', async () => {
  const mutex = keyedMutex();
  let end = () => {};
  const long = mutex('x', () => new Promise<void>(resolve => (end = resolve)));
  assert.equal(await mutex('y', async () => 1), 1);
  end();
  await long;
});
