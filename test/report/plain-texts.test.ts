// What a row knows of its texts: those that need no escaping are written by every format as if they had been searched for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Engine } from '../../src/engine/engine.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { FORMATS, type FormatName } from '../../src/report/formats/formats.ts';
import { ALL_SESSIONS, planReport, reportRows } from '../../src/report/query/criteria.ts';
import { refreshSessionCache } from '../../src/sessions/session-cache.ts';
import { BLANK_EVENT } from '../support/histories.ts';
import { runs } from '../support/property-runs.ts';
import { HOSTILE } from '../support/report-files/hostile-report.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const AT = Date.UTC(2026, 4, 11, 9);
const CLOCK = { nowMs: AT + 86_400_000, staleAfterMs: 3_600_000 };

/** What is common, and what differs from it by little. */
const EDGES = [
  ...HOSTILE,
  '',
  "O'Brien",
  'José Ñuñez-Vega',
  'Jose\u0301',
  '山田 太郎',
  'agent7@example.com',
  '16505550100*1212@RC_SOFTPHONE',
  '+1 (650) 555-0100',
  '+1 650 x',
  '+1650',
  '+',
  '-5',
  '- a',
  '@a',
  'a_x',
  'a_X_b',
  'a\u0001b',
  'a\n',
  '\\',
  'a;b',
  'a\u00A0',
  '\u2028',
  '\uFDD0',
  '\u{1FFFE}',
  'x'.repeat(32_767),
  'x'.repeat(32_768),
];

/** The engine, whose statements search every text. */
const searching: Engine = {
  ...engine,
  stream: (sql, params, options) => {
    const searched = sql.replaceAll(/if\(row_needs_escaping, (\w+)\(text\), text\)/g, '$1(text)');
    return engine.stream(searched, params, options);
  },
};

let accounts = 0;

/** An account with an agent and an ended session for each text, in all of their texts. */
async function accountOf(texts: readonly string[]): Promise<string> {
  const accountId = `account-${accounts++}`;
  const agent = (text: string, nth: number) => ({
    account_id: accountId,
    agent_id: `${nth}${text}`,
    valid_from: 0,
    first_name: text,
    last_name: text,
    team: text,
    version: 1,
  });
  await engine.insert('agents', texts.map(agent));
  const session = (text: string, nth: number) => ({
    ...BLANK_EVENT,
    accountId,
    agentId: `${nth}${text}`,
    loginSessionId: `${nth}${text}`,
    username: text,
    phone: text,
    dialGroupName: text,
  });
  const events = texts.flatMap((text, nth) => [
    { ...session(text, nth), at: AT, kind: 'LOGIN' as const },
    { ...session(text, nth), at: AT + 1000, kind: 'LOGOUT' as const },
  ]);
  await engine.insertBlock('events', eventBlock(events));
  return accountId;
}

async function written(through: Engine, format: FormatName, accountId: string): Promise<Buffer> {
  const criteria = {
    ...ALL_SESSIONS,
    accountIds: [accountId],
    start: '2026-05-11',
    end: '2026-05-11',
    timezone: 'UTC',
  };
  const plan = await planReport(through, reportRows(criteria, CLOCK));
  return Buffer.concat(await Array.fromAsync(FORMATS[format].write(through, plan, { keepFormulas: false })));
}

async function assertSame(texts: readonly string[]): Promise<void> {
  const accountId = await accountOf(texts);
  for (const isCached of [false, true]) {
    if (isCached) await refreshSessionCache(engine, CLOCK);
    for (const format of ['csv', 'pipe', 'tab', 'xml', 'html', 'xlsx'] as const) {
      const [fast, slow] = [await written(engine, format, accountId), await written(searching, format, accountId)];
      assert.ok(fast.equals(slow), `${format}, ${isCached ? 'cached' : 'folded'}`);
    }
  }
}

test('texts on both sides of what is plain', () => assertSame(EDGES));

test('any texts', async () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...EDGES));
  await fc.assert(
    fc.asyncProperty(fc.array(anyText, { minLength: 50, maxLength: 50 }), texts => assertSame(texts)),
    runs(2),
  );
});

test('common texts are plain, others are not', async () => {
  const accountId = await accountOf(['José Ñuñez-Vega', 'agent7@example.com', '+1 (650) 555-0100', "O'Brien", '=1+1']);
  const found = await engine.query<{ needs_escaping: number }>(
    'SELECT needs_escaping FROM agents WHERE account_id = {account:String} ORDER BY agent_id',
    { account: accountId },
  );
  assert.deepEqual(
    found.map(row => row.needs_escaping),
    [0, 0, 0, 1, 1],
  );
});
