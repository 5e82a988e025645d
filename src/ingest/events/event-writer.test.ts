// Many small writes become few inserts, each write is acknowledged with its insert, and a full queue refuses more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import type { Block } from '../../engine/engine.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { offhook } from '../../sources/offhook/offhook.ts';
import { isReject, type Reject } from '../../sources/source.ts';
import { type FlushPolicy, openEventWriter } from './event-writer.ts';

const { engine } = await temporaryEngine();
const AT = Date.UTC(2026, 0, 1);
const decode = offhook.decoder(decodeContext({ receivedAt: AT, live: true }));

function event(accountId: string, second: number): AgentEvent | Reject {
  const at = new Date(AT + second * 1000).toISOString();
  const fact = { accountId, loginSessionId: '1', agentId: '1', at, kind: 'STATE', baseState: 'AVAILABLE' };
  return decode({ raw: JSON.stringify(fact), position: 1 });
}

async function stored(accountId: string): Promise<number> {
  const [row] = await engine.query<{ rows: number }>(
    'SELECT count() AS rows FROM events FINAL WHERE account_id = {accountId:String}',
    { accountId },
  );
  return row?.rows ?? 0;
}

test('a thousand writes at once are all stored, in a handful of inserts', async () => {
  const [before] = await engine.query<{ parts: number }>('SELECT count() AS parts FROM system.parts');
  const writer = openEventWriter(engine);
  const acknowledged = await Promise.all(Array.from({ length: 1000 }, (_, i) => writer.write([event('many', i)])));
  assert.ok(acknowledged.every(({ stored, rejected }) => stored === 1 && rejected === 0));
  assert.equal(await stored('many'), 1000);
  const [after] = await engine.query<{ parts: number }>('SELECT count() AS parts FROM system.parts');
  assert.ok((after?.parts ?? 0) - (before?.parts ?? 0) < 20);
});

test('events and rejects of one write are counted apart and both kept', async () => {
  const writer = openEventWriter(engine);
  const broken = decode({ raw: '{"accountId":"mixed"', position: 7 });
  assert.ok(isReject(broken));
  assert.deepEqual(await writer.write([event('mixed', 1), broken, event('mixed', 2)]), {
    stored: 2,
    rejected: 1,
  });
  assert.equal(await stored('mixed'), 2);
  const kept = await engine.query('SELECT position, raw FROM rejects FINAL');
  assert.deepEqual(kept, [{ position: 7, raw: '{"accountId":"mixed"' }]);
});

test('what does not fit into the queue is refused whole, what was accepted is stored', async () => {
  const writer = openEventWriter(engine);
  const many = Array.from({ length: LIMITS.queuedEvents }, (_, i) => event('full', i));
  const accepted = writer.write(many);
  await assert.rejects(writer.write([event('full', -1)]), { code: 'QUEUE_FULL' });
  await accepted;
  assert.equal(await stored('full'), LIMITS.queuedEvents);
  await writer.write([event('full', -1)]);
});

test('a write that the engine refuses is not acknowledged, and does not stop the next', async () => {
  const writer = openEventWriter(engine);
  const impossible = { ...event('bad', 1), kind: 'NONSENSE' } as unknown as AgentEvent;
  await assert.rejects(writer.write([impossible]));
  assert.deepEqual(await writer.write([event('good', 1)]), { stored: 1, rejected: 0 });
});

test('one write may span more months than the engine takes by itself: the log of a small centre, of decades', async () => {
  const writer = openEventWriter(engine);
  const months = Array.from({ length: 150 }, (_, i) => event('decades', i * 31 * 86_400));
  assert.deepEqual(await writer.write(months), { stored: 150, rejected: 0 });
  assert.equal(await stored('decades'), 150);
});

test('a write that may wait does so until others fill its insert, or come without waiting, or nobody brings more', async () => {
  const settled: string[] = [];
  const inserts: number[] = [];
  const counting = {
    ...engine,
    insertBlock: (table: string, block: Block) => {
      inserts.push(inserts.length);
      return engine.insertBlock(table, block);
    },
  };
  const writer = openEventWriter(counting);
  const write = (name: string, seconds: readonly number[], how?: FlushPolicy) =>
    writer
      .write(
        seconds.map(second => event('waiting', second)),
        how,
      )
      .then(() => settled.push(name));
  const first = write('first', [1], 'full');
  await stored('waiting');
  assert.deepEqual([settled, inserts], [[], []]);
  const second = write('second', [2]);
  await Promise.all([first, second]);
  assert.deepEqual([settled, inserts.length], [['first', 'second'], 1]);
  const third = write('third', [3], 'full');
  writer.flush();
  await third;
  const fourth = write('fourth', [4], 'full');
  await writer.drain();
  await fourth;
  assert.equal(inserts.length, 3);
  const rows = Array.from({ length: LIMITS.insertRows }, (_, i) => i + 5);
  await write('a full one', rows, 'full');
  assert.equal(await stored('waiting'), rows.length + 4);
});

test('a drain waits for what was given before it, and for nothing that comes meanwhile', async () => {
  const inserts: (() => void)[] = [];
  const held = {
    ...engine,
    insertBlock: () => new Promise<void>(resolve => inserts.push(resolve)),
  };
  const writer = openEventWriter(held);
  const settled: string[] = [];
  const write = (name: string, second: number) => writer.write([event('drain', second)]).then(() => settled.push(name));
  const running = write('running', 1);
  const queued = write('queued', 2);
  const drained = writer.drain().then(() => settled.push('drained'));
  inserts[0]!();
  await running;
  assert.deepEqual(settled, ['running']);
  const later = Array.from({ length: LIMITS.insertRows }, (_, i) => event('drain', 3 + i));
  const full = writer.write(later).then(() => settled.push('full'));
  inserts[1]!();
  await drained;
  assert.deepEqual(settled, ['running', 'queued', 'drained']);
  for (const end of inserts) end();
  await Promise.all([queued, full]);
  await writer.drain();
});
