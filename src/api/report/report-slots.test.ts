// Slots are assigned in the order of requests, up to the limits, and none is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportSlots } from './report-slots.ts';

const LIMITS = { inAll: 3, perUser: 2, waiting: 2, waitMs: 60_000 };
const stays = () => new AbortController().signal;

test('many reports of one user leave slots for others', async () => {
  const slots = reportSlots(LIMITS);
  const first = await slots.take('ada', stays());
  await slots.take('ada', stays());
  let third = false;
  const waiting = slots.take('ada', stays()).then(release => {
    third = true;
    return release;
  });
  await slots.take('bob', stays());
  assert.equal(third, false);
  first();
  first();
  await waiting;
  assert.equal(third, true);
});

test('a request that may not wait is refused with a time to retry', async () => {
  const slots = reportSlots({ ...LIMITS, perUser: 1, waiting: 1 });
  await slots.take('ada', stays());
  const client = new AbortController();
  const waiting = slots.take('ada', client.signal);
  await assert.rejects(slots.take('ada', stays()), { code: 'TOO_MANY_REPORTS', retryAfterSeconds: 60 });
  client.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
});

test('waiting ends after a time, and a client that disconnects leaves the queue', async () => {
  const slots = reportSlots({ ...LIMITS, perUser: 1, waiting: 1, waitMs: 1 });
  const release = await slots.take('ada', stays());
  await assert.rejects(slots.take('ada', stays()), { code: 'TOO_MANY_REPORTS' });
  const client = new AbortController();
  const waiting = slots.take('ada', client.signal);
  client.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  release();
  await slots.take('ada', stays());
});

test('every slot is released, in any order of requests and ends', async () => {
  const slots = reportSlots({ ...LIMITS, waiting: 100 });
  let running = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 50 }, async (_, nth) => {
      const release = await slots.take(`user ${nth % 5}`, stays());
      most = Math.max(most, ++running);
      for (let turn = 0; turn < nth % 7; turn++) await null;
      running--;
      release();
    }),
  );
  assert.equal(most, LIMITS.inAll);
});
