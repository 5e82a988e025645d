// The audit log keeps whole months; a clock that jumps ahead deletes nothing.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import { openAudit } from './audit.ts';
import { deleteOldEntries } from './audit-retention.ts';

const { engine } = await temporaryEngine();
let nowMs = 0;
const audit = openAudit(engine, () => nowMs);
const months = async () =>
  (
    await engine.query<{ month: string }>(
      "SELECT DISTINCT formatDateTime(at, '%Y-%m') AS month FROM audit ORDER BY month",
    )
  ).map(({ month }) => month);

beforeEach(async () => {
  await engine.command('TRUNCATE TABLE audit');
  for (let month = 0; month < 6; month++) {
    nowMs = Date.UTC(2026, month, 15);
    await audit.record({ action: 'SIGN_IN', username: 'ada', address: '10.0.0.1' });
  }
});

test('old months are deleted, and the deletion is recorded', async () => {
  nowMs = Date.UTC(2026, 5, 20);
  assert.equal(await deleteOldEntries(engine, audit, nowMs, 2), 3);
  assert.deepEqual(await months(), ['2026-04', '2026-05', '2026-06']);
  const [row] = await engine.query<{ detail: string }>("SELECT detail FROM audit WHERE action = 'AUDIT_DELETED'");
  assert.deepEqual(JSON.parse(row?.detail ?? ''), { before: '2026-04-01T00:00:00.000Z', entries: 3 });
  assert.equal(await deleteOldEntries(engine, audit, nowMs, 2), 0);
});

test('a clock that is years ahead deletes nothing, not even with the entries that it has written', async () => {
  nowMs = Date.UTC(2031, 5, 20);
  await audit.record({ action: 'SIGN_IN', username: 'ada', address: '10.0.0.1' });
  assert.equal(await deleteOldEntries(engine, audit, nowMs, 6), 0);
  assert.equal((await months()).length, 7);
});

test('an empty log, and a log that is kept for ever', async () => {
  assert.equal(await deleteOldEntries(engine, audit, Date.UTC(2036, 0, 1), 0), 0);
  await engine.command('TRUNCATE TABLE audit');
  assert.equal(await deleteOldEntries(engine, audit, nowMs, 1), 0);
});
