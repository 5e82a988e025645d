// Filters and sort against the same done in TypeScript, in files and in pages; totals, rights, columns and saved views.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Column } from '../../src/report/columns/columns.ts';
import { ALL_COLUMNS } from '../../src/report/columns/extra-columns.ts';
import { simulateAgents } from '../../src/simulate/centre/agents.ts';
import { simulateCentre } from '../../src/simulate/centre/centre.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';
import { runs } from '../support/property-runs.ts';

const { app, offhook, clock, user, cacheSessions } = await temporaryServer();
const admin = bearer('administrator');
const CENTRE = { accountId: 'sim', agents: 20, days: 4, start: '2026-05-11', seed: 3, offHook: true };
clock.nowMs = Date.UTC(2026, 4, 14, 18);
const agents = simulateAgents(CENTRE).map((row, nth) => ({
  ...row,
  team: nth % 4 === 0 ? '' : `Team ${nth % 3}`,
  agent_group_id: String(nth % 2),
  validFromMs: undefined,
}));
await importAgents(offhook.engine, 'sim', agents, Date.UTC(2026, 0, 1));
await offhook.writer.write([...simulateCentre(CENTRE)].filter(event => event.at <= clock.nowMs));
await cacheSessions();

const RANGE = { startTimestamp: '2026-05-11', endTimestamp: '2026-05-14', timezoneName: 'America/New_York' };
type Values = Record<string, string | number | null>;
interface Page {
  viewId: string;
  rowCount: number;
  totals: Values;
  rows: { agentId: string; loginSessionId: string; endReason: string; origin: string; values: Values }[];
}

const post = (call: string, payload: object, headers: object = admin, account = 'sim') =>
  app.inject({
    method: 'POST',
    url: `/api/v1/admin/accounts/${account}/${call}`,
    payload,
    headers: { ...headers, 'content-type': 'application/json' },
  });
async function page(criteria: object, more: object = {}, headers: object = admin): Promise<Page> {
  const answer = await post('reportRows', { reportCriteria: { ...RANGE, ...criteria }, ...more }, headers);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json() as Page;
}
async function file(criteria: object, returnType = 'JSON', headers: object = admin): Promise<string> {
  const answer = await post('reportsStreaming', { reportCriteria: { ...RANGE, returnType, ...criteria } }, headers);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.body;
}
const rowsOf = async (criteria: object, headers: object = admin) =>
  JSON.parse(await file(criteria, 'JSON', headers)) as Values[];

const WHOLE = await rowsOf({});
/** Without the day whose sessions are open, as most reports are. */
const ENDED = { endTimestamp: '2026-05-13' };
const WHOLE_ENDED = await rowsOf(ENDED);
const SORTABLE = ALL_COLUMNS.filter(({ type }) => type !== 'labels');

type Filter = { column: string; operator: string; value?: unknown };
type Sort = { column: string; direction: 'ASC' | 'DESC' };
const byKey = (key: string) => SORTABLE.find(column => column.key === key) as Column;

function holds(row: Values, { column, operator, value }: Filter): boolean {
  const { key, type } = byKey(column);
  const shown = row[key] ?? null;
  if (operator === 'IS_EMPTY' || operator === 'IS_NOT_EMPTY') {
    return (shown === '' || shown === null) === (operator === 'IS_EMPTY');
  }
  if (type === 'text') {
    if (operator === 'CONTAINS') return String(shown).toLowerCase().includes(String(value).toLowerCase());
    return (Array.isArray(value) ? value : [value]).map(String).includes(String(shown));
  }
  const at = type === 'dts' ? Date.parse(String(shown)) : Number(shown);
  if (shown === null) return false;
  // The filters of this test name instants of New York in May by the minute, whose end is included.
  const limit = (given: unknown) => (type === 'dts' ? Date.parse(`${given}-04:00`) : Number(given));
  const unit = type === 'dts' ? 59_999 : 0;
  const [first, last] = Array.isArray(value) ? value : [value, value];
  const isAbove = operator === 'AT_MOST' || at >= limit(first);
  return isAbove && (operator === 'AT_LEAST' || at <= limit(last) + unit);
}

