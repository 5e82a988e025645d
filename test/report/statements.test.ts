// The finished statement of each kind of report as a golden file, as the engine formats it: for review, and so that a change shows.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import { readLiveAgents } from '../../src/live/live-agents.ts';
import { COLUMNS } from '../../src/report/columns/columns.ts';
import { FORMATS, type FormatName } from '../../src/report/formats/formats.ts';
import { ALL_SESSIONS, planReport, type ReportCriteria, reportRows } from '../../src/report/query/criteria.ts';
import type { ReportPlan } from '../../src/report/query/rows.ts';
import { readTrends } from '../../src/report/trends/trends.ts';
import { readViewRows, writeViewRows } from '../../src/report/views/view-rows.ts';
import { readViewTotals } from '../../src/report/views/view-totals.ts';
import { readRow } from '../../src/report/why/read-row.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const GOLDEN = join(import.meta.dirname, '../golden/statements');

const CLOCK = { nowMs: Date.UTC(2020, 3, 28), staleAfterMs: 3_600_000 };
const CRITERIA: ReportCriteria = {
  ...ALL_SESSIONS,
  accountIds: ['15300002'],
  start: '2020-04-27',
  end: '2020-04-27',
  timezone: 'US/Arizona',
};
const SELECTION = {
  filters: [
    { column: 'lastName', operator: 'CONTAINS', value: 'smi' },
    { column: 'loginDts', operator: 'AT_LEAST', value: '2020-04-27 09:00:00' },
    { column: 'logoutDts', operator: 'IS_NOT_EMPTY', value: undefined },
    { column: 'loginUtilization', operator: 'BETWEEN', value: [20, 80] },
  ],
  sort: [
    { column: 'team', direction: 'ASC' },
    { column: 'talkTime', direction: 'DESC' },
  ],
} as const satisfies Partial<ReportCriteria>;

/** An engine that writes down its statements; an account has one session, and all of its sessions are folded. */
function recorder(): { engine: Engine; statements: string[] } {
  const statements: string[] = [];
  const record =
    (rows: readonly unknown[] = []) =>
    (sql: string) => {
      statements.push(sql);
      return sql.includes('fold_limit') ? [{ asked: 0, fold_accounts: [], fold_sessions: [], later_to_ms: 0 }] : rows;
    };
  const recording = {
    query: async (sql: string) => record(foundBy(sql))(sql),
    command: async (sql: string) => void record()(sql),
    stream: (sql: string) => Readable.from(record()(sql)),
  };
  return { engine: recording as unknown as Engine, statements };
}

/** A session of the page of a view, and the place of the session that is asked for. */
function foundBy(sql: string): readonly unknown[] {
  if (sql.includes('FROM report_view_rows')) return [{ accountId: '15300002', loginSessionId: '1', foldedAt: 1 }];
  return sql.includes('isRecorded') ? [{ agentId: '1', loginMs: 0 }] : [];
}

/** The last statement that is asked for. */
async function lastOf(ask: (engine: Engine) => Promise<unknown>): Promise<string> {
  const { engine: recording, statements } = recorder();
  await ask(recording);
  return statements.at(-1)!;
}

const planOf = (plan: Partial<ReportPlan> = {}, criteria: Partial<ReportCriteria> = {}): ReportPlan => ({
  ...reportRows({ ...CRITERIA, ...criteria }, CLOCK),
  source: 'cacheOfOne',
  ...plan,
});

const written = (format: FormatName, plan: ReportPlan) =>
  lastOf(recording => Array.fromAsync(FORMATS[format].write(recording, plan, { keepFormulas: false })));

const STATEMENTS: Readonly<Record<string, () => Promise<string>>> = {
  // Where the sessions come from.
  'choose-source': () => lastOf(recording => planReport(recording, planOf())),
  'csv-cache': () => written('csv', planOf()),
  'csv-cache-of-several-accounts': () => written('csv', planOf({ source: 'cache' })),
  'csv-cache-and-fold': () => written('csv', planOf({ source: 'cacheAndFold' })),
  'csv-fold': () => written('csv', planOf({ source: 'fold' })),
  // Which rows.
  'csv-imported': () => written('csv', planOf({ hasImported: true })),
  'csv-agents': () => written('csv', planOf({}, { rollupAgent: true })),
  'csv-agents-imported': () => written('csv', planOf({ hasImported: true }, { rollupAgent: true })),
  'csv-filtered-and-sorted': () => written('csv', planOf({}, { ...SELECTION, maxRows: 100 })),
  // The formats.
  ndjson: () => written('ndjson', planOf()),
  'ndjson-imported': () => written('ndjson', planOf({ hasImported: true })),
  html: () => written('html', planOf()),
  xml: () => written('xml', planOf()),
  xlsx: () => written('xlsx', planOf()),
  // What the web application asks.
  trends: () => lastOf(recording => readTrends(recording, { ...CRITERIA, maxRows: 100 }, ['day', 'agent'], CLOCK)),
  live: () => lastOf(recording => readLiveAgents(recording, ['15300002'], new Map(), CLOCK)),
  'view-rows-write': () => lastOf(recording => writeViewRows(recording, planOf({ directory: 'ofView' }))),
  'view-rows-read': () => lastOf(recording => readViewRows(recording, 'view', 0, 100)),
  'view-totals': () => lastOf(recording => readViewTotals(recording, planOf({ directory: 'ofView' }))),
  'session-row': () =>
    lastOf(recording =>
      readRow(
        recording,
        { accountId: '15300002', loginSessionId: 'session', timezone: 'US/Arizona', visibleGroups: new Map() },
        CLOCK,
        COLUMNS,
      ),
    ),
};

for (const [name, statement] of Object.entries(STATEMENTS)) {
  test(`the statement ${name}`, async () => {
    const [row] = await engine.query<{ text: string }>('SELECT formatQuery({sql:String}) AS text', {
      sql: await statement(),
    });
    const text = `${row?.text}\n`;
    const golden = join(GOLDEN, `${name}.sql`);
    // `UPDATE_GOLDEN=1 node --test test/report/statements.test.ts` writes what is to be looked at and committed.
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
    assert.equal(text, readFileSync(golden, 'utf8'));
  });
}

test('no golden file is left of a statement that is no more', () => {
  assert.deepEqual(
    readdirSync(GOLDEN).sort(),
    Object.keys(STATEMENTS)
      .map(name => `${name}.sql`)
      .sort(),
  );
});
