// The published row of RingCentral's report, byte for byte, from a login, a logout and a directory entry.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DELIMITED_SQL, headerLine } from '../src/report/delimited.ts';
import { foldParams } from '../src/sessions/sessions.ts';
import { temporaryEngine } from './support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const LOGIN = Date.UTC(2020, 3, 27, 19, 2, 5);
const COLUMNS = [
  'account_id',
  'login_session_id',
  'at',
  'order_in_instant',
  'kind',
  'pending_disposition',
  'agent_id',
];

test('45.45 minutes logged in, in US/Arizona', async () => {
  const event = (at: number, order: number, kind: string) =>
    `1\t111222333\t${(at / 1000).toFixed(3)}\t${order}\t${kind}\t2\t1111111\tjohn.smith@gmail.\t6505550100\n`;
  const events = event(LOGIN, 0, 'LOGIN') + event(LOGIN + 2_727_000, 63, 'LOGOUT');
  await engine.insert('events', [...COLUMNS, 'username', 'phone'], Buffer.from(events));
  await engine.insert(
    'agents',
    ['account_id', 'agent_id', 'valid_from', 'first_name', 'last_name'],
    Buffer.from('1\t1111111\t2026-01-01 00:00:00\tJohn\tSmiths\n'),
  );
  const range = { accountIds: ['1'], fromMs: LOGIN, toMs: LOGIN, nowMs: LOGIN, staleAfterMs: 1 };
  const params = { ...foldParams(range), timezone: 'US/Arizona', delimiter: ',', keep_formulas: 0 };
  let report = headerLine(',');
  for await (const chunk of engine.stream(DELIMITED_SQL, params, { format: 'TSVRaw' })) {
    report += Buffer.from(chunk).toString();
  }
  assert.equal(report, readFileSync(new URL('./golden/agent-session-report.csv', import.meta.url), 'utf8'));
});