function compare(a: Values, b: Values, { column, direction }: Sort): number {
  const { key, type } = byKey(column);
  const [left, right] = [a[key] ?? null, b[key] ?? null];
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  const sign = direction === 'ASC' ? 1 : -1;
  if (type !== 'text') return sign * (left < right ? -1 : 1);
  const number = (text: string) => (/^\d{1,18}$/.test(text) ? BigInt(text) : 0n);
  const parts = [left, right].map(text => [number(String(text)), String(text).toLowerCase()] as const);
  const [[n, t], [m, u]] = parts as [readonly [bigint, string], readonly [bigint, string]];
  if (n !== m) return n < m ? -sign : sign;
  return t === u ? 0 : t < u ? -sign : sign;
}

/** The unfiltered report, filtered and sorted by hand. */
function expected(rows: readonly Values[], filters: readonly Filter[], sort: readonly Sort[]): Values[] {
  return rows
    .filter(row => filters.every(filter => holds(row, filter)))
    .toSorted((a, b) => sort.reduce((order, by) => order || compare(a, b, by), 0));
}

/** A filter by values that occur, so that it holds for some rows. */
const anyFilter: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom(...SORTABLE), fc.nat(), fc.nat(), fc.nat())
  .map(([{ key, type }, kind, one, other]) => {
    const at = (nth: number) => WHOLE[nth % WHOLE.length]![key] ?? null;
    const pick = (...operators: string[]) => operators[kind % operators.length] as string;
    if (type === 'text') {
      const operator = pick('CONTAINS', 'EQUALS', 'IN', 'IS_EMPTY', 'IS_NOT_EMPTY');
      const text = String(at(one));
      const value = operator === 'CONTAINS' ? text.slice(1, 4).toUpperCase() || 'a' : text;
      return { column: key, operator, value: operator === 'IN' ? [text, String(at(other))] : value };
    }
    const operator = pick('EQUALS', 'AT_LEAST', 'AT_MOST', 'BETWEEN');
    const minute = (value: unknown) =>
      new Date(Date.parse(String(value ?? '2026-05-12T00:00:00Z')) - 4 * 3_600_000).toISOString().slice(0, 16);
    const values = [at(one), at(other)].map(value => (type === 'dts' ? minute(value) : Number(value)));
    const ordered = values.toSorted((a, b) => (a < b ? -1 : 1));
    return { column: key, operator, value: operator === 'BETWEEN' ? ordered : values[0] };
  });
const anySort: fc.Arbitrary<Sort> = fc.record({
  column: fc.constantFrom(...SORTABLE.map(({ key }) => key)),
  direction: fc.constantFrom('ASC', 'DESC'),
});

test('any filters and sort give what the whole report gives, filtered and sorted by hand', async () => {
  assert.ok(WHOLE_ENDED.length > 40, `${WHOLE_ENDED.length} rows`);
  let some = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFilter, { maxLength: 2 }),
      fc.array(anySort, { maxLength: 2 }),
      async (filters, sort) => {
        const rows = await rowsOf({ ...ENDED, filters, sort });
        assert.deepEqual(rows, expected(WHOLE_ENDED, filters, sort));
        if (rows.length > 0 && rows.length < WHOLE_ENDED.length) some++;
      },
    ),
    runs(40),
  );
  assert.ok(some > 5, `${some} of the filters took some rows, not all`);
});

test('also of open sessions', async () => {
  await fc.assert(
    fc.asyncProperty(anyFilter, anySort, async (filter, sort) => {
      assert.deepEqual(await rowsOf({ filters: [filter], sort: [sort] }), expected(WHOLE, [filter], [sort]));
    }),
    runs(8),
  );
});

const SELECTED = {
  filters: [{ column: 'talkTime', operator: 'AT_LEAST', value: 20 }],
  sort: [{ column: 'Login Utilization', direction: 'DESC' }],
};

