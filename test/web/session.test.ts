// The session page in a browser: each value is the sum of its parts, down to the bytes that were received.
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { COLUMNS } from '../../src/report/columns/columns.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { axeFindings, fitsWindow, openPages, screenshots, temporaryWebServer } from '../support/browser.ts';
import { bearer } from '../support/temporary-server.ts';

const { app, offhook, clock, url, cacheSessions } = await temporaryWebServer();
const pages = await openPages(url, { viewport: { width: 1440, height: 900 }, locale: 'en-US' });
clock.nowMs = Date.UTC(2026, 2, 8, 12);
await importAgents(
  offhook.engine,
  'a',
  parseAgentsCsv('agent_id,first_name,last_name,username,team\n1,Ada,Lovelace,ada,Blue\n'),
  0,
);
await app.inject({
  method: 'PUT',
  url: '/api/v1/admin/accounts/a',
  headers: bearer('administrator'),
  payload: { accountName: 'Centre', timezone: 'America/New_York' },
});

type Fact = readonly [time: string, fact: object];
const SESSION = 'night/1';
/** A night when New York's clocks go forward, with milliseconds, so that nothing adds up by chance. */
const FACTS: Fact[] = [
  ['05:30:00', { kind: 'LOGIN', phone: '+1 650 555 0100', dialGroupName: 'Sales', externalAgentId: 'x1' }],
  ['05:30:00', { kind: 'STATE', baseState: 'AVAILABLE' }],
  ['05:30:30', { kind: 'OFF_HOOK' }],
  ['06:00:00.250', { kind: 'OFFER', baseState: 'TRANSITION', callId: 'c1', queueName: 'Support' }],
  ['06:00:05', { kind: 'RING_NO_ANSWER', baseState: 'RNA', callId: 'c1' }],
  ['06:01:00', { kind: 'STATE', baseState: 'AVAILABLE' }],
  ['06:30:00', { kind: 'OFFER', baseState: 'TRANSITION', callId: 'c2', queueName: 'Support' }],
  ['06:30:04.125', { kind: 'ANSWER', baseState: 'ENGAGED', callId: 'c2', queueName: 'Support' }],
  ['06:31:00', { kind: 'HOLD', callId: 'c2' }],
  ['06:31:30.5', { kind: 'UNHOLD', callId: 'c2' }],
  ['06:35:00', { kind: 'TRANSFER', callId: 'c2' }],
  ['06:35:00', { kind: 'CALL_END', callId: 'c2' }],
  ['06:35:00', { kind: 'STATE', baseState: 'WORKING', pendingDisposition: true }],
  ['06:36:00', { kind: 'STATE', baseState: 'AVAILABLE' }],
  ['06:40:00', { kind: 'ON_HOOK' }],
  ['06:50:00', { kind: 'MANUAL_DIAL', baseState: 'TRANSITION', callId: 'c3' }],
  ['06:50:20', { kind: 'NO_CONNECT', baseState: 'AVAILABLE', callId: 'c3' }],
  ['07:10:00', { kind: 'STATE', baseState: 'LUNCH', stateLabel: 'Meal' }],
  ['07:40:00', { kind: 'STATE', baseState: 'TRAINING', stateLabel: 'Course' }],
  ['07:50:00', { kind: 'STATE', baseState: 'AWAY' }],
  ['07:55:00', { kind: 'STATE', baseState: 'ON_BREAK' }],
  ['08:00:00', { kind: 'MONITOR_START', baseState: 'MONITORING' }],
  ['08:05:00', { kind: 'STATE', baseState: 'UNKNOWN', stateLabel: 'Odd' }],
  ['08:06:00', { kind: 'OFFER', baseState: 'TRANSITION', callId: 'c4' }],
  ['08:06:03', { kind: 'STATE', baseState: 'AVAILABLE' }],
  ['08:30:00', { kind: 'LOGOUT' }],
];
const lines = FACTS.map(([time, fact]) =>
  JSON.stringify({
    accountId: 'a',
    agentId: '1',
    loginSessionId: SESSION,
    at: `2026-03-08T${time}Z`,
    ...fact,
  }),
);
await app.inject({
  method: 'POST',
  url: '/ingest/v1/offhook',
  headers: bearer('administrator'),
  payload: lines.join('\n'),
});
await cacheSessions();

const address = (query = '') => `/session/a/${encodeURIComponent(SESSION)}${query}`;

async function opened(query = ''): Promise<Page> {
  const page = await pages.open(address(query));
  await page.locator('[data-column="talkTime"]').waitFor();
  return page;
}

/** What a person reads in the panel. */
interface Panel {
  value: string;
  heading: string;
  amounts: string[];
  operands: string[];
  totals: string[];
}

