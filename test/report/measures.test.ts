// The list of measures against everything that has them: the fold, the tables as migrated, imported sessions, and the columns.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { ALL_COLUMNS } from '../../src/report/columns/extra-columns.ts';
import { IMPORTED_COUNTS, IMPORTED_TIMES, MEASURE_NAMES, MEASURES } from '../../src/report/columns/measures.ts';
import { ALL_SESSIONS, reportRows } from '../../src/report/query/criteria.ts';
import { rowsWithAgents, STORED_CELLS } from '../../src/report/query/sessions-with-agents.ts';
import { EXPLAINED } from '../../src/sessions/explain/values.ts';
import { FOLD_COLUMNS, FOLD_SQL } from '../../src/sessions/sessions.ts';
import { TEXTS } from '../../src/sources/ringcentral-exports/imported-session.ts';
import { BLANK_EVENT } from '../support/histories.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const AT = Date.UTC(2020, 3, 27, 12);
await engine.insertBlock(
  'events',
  eventBlock([{ ...BLANK_EVENT, accountId: '1', at: AT, kind: 'LOGIN', baseState: 'AVAILABLE' }]),
);
const { params } = reportRows(
  { ...ALL_SESSIONS, accountIds: ['1'], start: '2020-04-27', end: '2020-04-27', timezone: 'UTC' },
  { nowMs: AT, staleAfterMs: 0 },
);

interface TableColumn {
  name: string;
  type: string;
}

const tableColumns = (table: string) =>
  engine.query<TableColumn>(
    'SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String}',
    { table },
  );
async function onlyRow(sql: string): Promise<Record<string, unknown>> {
  const rows = await engine.query<Record<string, unknown>>(`SELECT * FROM (${sql})`, params);
  assert.equal(rows.length, 1);
  return rows[0]!;
}
const sorted = (names: Iterable<string>) => [...names].sort();
const namesOf = (columns: readonly TableColumn[]) => sorted(columns.map(({ name }) => name));

test('each measure is listed once, and its name has its unit', () => {
  assert.equal(new Set(MEASURE_NAMES).size, MEASURE_NAMES.length);
  for (const { name, unit } of MEASURES) assert.equal(name.endsWith('_ms'), unit === 'ms', name);
});

test('the fold makes every measure, as a whole number', async () => {
  const row = await onlyRow(FOLD_SQL);
  assert.deepEqual(sorted(Object.keys(row)), sorted(FOLD_COLUMNS));
  for (const name of MEASURE_NAMES) assert.ok(Number.isInteger(row[name]), name);
});

test('the session cache has the fold’s columns', async () => {
  const columns = await tableColumns('session_cache');
  assert.deepEqual(
    namesOf(columns),
    sorted([...FOLD_COLUMNS, ...Object.keys(STORED_CELLS), 'folded_at', 'is_deleted']),
  );
  const measures = columns.filter(({ name }) => (MEASURE_NAMES as readonly string[]).includes(name));
  for (const { name, type } of measures) assert.match(type, /^U?Int64$/, name);
});

test('the table of imported sessions has the measures that exports give; only a time may be missing', async () => {
  const columns = await tableColumns('imported_sessions');
  const others = ['login_ms', 'end_ms', 'end_reason', 'cells', 'cells_timezone', 'origin', 'imported_at', 'version'];
  assert.deepEqual(namesOf(columns), sorted([...TEXTS, ...IMPORTED_TIMES, ...IMPORTED_COUNTS, ...others]));
  const typeOf = new Map(columns.map(({ name, type }) => [name, type]));
  for (const name of IMPORTED_TIMES) assert.equal(typeOf.get(name), 'Nullable(Int64)', name);
  for (const name of IMPORTED_COUNTS) assert.equal(typeOf.get(name), 'Int64', name);
});

for (const rollupAgent of [false, true]) {
  for (const hasImported of [false, true]) {
    test(`${rollupAgent ? 'agents' : 'sessions'}${hasImported ? ' with imported ones' : ''} have every measure`, async () => {
      const row = await onlyRow(rowsWithAgents({ source: 'fold', restrictions: [], rollupAgent, hasImported }));
      assert.deepEqual(
        MEASURE_NAMES.filter(name => !Number.isInteger(row[name])),
        [],
      );
    });
  }
}

test('every measure is explained, and columns that count or measure time read measures', () => {
  assert.deepEqual(sorted(Object.keys(EXPLAINED)), sorted([...MEASURE_NAMES, 'has_login', 'label_ms']));
  const read = ALL_COLUMNS.filter(({ type }) => ['count', 'minutes', 'percent'].includes(type)).flatMap(
    ({ sql, per }) => (per === undefined ? [sql] : [sql, per]),
  );
  assert.deepEqual(
    read.filter(name => name !== 'has_login' && !(MEASURE_NAMES as readonly string[]).includes(name)),
    [],
  );
});
