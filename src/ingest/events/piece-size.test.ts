// Pieces of replaced data are small, however many events agents or sessions have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK_EVENT } from '../../../test/support/histories.ts';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import { LIMITS } from '../../limits.ts';
import { eventBlock } from './event-block.ts';
import { firstPersons, firstSessions } from './piece-size.ts';

const { engine } = await temporaryEngine();
const HALF = LIMITS.replayPieceEvents / 2;
const SIZES: Readonly<Record<string, number>> = { a: HALF, b: HALF, c: 1, huge: 2 * HALF + 1, later: 1 };
const known = { accountId: 'x', source: BLANK_EVENT.source };

for (const [agentId, events] of Object.entries(SIZES)) {
  const of = (_: unknown, at: number) => ({
    ...BLANK_EVENT,
    ...known,
    agentId,
    loginSessionId: agentId,
    at,
    eventId: `${agentId} ${at}`,
  });
  await engine.insertBlock('events', eventBlock(Array.from({ length: events }, of)));
}

const persons = (...ids: string[]) => ids.map(id => id.split('+'));

for (const [name, all, first, fromMs] of [
  ['as many as fit', persons('a', 'b', 'c'), persons('a', 'b'), 0],
  ['a person of several ids is one', persons('a', 'b+c', 'later'), persons('a'), 0],
  ['at least one, however large', persons('huge', 'c'), persons('huge'), 0],
  ['only events of the time count', persons('huge', 'a', 'b', 'c'), persons('huge', 'a', 'b', 'c'), 2 * HALF],
  ['who has no events', persons('none', 'c'), persons('none', 'c'), 0],
] as const) {
  test(`persons: ${name}`, async () => assert.deepEqual(await firstPersons(engine, { ...known, fromMs }, all), first));
}

test('sessions: as many as fit, and at least one', async () => {
  assert.deepEqual(await firstSessions(engine, 'x', ['a', 'b', 'c']), ['a', 'b']);
  assert.deepEqual(await firstSessions(engine, 'x', ['huge', 'c']), ['huge']);
  assert.deepEqual(await firstSessions(engine, 'another', ['a', 'b', 'c']), ['a', 'b', 'c']);
});
