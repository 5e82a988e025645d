// What an account no longer keeps goes by whole months, with all of its sessions, and nothing of any other account.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK_EVENT } from '../../test/support/histories.ts';
import { temporaryEngine } from '../../test/support/temporary-engine.ts';
import type { AgentEvent } from '../events/agent-event.ts';
import { writeAccount } from './accounts.ts';
import { eventBlock } from './event-block.ts';
import { deleteOld, keptFromMs } from './retention.ts';

const { engine } = await temporaryEngine();
const NOW = Date.UTC(2026, 5, 15, 12);

/** Two events of a session: a login and a logout an hour later. */
function session(accountId: string, loginSessionId: string, login: string): AgentEvent[] {
  const at = Date.parse(login);
  const event = { ...BLANK_EVENT, accountId, loginSessionId };
  return [
    { ...event, kind: 'LOGIN', baseState: 'AVAILABLE', at },
    { ...event, kind: 'LOGOUT', baseState: '', at: at + 3_600_000 },
  ];
}

const EVENTS = [
  ...session('short', 'january', '2026-01-10T08:00:00Z'),
  ...session('short', 'over-the-end', '2026-03-31T23:30:00Z'),
  ...session('short', 'april', '2026-04-01T00:00:00Z'),
  ...session('short', 'june', '2026-06-15T08:00:00Z'),
  ...session('long', 'march', '2026-03-10T08:00:00Z'),
  ...session('long', 'april', '2026-04-10T08:00:00Z'),
];

async function left(table: string): Promise<string[]> {
  const rows = await engine.query<{ place: string }>(
    `SELECT DISTINCT concat(account_id, '/', login_session_id) AS place FROM ${table} ORDER BY place`,
  );
  return rows.map(({ place }) => place);
}

test('months are counted back from the present one', () => {
  assert.equal(keptFromMs(NOW, 2), Date.UTC(2026, 3, 1));
  assert.equal(keptFromMs(Date.UTC(2026, 0, 1), 13), Date.UTC(2024, 11, 1));
});

test('accounts that say nothing keep all', async () => {
  await engine.insertBlock('events', eventBlock(EVENTS));
  assert.deepEqual(await deleteOld(engine, NOW), []);
  assert.equal((await left('events')).length, 6);
});

test('what is older goes with its whole sessions; a month of two accounts loses one of them', async () => {
  await writeAccount(engine, { accountId: 'short', keepMonths: 2 }, NOW);
  assert.deepEqual(await deleteOld(engine, NOW), ['short']);
  const kept = ['long/april', 'long/march', 'short/april', 'short/june'];
  assert.deepEqual(await left('events'), kept);
  assert.deepEqual(await left('login_sessions'), kept);
  assert.deepEqual(await left('unfolded_sessions'), kept);
  const partitions = await engine.query<{ partition: string }>(
    `SELECT DISTINCT partition FROM system.parts WHERE table = 'events' AND active ORDER BY partition`,
  );
  assert.deepEqual(
    partitions.map(({ partition }) => partition),
    ['202603', '202604', '202606'],
  );
  assert.deepEqual(await deleteOld(engine, NOW), []);
});
