// The trends page in a browser: the chart by pointer and keys, the same numbers as a table, and links to the sessions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateCentre } from '../../src/simulate/centre/centre.ts';
import { fillDirectory, fillEvents } from '../../src/simulate/fill.ts';
import { axeFindings, openPages, screenshots, temporaryWebServer } from '../support/browser.ts';
import { bearer } from '../support/temporary-server.ts';

const { app, offhook, clock, url, cacheSessions } = await temporaryWebServer();
const { open } = await openPages(url, { locale: 'en-US' });
clock.nowMs = Date.UTC(2026, 2, 10, 12);
const CENTRE = { accountId: 'a', agents: 12, days: 5, start: '2026-03-02', seed: 3, timezone: 'UTC' };
await fillDirectory(offhook, CENTRE, clock.nowMs);
await fillEvents(offhook, simulateCentre(CENTRE), clock.nowMs, () => {});
await cacheSessions();
const RANGE = 'range=custom&from=2026-03-02&to=2026-03-06&zone=UTC';

/** Starts out at a file without scripts; each test opens an address of its own. */
const page = await open('/favicon.svg');
const chart = page.getByRole('application');

async function trends(by: readonly string[]): Promise<Record<string, string | number>[]> {
  const payload = {
    by,
    reportCriteria: { startTimestamp: '2026-03-02', endTimestamp: '2026-03-06', timezoneName: 'UTC' },
  };
  const headers = bearer('administrator');
  const address = '/api/v1/admin/accounts/a/trends';
  return (await app.inject({ method: 'POST', url: address, headers, payload })).json().rows;
}

/** Cells of the table's row. */
const cells = async (name: string) => page.getByRole('row', { name }).getByRole('cell').allTextContents();

test('the table has the numbers of the call, and the chart is drawn', async () => {
  await page.goto(`${url}/trends?${RANGE}&measure=accepted&by=team`);
  await chart.waitFor();
  assert.ok((await chart.locator('canvas').evaluate(canvas => (canvas as HTMLCanvasElement).width)) > 300);
  const [teams, days, [whole]] = await Promise.all([trends(['team']), trends(['day', 'team']), trends([])]);
  const names = (await page.getByRole('columnheader').allTextContents()).slice(1, -1);
  assert.deepEqual(
    names,
    teams.toSorted((a, b) => Number(b.accepted) - Number(a.accepted)).map(row => row.team),
  );
  const of = (rows: typeof days, team: string) => rows.find(row => row.team === team)?.accepted ?? 0;
  assert.deepEqual(
    await cells('Whole range'),
    [...names.map(name => of(teams, name)), whole!.accepted].map(value => Number(value).toLocaleString('en-US')),
  );
  const monday = days.filter(row => row.day === '2026-03-02');
  assert.deepEqual(
    (await cells('Mar 2, 2026')).slice(0, -1),
    names.map(name => String(of(monday, name))),
  );
});

test('a rate of all is that of the sums, with the decimals of the report', async () => {
  await page.goto(`${url}/trends?${RANGE}&measure=loginUtilization&by=none`);
  const [whole] = await trends([]);
  await page.getByRole('row', { name: 'Whole range' }).waitFor();
  assert.deepEqual(await cells('Whole range'), [`${Number(whole!.loginUtilization).toFixed(2)}%`]);
});

test('more groups than can be told apart: the largest, and the others together', async () => {
  await page.goto(`${url}/trends?${RANGE}&measure=accepted&by=agent`);
  await page.getByRole('row', { name: 'Whole range' }).waitFor();
  const header = await page.getByRole('columnheader').allTextContents();
  const agents = await trends(['agent']);
  assert.equal(header.at(-2), `${agents.length - 6} others`);
  const numbers = (await cells('Whole range')).map(text => Number(text.replaceAll(',', '')));
  assert.equal(
    numbers.slice(0, -1).reduce((sum, number) => sum + number, 0),
    numbers.at(-1),
  );
});

test('keys move along the chart, its values are said, and Enter shows the sessions of the point', async () => {
  await page.goto(`${url}/trends?${RANGE}&measure=accepted&by=team`);
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const tip = chart.getByRole('status');
  assert.match((await tip.textContent()) ?? '', /Mar 3, 2026/);
  const [team] = (await page.getByRole('columnheader').allTextContents()).slice(1);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/report\?/);
  const { searchParams } = new URL(page.url());
  assert.deepEqual(
    ['range', 'from', 'to', 'zone', 'team', 'measure'].map(name => searchParams.get(name)),
    ['custom', '2026-03-03', '2026-03-03', 'UTC', team, null],
  );
  const sessions = (await trends(['day', 'team'])).find(row => row.day === '2026-03-03' && row.team === team);
  await page.getByText(new RegExp(`^${sessions!.sessions} sessions?`)).waitFor();
});

test('a number of the table leads to its sessions; the choice of a measure is in the address', async () => {
  await page.goto(`${url}/trends?${RANGE}&by=agent`);
  await page.getByRole('combobox', { name: 'Measure' }).click();
  await page.getByRole('option', { name: 'Calls accepted' }).click();
  await page.waitForURL(/measure=accepted/);
  await page.getByRole('row', { name: 'Whole range' }).getByRole('link').first().click();
  await page.waitForURL(/\/report\?.*agent=\d+/);
  assert.equal(new URL(page.url()).searchParams.get('from'), '2026-03-02');
  await page.getByText(/^\d+ sessions?/).waitFor();
});

test('lines are hidden and shown by their names; nothing is wrong for those who cannot see it', async () => {
  await page.goto(`${url}/trends?${RANGE}&measure=accepted&by=team`);
  const legend = page.getByRole('list', { name: 'Lines of the chart' });
  const line = legend.getByRole('button').first();
  await line.click();
  assert.equal(await line.getAttribute('aria-pressed'), 'false');
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(
    await chart.getByRole('status').getByRole('listitem').count(),
    (await legend.getByRole('button').count()) - 1,
  );
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'trends');
});
