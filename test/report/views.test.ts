// A view of a report stays as it was, whatever happens to the sessions and to the directory while somebody pages through it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { ALL_SESSIONS, type ReportCriteria } from '../../src/report/query/criteria.ts';
import { readViewRows } from '../../src/report/views/view-rows.ts';
import { openReportViews, type ReportView } from '../../src/report/views/views.ts';
import { clearSessionCache, refreshSessionCache } from '../../src/sessions/session-cache.ts';
import { simulateAgents } from '../../src/simulate/centre/agents.ts';
import { simulateCentre } from '../../src/simulate/centre/centre.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const CENTRE = { accountId: 'sim', agents: 12, days: 4, start: '2026-05-11', seed: 5, offHook: true };
/** Within a day, so that some sessions are open. */
const NOW = Date.UTC(2026, 4, 14, 18);
const CLOCK = { nowMs: NOW, staleAfterMs: 57_600_000 };
const EVENTS = [...simulateCentre(CENTRE)].filter(({ at }) => at <= NOW);
const directory = (lastName: string) =>
  simulateAgents(CENTRE).map(row => ({ ...row, last_name: `${lastName} ${row.agent_id}`, validFromMs: undefined }));

await importAgents(engine, 'sim', directory('Before'), Date.UTC(2026, 0, 1));
await engine.insertBlock('events', eventBlock(EVENTS));
await refreshSessionCache(engine, CLOCK);

const views = openReportViews(engine, () => NOW);
const make = (more: Partial<ReportCriteria>) =>
  views.make(
    'ada',
    { ...ALL_SESSIONS, accountIds: ['sim'], start: '2026-05-11', end: '2026-05-14', timezone: 'UTC', ...more },
    CLOCK,
    new AbortController().signal,
  );

async function allRows({ viewId, rowCount }: ReportView) {
  const pages = [];
  for (let offset = 0; offset < rowCount; offset += 7) pages.push(await readViewRows(engine, viewId, offset, 7));
  return pages.every(page => page !== undefined) ? pages.flat() : undefined;
}

const KINDS: Readonly<Record<string, Partial<ReportCriteria>>> = {
  'ended sessions': { end: '2026-05-13' },
  'ended and open sessions': {},
  'filtered and sorted': {
    filters: [{ column: 'loginTime', operator: 'AT_LEAST', value: 1 }],
    sort: [{ column: 'lastName', direction: 'DESC' }],
  },
  agents: { rollupAgent: true },
};

test('late events, later names and merges change no page', async () => {
  const made = await Promise.all(Object.values(KINDS).map(make));
  const before = await Promise.all(made.map(allRows));
  for (const rows of before) assert.ok(rows !== undefined && rows.length > 10);

  const late = EVENTS.filter(({ kind }, nth) => kind !== 'LOGOUT' && nth % 50 === 0);
  await engine.insertBlock(
    'events',
    eventBlock(late.map(event => ({ ...event, at: event.at + 500, kind: 'STATE', baseState: 'LUNCH', eventId: '' }))),
  );
  const earlier = EVENTS.filter(({ kind }) => kind === 'LOGIN').slice(0, 5);
  await engine.insertBlock(
    'events',
    eventBlock(earlier.map(event => ({ ...event, at: event.at - 60_000, eventId: '' }))),
  );
  await importAgents(engine, 'sim', directory('After'), NOW);
  await refreshSessionCache(engine, CLOCK);
  for (const table of ['session_cache', 'agents']) await engine.command(`OPTIMIZE TABLE ${table} FINAL`);

  assert.deepEqual(await Promise.all(made.map(allRows)), before);
  const afterwards = await Promise.all((await Promise.all(Object.values(KINDS).map(make))).map(allRows));
  for (const [nth, rows] of afterwards.entries()) assert.notDeepEqual(rows, before[nth]);
});

test('totals are the sums of the rows', async () => {
  for (const kind of Object.values(KINDS)) {
    const view = await make(kind);
    const rows = (await allRows(view))!;
    for (const key of ['presented', 'accepted', 'callsPlacedOnHold', 'rna']) {
      const sum = rows.reduce((total, { values }) => total + Number(values[key]), 0);
      assert.equal(view.totals[key], sum, key);
    }
  }
});

test('when the cache is emptied, a view that reads it ends', async () => {
  const [cached, agents] = [await make({ end: '2026-05-13' }), await make({ rollupAgent: true })];
  await clearSessionCache(engine);
  await engine.command('TRUNCATE TABLE replaced_sessions');
  assert.equal(await allRows(cached), undefined);
  assert.ok((await allRows(agents))!.length > 0);
});
