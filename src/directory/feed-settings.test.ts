// Settings are read once for concurrent requests, and again after a change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeContext } from '../../test/support/decode-context.ts';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { writeAccount } from './accounts.ts';
import { openFeedSettings } from './feed-settings.ts';

const { engine } = await temporaryEngine();
let queries = 0;
const counted: Engine = {
  ...engine,
  query: (sql, params) => {
    queries++;
    return engine.query(sql, params);
  },
};

test('a thousand requests at once read them once, the next ones not at all for some seconds', async () => {
  let changes = 0;
  const settings = await openFeedSettings(counted, () => {
    changes++;
  });
  const zoneAt = async (receivedAt: number) => (await settings.contextOf(decodeContext({ receivedAt }))).zoneOf('1');
  queries = 0;
  await Promise.all(Array.from({ length: 1000 }, () => zoneAt(1000)));
  const once = queries;
  assert.ok(once > 0 && once < 5, `${once} queries`);
  await zoneAt(1000 + LIMITS.rememberSettingsMs);
  assert.equal(queries, once);
  await writeAccount(engine, { accountId: '1', feedTimezone: 'Asia/Tokyo' }, 1);
  assert.notEqual(await zoneAt(1000 + LIMITS.rememberSettingsMs), 'Asia/Tokyo');
  assert.equal(await zoneAt(1001 + LIMITS.rememberSettingsMs), 'Asia/Tokyo');
  assert.deepEqual([queries, changes], [2 * once, 1]);
});

test('what was asked for before a change serves nobody who asks after it', async () => {
  const settings = await openFeedSettings(counted, () => {});
  const before = settings.contextOf(decodeContext({ receivedAt: 1000 }));
  await writeAccount(engine, { accountId: '1', feedTimezone: 'Europe/Berlin' }, 2);
  settings.forget();
  const { zoneOf } = await settings.contextOf(decodeContext({ receivedAt: 1000 }));
  await before;
  assert.equal(zoneOf('1'), 'Europe/Berlin');
  assert.equal((await settings.contextOf(decodeContext({ receivedAt: 1001 }))).zoneOf('1'), 'Europe/Berlin');
});