async function explained(page: Page, key: string): Promise<Panel> {
  const button = page.locator(`[data-column="${key}"]`);
  await button.click();
  const panel = page.getByRole('complementary', { name: 'Explanation' });
  await panel.getByText('Formula').waitFor();
  const value = (await button.locator('span').last().textContent())!;
  const { alerts, ...read } = await panel.evaluate(element => {
    const texts = (selector: string) => [...element.querySelectorAll(selector)].map(({ textContent }) => textContent);
    return {
      heading: element.querySelector('h2')?.textContent ?? '',
      amounts: texts('[data-amount]'),
      operands: texts('tbody td:last-child'),
      totals: texts('[data-total]'),
      alerts: texts('[role=alert]'),
    };
  });
  assert.deepEqual(alerts, [], `${key} is not exact`);
  await button.click();
  return { value, ...read };
}

function msOf(text: string): number {
  const [, hours, minutes, seconds] = /(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text) ?? [];
  assert.ok(hours !== undefined, text);
  return Math.round(Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000);
}
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

test('for every column the parts that are shown add up to the value that is shown', async () => {
  const page = await opened();
  for (const { key, type, per } of COLUMNS) {
    const { value, heading, amounts, operands, totals } = await explained(page, key);
    assert.equal(heading, `Why ${value}?`, key);
    for (const total of totals) assert.equal(total, value, key);
    if (per !== undefined) {
      const [part, whole] = operands.map(text => (text.includes(':') ? msOf(text) : Number(text)));
      const shown = Number(/[\d.]+/.exec(value)![0]);
      const exact = type === 'percent' ? (100 * part!) / whole! : part! / 60_000 / whole!;
      assert.ok(Math.abs(shown - exact) <= 0.005 + 1e-9, `${key}: ${shown} ${exact}`);
    } else if (type === 'minutes') {
      assert.equal(sum(amounts.map(msOf)), msOf(value), key);
    } else if (type === 'count') {
      assert.equal(sum(amounts.map(Number)), Number(value), key);
    } else {
      assert.deepEqual(amounts, [value], key);
    }
  }
  await page.close();
});

test('the raw input that is shown is the bytes that were received', async () => {
  const page = await opened('?show=events');
  const events = page.getByRole('region', { name: 'Events of the session' });
  for (const nth of [0, 3]) {
    const row = events.getByRole('listitem').nth(nth);
    await row.getByRole('button', { name: 'Raw input' }).click();
    await row.getByText('As received', { exact: true }).click();
    const raw = await row.locator('pre').textContent();
    assert.equal(
      raw,
      lines.find(line => line === raw),
    );
    assert.ok(raw!.includes(nth === 0 ? 'LOGIN' : 'c1'));
    await row.getByText('Formatted', { exact: true }).click();
    assert.deepEqual(JSON.parse((await row.locator('pre').textContent())!), JSON.parse(raw!));
  }
  await page.close();
});

test('by keyboard: a value, its operand, a part, its events, and back; the address names the value', async () => {
  const page = await opened();
  const talk = page.locator('[data-column="talkTime"]');
  await talk.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Explanation' });
  await panel.getByRole('button', { name: 'Time On Hold' }).focus();
  assert.match(page.url(), /why=talkTime/);
  await page.keyboard.press('Enter');
  await panel.getByRole('heading', { name: 'Why 0:00:30.500?' }).waitFor();
  assert.match(page.url(), /why=timeOnHold/);
  await panel.getByRole('button', { expanded: false }).first().focus();
  await page.keyboard.press('Enter');
  await panel.getByText('Started by').waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  const focused = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.column);
  assert.equal(focused, 'timeOnHold');
  await page.goBack();
  await page.close();
});

test('the time line is zoomed and read by keyboard', async () => {
  const page = await opened();
  const line = page.getByRole('application', { name: /Time line/ });
  await line.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await line.getByRole('status').getByText('Available').waitFor();
  await page.keyboard.press('Shift+ArrowRight');
  await line.getByRole('status').getByText('Ringing').waitFor();
  const picture = () => line.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const whole = await picture();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.waitForFunction(before => document.querySelector('canvas')?.toDataURL() !== before, whole);
  await page.keyboard.press('Home');
  await page.waitForFunction(before => document.querySelector('canvas')?.toDataURL() === before, whole);
  await page.close();
});

test('axe finds nothing, in both themes, with the time line, the tables and an explanation', async () => {
  const page = await opened('?why=talkTime');
  await page.getByText('Total of').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'session-why');
  for (const show of ['intervals', 'events', 'timeline']) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${url}${address(`?show=${show}`)}`);
    await page.locator('[data-column="talkTime"]').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await screenshots(page, `session-${show}`);
  }
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`${url}${address('?why=engagedTime')}`);
  await page.getByText('Total of').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await fitsWindow(page);
  await page.close();
});

test('a session that does not exist is not found', async () => {
  const page = await pages.open('/session/a/none');
  await page.getByRole('heading', { name: 'Session not found' }).waitFor();
  await page.close();
});