test('the same criteria give the same rows as a file of every kind and in pages', async () => {
  const rows = await rowsOf(SELECTED);
  assert.ok(rows.length > 10 && rows.length < WHOLE.length);
  const csv = (await file(SELECTED, 'CSV')).trimEnd().split('\n').slice(1);
  assert.deepEqual(
    csv.map(line => line.split(',').at(-2)),
    rows.map(row => row.loginSessionId),
  );
  const first = await page(SELECTED, { limit: 7 });
  const paged = [...first.rows];
  for (let offset = 7; offset < first.rowCount; offset += 7) {
    const next = await page(SELECTED, { viewId: first.viewId, offset, limit: 7 });
    assert.equal(next.viewId, first.viewId);
    assert.deepEqual(next.totals, first.totals);
    paged.push(...next.rows);
  }
  assert.deepEqual(
    paged.map(({ values }) => values),
    rows,
  );
  for (const { agentId, loginSessionId, endReason, origin, values } of paged) {
    assert.deepEqual([agentId, loginSessionId], [values.agentId, values.loginSessionId]);
    assert.deepEqual([endReason, origin], [values.endReason, values.origin]);
  }
  assert.ok(paged.some(({ endReason }) => endReason === 'OPEN'));
});

test('totals are those of the sums', async () => {
  const { totals, rowCount } = await page({}, { limit: 0 });
  assert.equal(rowCount, WHOLE.length);
  const sum = (key: string) => WHOLE.reduce((total, row) => total + Number(row[key]), 0);
  assert.equal(totals.accepted, sum('accepted'));
  // Each printed value is rounded by at most half a hundredth.
  for (const key of ['loginTime', 'talkTime', 'offHookTime', 'workTime', 'availableTime']) {
    assert.ok(Math.abs(Number(totals[key]) - sum(key)) <= 0.005 * (WHOLE.length + 1), key);
  }
  const ratio = (100 * sum('talkTime')) / sum('loginTime');
  assert.ok(Math.abs(Number(totals.loginUtilization) - ratio) < 0.02, `${totals.loginUtilization} ${ratio}`);
  const average = WHOLE.reduce((total, row) => total + Number(row.loginUtilization), 0) / WHOLE.length;
  assert.notEqual(Number(totals.loginUtilization), Math.round(average * 100) / 100, 'not an average');
});

test('totals of one agent are the agent’s row of a report by agent', async () => {
  const agentIds = [String(WHOLE_ENDED[0]!.agentId)];
  const [row] = await rowsOf({ ...ENDED, agentIds, rollupAgent: true });
  const { totals } = await page({ ...ENDED, agentIds }, { limit: 0 });
  for (const [key, value] of Object.entries(totals)) {
    if (key !== 'loginRecorded') assert.deepEqual(value, row![key], key);
  }
  const rolled = await page({ ...ENDED, rollupAgent: true, sort: [{ column: 'agentId' }] });
  assert.equal(rolled.rowCount, new Set(WHOLE_ENDED.map(({ agentId }) => agentId)).size);
  assert.equal(rolled.rows[0]!.loginSessionId, '');
});

test('a view stays as it was; without its id, or with other criteria, it is made anew', async () => {
  const before = await page({}, { limit: 1 });
  const sent = await app.inject({
    method: 'POST',
    url: '/ingest/v1/offhook',
    headers: admin,
    payload: '{"accountId":"sim","loginSessionId":"new","agentId":"new","kind":"LOGIN","at":"2026-05-14T10:00:00Z"}',
  });
  assert.equal(sent.statusCode, 200, sent.body);
  const again = await page({}, { viewId: before.viewId, limit: 1 });
  assert.deepEqual([again.viewId, again.rowCount], [before.viewId, WHOLE.length]);
  const fresh = await page({}, { limit: 1 });
  assert.notEqual(fresh.viewId, before.viewId);
  assert.equal(fresh.rowCount, WHOLE.length + 1);
  const other = await page(SELECTED, { viewId: before.viewId, limit: 1 });
  assert.notEqual(other.viewId, before.viewId, 'the id is of other criteria');
  const unknown = await page({}, { viewId: 'none', limit: 1 });
  assert.equal(unknown.rowCount, WHOLE.length + 1);
  assert.deepEqual((await page({}, { viewId: fresh.viewId, offset: 1e6 })).rows, []);
});

