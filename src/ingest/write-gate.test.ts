import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWriteGate } from './write-gate.ts';

test('work waits for writes that have begun, and later writes for the work, whether it fails or not', async () => {
  const gate = openWriteGate();
  const log: string[] = [];
  const first = Promise.withResolvers<void>();
  const write = (name: string, until?: Promise<void>) =>
    gate.through(async () => {
      log.push(`${name} begins`);
      await until;
      log.push(`${name} ends`);
      return name;
    });
  const one = write('one', first.promise);
  const failing = gate.through(() => Promise.reject(new Error('full')));
  const work = gate.closed(async () => {
    log.push('work');
    throw new Error('lost');
  });
  const next = gate.closed(async () => log.push('more work'));
  const two = write('two');
  const three = write('three');
  await assert.rejects(failing, /full/);
  assert.deepEqual(log, ['one begins']);
  first.resolve();
  await assert.rejects(work, /lost/);
  assert.equal(await next, 4);
  assert.deepEqual(await Promise.all([one, two, three]), ['one', 'two', 'three']);
  assert.deepEqual(log, [
    'one begins',
    'one ends',
    'work',
    'more work',
    'two begins',
    'three begins',
    'two ends',
    'three ends',
  ]);
});

test('a write waits for the work that was asked for before it, however much more is asked for meanwhile', async () => {
  const gate = openWriteGate();
  const log: string[] = [];
  const ends = Promise.withResolvers<void>();
  const one = gate.closed(async () => {
    log.push('one');
    await ends.promise;
  });
  const write = gate.through(async () => {
    log.push('write begins');
    await new Promise(resolve => setImmediate(resolve));
    log.push('write ends');
  });
  const two = gate.closed(async () => log.push('two'));
  ends.resolve();
  await Promise.all([one, write, two]);
  assert.deepEqual(log, ['one', 'write begins', 'write ends', 'two']);
});
