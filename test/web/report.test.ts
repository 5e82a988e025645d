// The report page in a browser: filtered, sorted, downloaded, scrolled, sent to a colleague, and limited by rights.
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { simulateAgents } from '../../src/simulate/centre/agents.ts';
import { simulateCentre } from '../../src/simulate/centre/centre.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { axeFindings, fitsWindow, openPages, screenshots, temporaryWebServer } from '../support/browser.ts';
import { bearer, grant } from '../support/temporary-server.ts';

const { app, offhook, clock, user, url, cacheSessions } = await temporaryWebServer();
const CENTRE = { accountId: 'sim', agents: 24, days: 4, start: '2026-05-11', seed: 3, offHook: true };
clock.nowMs = Date.UTC(2026, 4, 14, 18);
const agents = simulateAgents(CENTRE).map((row, nth) => ({
  ...row,
  agent_group_id: String(nth % 2),
  agent_group_name: `Group ${nth % 2}`,
  validFromMs: undefined,
}));
await importAgents(offhook.engine, 'sim', agents, Date.UTC(2026, 0, 1));
await offhook.writer.write([...simulateCentre(CENTRE)].filter(event => event.at <= clock.nowMs));
await user('limited', [grant('sim', 'reader', '1')]);

const LONG = 3_000;
await offhook.engine.command(
  `INSERT INTO events (account_id, login_session_id, at, order_in_instant, kind, pending_disposition, agent_id, source)
   SELECT 'long', toString(10000 + number), fromUnixTimestamp64Milli({start:Int64} + number * 1000 + event.2 * 60000),
     1, event.1, 2, toString(number % 50), 'offhook'
   FROM (SELECT number, arrayJoin([('LOGIN', 0), ('LOGOUT', 5)]) AS event FROM numbers({sessions:UInt64}))`,
  { start: Date.UTC(2026, 4, 12), sessions: LONG },
);
await cacheSessions();

const FIRST_CELL = '[role=grid] [data-row="0"][data-column="0"]';
const RANGE = 'range=custom&from=2026-05-11&to=2026-05-14&zone=America/New_York';

const pages = await openPages(url, {
  acceptDownloads: true,
  locale: 'en-US',
  // Wide enough for all columns, since only those in view are drawn.
  viewport: { width: 5200, height: 900 },
});
await pages.context.clock.setFixedTime(clock.nowMs);

/** The page at the address, once it shows rows. */
async function open(query: string, username = 'administrator', waitFor = FIRST_CELL): Promise<Page> {
  const page = await pages.open(`/report?${query}`, username);
  await page.waitForSelector(waitFor);
  return page;
}

const texts = (page: Page, key: string) => page.locator(`[role=gridcell][data-row][data-key="${key}"]`).allInnerTexts();
const total = (page: Page, key: string) =>
  page.locator(`[role=gridcell]:not([data-row])[data-key="${key}"]`).textContent();
const rowCount = async (page: Page) => Number(await page.locator('[role=grid]').getAttribute('aria-rowcount')) - 2;

