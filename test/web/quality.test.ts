// The data quality page in a browser: findings that link to their sessions, and rejected inputs exactly as received.
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeFindings, fitsWindow, openPages, screenshots, temporaryWebServer } from '../support/browser.ts';
import { BROKEN_INPUT, fillContactCentre } from '../support/contact-centre.ts';
import { bearer, grant } from '../support/temporary-server.ts';

const server = await temporaryWebServer();
server.clock.nowMs = Date.now();
await fillContactCentre(server.app, server.clock.nowMs);
const { open } = await openPages(server.url, { locale: 'en-GB', viewport: { width: 1440, height: 900 } });

test('findings are sorted by severity, each with its meaning, examples that link to sessions, and the way to fix it', async () => {
  const page = await open('/quality?account=phoenix');
  await page.getByRole('heading', { name: 'Rejected inputs' }).waitFor();
  const titles = await page.locator('section h2').allTextContents();
  assert.deepEqual(titles, ['Rejected inputs', 'Unknown states', 'Unaccounted time', 'Unknown agents']);
  const unknown = page.locator('section', { has: page.getByRole('heading', { name: 'Unknown states' }) });
  await unknown.getByText('1:30:00').first().waitFor();
  await unknown.getByText('Huddle: 3').waitFor();
  await unknown.getByRole('button', { name: 'examples' }).click();
  const link = unknown.getByRole('link', { name: '900002' });
  assert.equal(await link.getAttribute('href'), '/session/phoenix/900002');
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'quality');
  // The ways to fix it contain long addresses: on a telephone they break and do not widen the page.
  await page.setViewportSize({ width: 390, height: 844 });
  await fitsWindow(page);
  assert.deepEqual(await axeFindings(page), []);
  await page.close();
});

test('a range without sessions has no findings about them; one that ends before it begins is an error beside the field', async () => {
  const page = await open('/quality?account=phoenix&from=2026-01-01&to=2026-01-02');
  await page.getByRole('heading', { name: 'Rejected inputs' }).waitFor();
  assert.deepEqual(await page.locator('section h2').allTextContents(), ['Rejected inputs']);
  await page.getByLabel('To', { exact: true }).fill('2025-12-01');
  await page.getByText('The first day is after the last day.').waitFor();
  await page.close();
});

test('a rejected input is shown formatted, and exactly as received', async () => {
  const page = await open('/quality?account=phoenix');
  await page.getByRole('tab', { name: 'Rejected inputs' }).click();
  await page.getByLabel('Feed').selectOption('offhook');
  await page.getByRole('cell', { name: 'Unknown kind of event' }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'quality-rejects');
  await page.getByRole('button', { name: /^Show the input/ }).click();
  const input = page.getByRole('dialog').locator('pre');
  await input.waitFor();
  assert.equal(await input.textContent(), JSON.stringify(JSON.parse(BROKEN_INPUT), null, 2));
  await page.getByText('As received', { exact: true }).click();
  assert.equal(await input.textContent(), BROKEN_INPUT);
  assert.match(page.url(), /reject=[0-9a-f]{16}/);
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'quality-reject');
  await page.close();
});

test('a reader of a group sees findings about its agents, and learns what is not shown', async () => {
  await server.user('sales', [grant('phoenix', 'reader', '10')]);
  const page = await open('/quality?account=phoenix', 'sales');
  await page.getByText('You may see the agents of some groups only.').waitFor();
  const unknown = page.locator('section', { has: page.getByRole('heading', { name: 'Unknown states' }) });
  await unknown.getByRole('button', { name: 'Show 1 example' }).click();
  await unknown.getByRole('link', { name: '900001' }).waitFor();
  assert.equal(await page.getByRole('link', { name: '900002' }).count(), 0);
  await page.getByRole('tab', { name: 'Rejected inputs' }).click();
  await page.getByRole('heading', { name: 'Not available for your groups' }).waitFor();
  await page.close();
});

test('two names that are likely one agent are joined by a button, and separated in the administration', async () => {
  const second = Math.floor(server.clock.nowMs / 1000) - 2 * 86_400;
  const lines = [
    `${second}|MANAGER|9999|Local/1004@from-queue/n|ADDMEMBER|`,
    `${second + 600}|1.1|9999|DANA REED|CONNECT|10|1.2|8`,
    `${second + 700}|1.1|9999|DANA REED|COMPLETECALLER|10|100|1`,
    `${second + 3600}|MANAGER|9999|Local/1004@from-queue/n|REMOVEMEMBER|`,
  ];
  const sent = await server.app.inject({
    method: 'POST',
    url: '/ingest/v1/asterisk?accountId=queues',
    payload: lines.join('\n'),
    headers: { ...bearer('administrator'), 'content-type': 'text/plain' },
  });
  assert.equal(sent.json().stored, 4);
  const page = await open('/quality?account=queues');
  const title = 'Names that are likely one agent';
  const finding = page.locator('section', { has: page.getByRole('heading', { name: title }) });
  await finding.getByText('LIKELY: 1').waitFor();
  await finding.getByRole('button', { name: 'Join DANA REED to agent 1004' }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'quality-aliases');
  await finding.getByRole('button', { name: 'Join DANA REED to agent 1004' }).click();
  await page.getByText('DANA REED joined to agent 1004. 2 stored events moved to another agent.').waitFor();
  await finding.waitFor({ state: 'detached' });
  await page.goto(`${server.url}/admin/aliases?account=queues`);
  await page.getByRole('button', { name: 'New alias' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Agent').fill('1005');
  await form.getByLabel('Names').fill('BOB\nDANA REED\n');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText("'DANA REED' is already an alias of agent '1004'").waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'admin-alias-form');
  await form.getByLabel('Names').fill('BOB');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Remove DANA REED' }).click();
  await page.getByRole('button', { name: 'Remove the alias' }).click();
  await page.getByRole('button', { name: 'Join DANA REED to agent 1004' }).waitFor();
  await page.getByRole('cell', { name: 'BOB', exact: true }).waitFor();
  await page.close();
});
