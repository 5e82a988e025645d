// Entries are written together and keep their order; a failed insert only fails its own entries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import type { Engine } from '../../engine/engine.ts';
import { openAudit } from './audit.ts';
import { streamAuditLog } from './audit-log.ts';

const { engine } = await temporaryEngine();
const ALL = { fromMs: undefined, toMs: undefined, username: undefined, action: undefined };

async function readAll(format: 'json' | 'ndjson' | 'csv', filter: object = {}): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of streamAuditLog(engine, { ...ALL, ...filter }, format)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
const entry = (username: string) => ({ action: 'SIGN_IN', username, address: '10.0.0.1' }) as const;

/** An engine whose next insert waits until it is released and then fails or succeeds. */
function heldEngine(fails: boolean): { engine: Engine; letGo: () => void; inserts: () => number } {
  let letGo = () => {};
  const held = new Promise<void>(resolve => (letGo = resolve));
  let inserts = 0;
  const insert: Engine['insert'] = async (...given) => {
    if (++inserts > 1) return engine.insert(...given);
    await held;
    if (fails) throw new Error('disk full');
    return engine.insert(...given);
  };
  return { engine: { ...engine, insert }, letGo, inserts: () => inserts };
}

test('an empty log is valid in each format', async () => {
  assert.deepEqual(JSON.parse(await readAll('json')), []);
  assert.equal(await readAll('ndjson'), '');
  assert.equal(await readAll('csv'), 'at,username,address,action,accountId,detail\n');
});

test('a failed insert only rejects the entries in it', async () => {
  const held = heldEngine(true);
  const audit = openAudit(held.engine, () => 1000);
  const first = [audit.record(entry('lost 1')), audit.record(entry('lost 2'))];
  // The first insert has started, so the next entries wait for another one.
  while (held.inserts() === 0) await new Promise(resolve => setImmediate(resolve));
  const second = [audit.record(entry('kept 1')), audit.record(entry('kept 2'))];
  held.letGo();
  for (const lost of first) await assert.rejects(lost, { message: 'disk full' });
  await Promise.all(second);
  await audit.record(entry('kept 3'));
  assert.equal(held.inserts(), 3);
  const kept = (await readAll('ndjson')).trim().split('\n');
  assert.deepEqual(
    kept.map(line => JSON.parse(line).username),
    ['kept 1', 'kept 2', 'kept 3'],
  );
});

test('entries of one millisecond keep their order, over many inserts', async () => {
  const audit = openAudit(engine, () => 2000);
  const names = Array.from({ length: 60 }, (_, nth) => `ada ${nth}`);
  for (let nth = 0; nth < names.length; nth += 5) {
    await Promise.all(names.slice(nth, nth + 5).map(name => audit.record(entry(name))));
  }
  const lines = (await readAll('ndjson', { fromMs: 2000, toMs: 2001 })).trim().split('\n');
  assert.deepEqual(
    lines.map(line => JSON.parse(line).username),
    names,
  );
});

test('recorded entries can be read in each format', async () => {
  const audit = openAudit(engine, () => Date.UTC(2026, 2, 2, 9, 0, 0, 7));
  const username = '=cmd|"x"!A1,\n\té';
  const detail = { user: 'a"b', grants: [{ accountId: '', role: 'reader' }] };
  await audit.record({ action: 'USER_CHANGED', username, address: '::1', accountId: '7', detail });
  const [json] = JSON.parse(await readAll('json', { username }));
  assert.deepEqual(json, {
    at: '2026-03-02T09:00:00.007Z',
    username,
    address: '::1',
    action: 'USER_CHANGED',
    accountId: '7',
    detail,
  });
  const [ndjson] = (await readAll('ndjson', { action: 'USER_CHANGED' })).split('\n');
  assert.deepEqual(JSON.parse(ndjson as string), json);
  const csv = await readAll('csv', { fromMs: Date.UTC(2026, 2, 2) });
  assert.equal(
    csv,
    'at,username,address,action,accountId,detail\n' +
      `"2026-03-02T09:00:00.007Z","'${username.replaceAll('"', '""')}","::1","USER_CHANGED","7",` +
      `"${JSON.stringify(detail).replaceAll('"', '""')}"\n`,
  );
});