async function post(call: string, payload: object, username = 'administrator') {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/v1/admin/accounts/sim/${call}`,
    payload,
    headers: { ...bearer(username), 'content-type': 'application/json' },
  });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer;
}
const CRITERIA = {
  startTimestamp: '2026-05-11',
  endTimestamp: '2026-05-14',
  timezoneName: 'America/New_York',
};

test('filtered, sorted and downloaded: the bytes are those of the API, and the address restores the view', async () => {
  const page = await open(`account=sim&${RANGE}`);
  await page.getByRole('button', { name: /^Talk Time \(min\): meaning/ }).click();
  await page.getByText('Engaged − Time On Hold').waitFor();
  await page.getByLabel('At least (min)').fill('60');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByText('Talk Time (min) ≥ 60').waitFor();
  const title = page.locator('[role=columnheader]', { hasText: 'Talk Time' }).first();
  for (let nth = 0; nth < 2; nth++) await title.locator('[data-head]').click();
  await page.waitForSelector('[role=columnheader][aria-sort=descending]');
  await page.waitForSelector('[role=grid]:not([data-updating])');

  const selection = {
    filters: [{ column: 'talkTime', operator: 'AT_LEAST', value: 60 }],
    sort: [{ column: 'talkTime', direction: 'DESC' }],
  };
  const expected = (await post('reportRows', { reportCriteria: { ...CRITERIA, ...selection } })).json();
  assert.equal(await rowCount(page), expected.rowCount);
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const shown = await texts(page, 'talkTime');
  assert.deepEqual(
    shown,
    expected.rows
      .slice(0, shown.length)
      .map((row: { values: { talkTime: number } }) => format.format(row.values.talkTime)),
  );
  for (const key of ['talkTime', 'loginTime', 'avgTalkTime']) {
    assert.equal(await total(page, key), format.format(expected.totals[key]), key);
  }
  assert.equal(await total(page, 'loginUtilization'), `${format.format(expected.totals.loginUtilization)}%`);

  for (const [name, returnType] of [
    ['CSV', 'CSV'],
    ['JSON', 'JSON'],
    ['Parquet', 'PARQUET'],
  ] as const) {
    await page.getByRole('button', { name: 'Download' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name, exact: true }).click(),
    ]);
    // The message disappears by itself, so it is awaited first.
    await page.getByText('Downloaded').first().waitFor();
    const answer = await post('reportsStreaming', {
      reportCriteria: { ...CRITERIA, ...selection, returnType },
    });
    assert.deepEqual(readFileSync(await download.path()), answer.rawPayload, name);
    assert.match(download.suggestedFilename(), /^Agent_Session_Report_Raw_2026-05-11_2026-05-14\.\w+$/);
  }

  const address = new URL(page.url()).search.slice(1);
  const colleague = await open(address);
  assert.deepEqual(await texts(colleague, 'loginSessionId'), await texts(page, 'loginSessionId'));
  assert.equal(await rowCount(colleague), expected.rowCount);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes('filter='));
  await page.close();
  await colleague.close();
});

test('columns are moved and hidden by keyboard, and the address keeps that', async () => {
  const page = await open(`account=sim&${RANGE}`);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Move Last Name down' }).press('Enter');
  await page.getByRole('checkbox', { name: 'Login DTS' }).press('Space');
  await page.keyboard.press('Escape');
  const heads = () => page.locator('[role=columnheader] [data-head]').allInnerTexts();
  assert.deepEqual((await heads()).slice(0, 3), ['First Name', 'Last Name', 'Logout DTS']);
  await page.reload();
  await page.waitForSelector(FIRST_CELL);
  assert.deepEqual((await heads()).slice(0, 3), ['First Name', 'Last Name', 'Logout DTS']);
  await page.close();
});

test('arrows move through the cells, and Enter opens the session at the explanation of the value', async () => {
  const page = await open(`account=sim&${RANGE}`);
  await page.locator('[data-head="0"]').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'End']) await page.keyboard.press(key);
  const focused = page.locator('[role=gridcell]:focus');
  await focused.waitFor();
  assert.deepEqual(
    [await focused.getAttribute('data-row'), await focused.getAttribute('data-key')],
    ['1', 'monitoringSessions'],
  );
  const session = (await texts(page, 'loginSessionId'))[1];
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/session/sim/${session}?why=monitoringSessions`);
  await page.close();
});

test('a long report is scrolled to its end; the key for the end goes there, too', async () => {
  const page = await open('account=long&range=custom&from=2026-05-12&to=2026-05-12');
  assert.equal(await rowCount(page), LONG);
  await page.evaluate(() => {
    const grid = document.querySelector('[role=grid]') as HTMLElement;
    grid.scrollTop = grid.scrollHeight;
  });
  const last = `[data-row="${LONG - 1}"][data-key="loginSessionId"]`;
  await page.waitForFunction(
    ([selector, text]) => document.querySelector<HTMLElement>(selector as string)?.textContent === text,
    [last, String(10_000 + LONG - 1)],
  );
  await page.locator('[data-head="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[data-row="0"]:focus');
  await page.keyboard.press('Control+End');
  await page.waitForSelector(`[data-row="${LONG - 1}"]:focus`);
  assert.ok((await page.locator('[role=row]').count()) < 120, 'only rows in view are drawn');
  await page.close();
});