test('views that nobody reads are forgotten, and their rows with them', async () => {
  const { viewId } = await page(ENDED, { limit: 1 });
  clock.nowMs += 60 * 60_000;
  const later = await page(ENDED, { viewId, limit: 1 });
  assert.equal(later.viewId, viewId, 'it is forgotten when another one is made');
  clock.nowMs += 60 * 60_000;
  await page(ENDED, { limit: 1 });
  assert.notEqual((await page(ENDED, { viewId, limit: 1 })).viewId, viewId);
  for (let nth = 0; nth < 8; nth++) await page({ ...ENDED, agentIds: [String(nth)] }, { limit: 1 });
  const kept = await offhook.engine.query('SELECT DISTINCT view_id FROM report_view_rows');
  assert.ok(kept.length <= 6, `${kept.length} views have rows`);
});

test('a reader of some groups pages through their agents only, and not through another’s view', async () => {
  const limited = await user('limited', [grant('sim', 'reader', '1')]);
  const seen = new Set(agents.filter(row => row.agent_group_id === '1').map(row => row.agent_id));
  const whole = await page(ENDED, { limit: 500 });
  const own = await page(ENDED, { limit: 500 }, limited);
  assert.ok(own.rowCount > 0 && own.rowCount < whole.rowCount);
  assert.ok(own.rows.every(({ agentId }) => seen.has(agentId)));
  assert.deepEqual(
    own.rows.map(({ values }) => values),
    await rowsOf(ENDED, limited),
  );
  const borrowed = await page(ENDED, { viewId: whole.viewId, limit: 500 }, limited);
  assert.deepEqual(borrowed.rows, own.rows);
  assert.deepEqual(borrowed.totals, own.totals);
  const byFilter = await page({ ...ENDED, filters: [{ column: 'agentId', operator: 'IS_NOT_EMPTY' }] }, {}, limited);
  assert.equal(byFilter.rowCount, own.rowCount);
});

test('who does not read the account is refused', async () => {
  const other = await user('other', [grant('elsewhere', 'reader')]);
  for (const body of [{}, { reportCriteria: { accountIds: ['elsewhere', 'sim'] } }]) {
    assert.equal((await post('reportRows', body, other)).statusCode, 403);
    assert.equal((await post('reportRows', body, other, 'elsewhere')).statusCode, body.reportCriteria ? 403 : 200);
  }
});

const REFUSED: [criteria: object, attribute: string][] = [
  [{ filters: [{ column: 'noSuch', operator: 'EQUALS', value: 1 }] }, 'reportCriteria.filters.column'],
  [{ filters: [{ column: 'stateLabels', operator: 'IS_EMPTY' }] }, 'reportCriteria.filters.column'],
  [{ sort: [{ column: 'noSuch' }] }, 'reportCriteria.sort.column'],
  [{ filters: [{ column: 'talkTime', operator: 'CONTAINS', value: 1 }] }, 'reportCriteria.filters.operator'],
  [{ filters: [{ column: 'team', operator: 'AT_LEAST', value: 1 }] }, 'reportCriteria.filters.operator'],
  [{ filters: [{ column: 'talkTime', operator: 'AT_LEAST', value: 'x' }] }, 'reportCriteria.filters.value'],
  [{ filters: [{ column: 'talkTime', operator: 'AT_LEAST' }] }, 'reportCriteria.filters.value'],
  [{ filters: [{ column: 'talkTime', operator: 'BETWEEN', value: [1] }] }, 'reportCriteria.filters.value'],
  [{ filters: [{ column: 'team', operator: 'IN', value: [] }] }, 'reportCriteria.filters.value'],
  [{ filters: [{ column: 'team', operator: 'NOT' }] }, 'reportCriteria.filters.0.operator'],
];
for (const [criteria, attribute] of REFUSED) {
  test(`${JSON.stringify(criteria)} is refused by name`, async () => {
    for (const call of ['reportRows', 'reportsStreaming']) {
      const answer = await post(call, { reportCriteria: { ...RANGE, ...criteria } });
      assert.equal(answer.statusCode, 400, answer.body);
      const { validationErrors } = answer.json();
      assert.equal(validationErrors[0].attributeName, attribute, answer.body);
    }
  });
}

