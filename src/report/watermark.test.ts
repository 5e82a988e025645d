// The watermark is that of all sessions, although only the latest ones are read again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventBlock } from '../ingest/events/event-block.ts';
import { BLANK_EVENT } from '../../test/support/histories.ts';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import { readWatermark } from './watermark.ts';

const { engine } = await temporaryEngine();
const AT = Date.UTC(2026, 4, 11, 9);

const store = (loginSessionId: string, atMs: number, accountId = 'a') =>
  engine.insertBlock(
    'events',
    eventBlock([{ ...BLANK_EVENT, accountId, loginSessionId, at: atMs, kind: 'LOGIN', baseState: 'AVAILABLE' }]),
  );
const latest = async (...accountIds: string[]) => (await readWatermark(engine, accountIds)).latestEventMs;

test('the latest event, after earlier and later ones arrive and the latest is deleted', async () => {
  assert.equal(await latest('a'), undefined);
  await store('1', AT);
  assert.equal(await latest('a'), AT);
  await store('2', AT - 1000);
  assert.equal(await latest('a'), AT);
  await store('3', AT + 1000);
  assert.equal(await latest('a'), AT + 1000);
  await engine.command("DELETE FROM login_sessions WHERE account_id = 'a' AND login_session_id = '3'");
  assert.equal(await latest('a'), AT);
});

test('of several accounts', async () => {
  await store('4', AT + 5000, 'b');
  assert.equal(await latest('a', 'b'), AT + 5000);
  assert.equal(await latest('a'), AT);
});