test('columns out of view are drawn when they are scrolled to, by hand and by keys', async () => {
  const page = await open(`account=sim&${RANGE}`);
  await page.setViewportSize({ width: 1000, height: 700 });
  const last = page.locator('[role=gridcell][data-row="0"]').last();
  const lastColumn = Number(await page.locator('[role=grid]').getAttribute('aria-colcount')) - 1;
  await page.waitForFunction(
    most => document.querySelectorAll('[role=gridcell][data-row="0"]').length < most,
    lastColumn,
  );
  await page.locator('[data-head="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[data-row="0"][data-column="0"]:focus');
  await page.keyboard.press('End');
  await page.waitForSelector(`[data-row="0"][data-column="${lastColumn}"]:focus`);
  assert.equal(await last.getAttribute('data-column'), String(lastColumn));
  const box = (await last.boundingBox())!;
  const head = (await page.locator(`[data-head="${lastColumn}"]`).boundingBox())!;
  assert.ok(Math.abs(box.x + box.width - (head.x + head.width)) < 60, 'below its header');
  assert.ok(box.x + box.width <= 1000, 'in view');
  await page.keyboard.press('Home');
  await page.waitForSelector('[data-row="0"][data-column="0"]:focus');
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[role=grid]')!.scrollLeft = 900;
  });
  await page.waitForFunction(() => document.querySelector('[data-row="0"][data-column="9"]') !== null);
  assert.equal(await page.locator('[data-row="0"][data-column="0"]').count(), 1, 'the first columns stay');
  await page.close();
});

test('a reader of one group sees its agents only', async () => {
  const page = await open(`account=sim&${RANGE}`, 'limited');
  const own = (await post('reportRows', { reportCriteria: CRITERIA, limit: 500 }, 'limited')).json();
  const all = (await post('reportRows', { reportCriteria: CRITERIA, limit: 0 })).json();
  assert.ok(own.rowCount > 0 && own.rowCount < all.rowCount);
  assert.equal(await rowCount(page), own.rowCount);
  const seen = new Set(agents.filter(row => row.agent_group_id === '1').map(row => row.agent_id));
  const shown = await texts(page, 'agentId');
  assert.ok(shown.length > 10 && shown.every(id => seen.has(id)), shown.join());
  await page.close();
});

test('a view is saved under a name, and opened', async () => {
  const page = await open(`account=sim&${RANGE}&sort=team.desc`);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('By team');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog', { name: 'Save this view' }).waitFor({ state: 'detached' });
  await page.goto(`${url}/report?account=sim&${RANGE}`);
  await page.waitForSelector(FIRST_CELL);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'By team', exact: true }).click();
  await page.waitForFunction(() => location.search.includes('sort=team.desc'));
  await page.close();
});

test('nothing for axe to find: rows, a column’s menu, the choices of a narrow window, nothing there', async () => {
  const page = await open(`account=sim&${RANGE}&filter=loginTime.AT_LEAST.1&sort=talkTime.desc`);
  await page.setViewportSize({ width: 1440, height: 900 });
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'report');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: /^Talk Time \(min\): meaning/ }).click();
  await page.getByText('Engaged − Time On Hold').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByLabel('Find a column').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 360, height: 740 });
  await fitsWindow(page);
  await page.getByRole('button', { name: 'Days, teams and agents' }).click();
  await page.getByRole('button', { name: 'Show the report' }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await page.close();
  const empty = await open('account=sim&range=custom&from=2020-01-01&to=2020-01-01', 'administrator', 'h2');
  await empty.getByText('No sessions on these days').waitFor();
  assert.deepEqual(await axeFindings(empty), []);
  await screenshots(empty, 'report-empty');
  await empty.close();
});