test('columns are explained as the report defines them', async () => {
  const answer = await app.inject({
    url: '/api/v1/reports/Agent_Session_Report_Raw/columns',
    headers: admin,
  });
  const columns = answer.json() as Record<string, unknown>[];
  assert.deepEqual(
    columns.map(({ key, title, type, meaning, formula, evidence }) => [key, title, type, meaning, formula, evidence]),
    ALL_COLUMNS.map(({ key, header, type, meaning, formula, evidence }) => [
      key,
      header,
      type,
      meaning,
      formula,
      evidence,
    ]),
  );
  assert.deepEqual(columns.filter(({ isBeyond }) => !isBeyond).length, 39);
  assert.equal(columns.find(({ key }) => key === 'talkTime')!.unit, 'min');
  const unknown = await app.inject({ url: '/api/v1/reports/OTHER/columns', headers: admin });
  assert.equal(unknown.json().errorCode, 'UNKNOWN_REPORT_TYPE');
});

test('saved views are the user’s own, unless they are shared', async () => {
  const ada = await user('ada', [grant('sim', 'reader')]);
  const bob = await user('bob', [grant('sim', 'reader')]);
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, headers: object, payload?: object) =>
    app.inject({
      method,
      url: `/api/v1/admin/accounts/sim/savedViews${path}`,
      headers: { ...headers, ...(payload ? { 'content-type': 'application/json' } : {}) },
      ...(payload ? { payload } : {}),
    });
  const names = async (headers: object) =>
    (await call('GET', '', headers)).json().map((view: { name: string }) => view.name);

  const made = (await call('POST', '', ada, { name: ' Payroll ', query: 'range=last-week' })).json();
  assert.deepEqual(
    { ...made, viewId: '' },
    {
      viewId: '',
      name: 'Payroll',
      query: 'range=last-week',
      isShared: false,
      username: 'ada',
      mayChange: true,
    },
  );
  assert.deepEqual([await names(ada), await names(bob)], [['Payroll'], []]);
  assert.equal((await call('POST', '', ada, { name: 'Payroll', query: '' })).json().errorCode, 'ALREADY_EXISTS');
  assert.equal((await call('POST', '', bob, { name: 'Payroll', query: '' })).statusCode, 200, 'another’s name');
  assert.equal((await call('PUT', `/${made.viewId}`, bob, { name: 'x' })).statusCode, 404);

  await call('PUT', `/${made.viewId}`, ada, { isShared: true });
  const [shared] = (await call('GET', '', bob))
    .json()
    .filter((view: { viewId: string }) => view.viewId === made.viewId);
  assert.deepEqual([shared.query, shared.username, shared.mayChange], ['range=last-week', 'ada', false]);
  assert.equal((await call('DELETE', `/${made.viewId}`, bob)).statusCode, 404);
  assert.equal((await call('DELETE', `/${made.viewId}`, admin)).statusCode, 204, 'an administrator may');
  assert.deepEqual(await names(ada), []);
  const outsider = await user('outsider', [grant('elsewhere', 'reader')]);
  assert.equal((await call('GET', '', outsider)).statusCode, 403);
  const [{ audited }] = (await offhook.engine.query(
    `SELECT groupArray(JSONExtractString(detail, 'change')) AS audited
     FROM (SELECT * FROM audit WHERE action = 'SAVED_VIEW_CHANGED' ORDER BY at, order_in_instant)`,
  )) as [{ audited: string[] }];
  assert.deepEqual(audited, ['VIEW_CREATED', 'VIEW_CREATED', 'VIEW_CHANGED', 'VIEW_DELETED']);
});
