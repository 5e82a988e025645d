// Chunks are sent while fewer bytes than the limit wait, and again when the reader has taken some.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAhead } from './read-ahead.ts';

const never = new AbortController().signal;

test('a statement goes on until the limit, then waits for its reader', async () => {
  const ahead = readAhead(10);
  ahead.sent(9);
  await ahead.room(never);
  ahead.sent(9);
  let hasRoom = false;
  const room = ahead.room(never).then(() => {
    hasRoom = true;
  });
  ahead.taken(8);
  await Promise.resolve();
  assert.equal(hasRoom, false, 'ten bytes wait');
  ahead.taken(1);
  await room;
});

test('a chunk of any size is sent to a reader that has taken everything', async () => {
  const ahead = readAhead(10);
  ahead.sent(1_000);
  const room = ahead.room(never);
  ahead.taken(1_000);
  await room;
});

test('a statement that is stopped while it waits does not wait any longer', async () => {
  const ahead = readAhead(10);
  const left = new AbortController();
  ahead.sent(10);
  const room = ahead.room(left.signal);
  left.abort();
  await assert.rejects(room, { name: 'AbortError' });
  await assert.rejects(ahead.room(left.signal), { name: 'AbortError' });
});
