// Benchmark of the web application in a browser on this machine: time until a page is usable, and scrolling a long report.
// npm run bench:web [-- --sessions 500000]
/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { ensureFirstUser } from '../src/access/users/users.ts';
import { buildApp } from '../src/api/app.ts';
import { buildWeb } from '../src/cli/serve/web-build.ts';
import { openOffhook } from '../src/pipeline.ts';
import { refreshSessionCache } from '../src/sessions/session-cache.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { fillDay, fillDirectory, settle } from './synthetic-sessions.ts';

const { values } = parseArgs({ options: { sessions: { type: 'string', default: '500000' } } });
const DAYS = 50;
const centre = {
  account: '15300002',
  start: '2026-03-01',
  steps: 10,
  agents: Number(values.sessions) / DAYS / 2,
};
const CLOCK = { nowMs: Date.UTC(2026, 5, 1), staleAfterMs: 57_600_000 };
const FIRST_CELL = '[role=grid] [data-row="0"][data-column="0"]';

const print = (what: string, ...figures: string[]) => console.log(`${what.padEnd(52)} ${figures.join(' · ')}`);

async function msOf(run: () => Promise<unknown>): Promise<string> {
  const startMs = performance.now();
  await run();
  return `${Math.round(performance.now() - startMs)} ms`;
}

const dir = mkdtempSync(join(tmpdir(), 'offhook-bench-'));
const offhook = await openOffhook(join(dir, 'data'));
await ensureFirstUser(offhook.engine, { username: 'admin', password: 'bench' }, CLOCK.nowMs);
await fillDirectory(offhook.engine, centre);
for (let day = 0; day < DAYS; day++) await fillDay(offhook.engine, centre, day);
await refreshSessionCache(offhook.engine, CLOCK);
await settle(offhook.engine);
const directory = await buildWeb();
const app = await buildApp({
  offhook,
  now: () => CLOCK.nowMs,
  staleAfterMs: CLOCK.staleAfterMs,
  keepFormulas: false,
  version: 'bench',
  web: () => ({ directory }),
});
await app.listen({ port: 0, host: '127.0.0.1' });
const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const browser = await launchBrowser();
try {
  await firstViews();
  await longReport();
} finally {
  await browser.close();
  await app.close();
  await offhook.close();
  rmSync(dir, { recursive: true, force: true });
}

/** Time until a name can be typed in a browser without a cache; the best of five. */
async function firstViews(): Promise<void> {
  const figures: number[] = [];
  for (let run = 0; run < 5; run++) {
    const page = await (await browser.newContext()).newPage();
    const startMs = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page.getByLabel('User name').fill('admin');
    figures.push(performance.now() - startMs);
    await page.context().close();
  }
  print(
    'the first view, until a name is typed',
    `best ${Math.round(Math.min(...figures))} ms, worst ${Math.round(Math.max(...figures))} ms`,
  );
}

async function longReport(): Promise<void> {
  const page = await signedIn();
  const range = 'account=15300002&range=custom&from=2026-03-01&to=2026-05-01&zone=America/New_York';
  print(
    `${Number(values.sessions).toLocaleString('en')} sessions, until the first rows`,
    await msOf(() => shown(page, `${url}/report?${range}`)),
  );
  print(
    'the same again with a filter and a sort',
    await msOf(() => shown(page, `${url}/report?${range}&filter=talkTime.AT_LEAST.1&sort=talkTime.desc`)),
  );
  await shown(page, `${url}/report?${range}`);
  print('scrolled by the wheel for five seconds', await frames(page));
  const day = await signedIn();
  await shown(day, `${url}/report?${range.replace('to=2026-05-01', 'to=2026-03-01')}`);
  print(`the same where the report has ${2 * centre.agents} rows`, await frames(day));
  await page.bringToFront();
  const jump = () => page.evaluate(() => document.querySelector<HTMLElement>('[role=grid]')!.scrollHeight / 2);
  const half = await jump();
  print(
    'a jump into the middle, until its rows are there',
    await msOf(async () => {
      await page.evaluate(top => {
        document.querySelector<HTMLElement>('[role=grid]')!.scrollTop = top;
      }, half);
      await page.waitForFunction(() => {
        const cells = [...document.querySelectorAll<HTMLElement>('[data-row][data-key=agentId]')];
        return cells.length > 0 && cells.every(cell => Number(cell.dataset.row) > 1000 && cell.textContent !== '');
      });
    }),
  );
}

async function signedIn(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(300_000);
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    body: new URLSearchParams({ username: 'admin', password: 'bench' }),
  });
  const { authToken } = (await answer.json()) as { authToken: string };
  await page.addInitScript(token => sessionStorage.setItem('offhook.token', token), authToken);
  return page;
}

async function shown(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForSelector(FIRST_CELL);
}

/** Times between frames while the wheel turns. */
async function frames(page: Page): Promise<string> {
  await page.locator('[role=grid]').hover();
  const watched = page.evaluate(async () => {
    const gaps: number[] = [];
    let last = performance.now();
    const until = last + 5000;
    while (last < until) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      gaps.push(performance.now() - last);
      last = performance.now();
    }
    return gaps.sort((a, b) => a - b);
  });
  for (let turn = 0; turn < 100; turn++) await page.mouse.wheel(0, 400);
  const gaps = await watched;
  const at = (share: number) => `${gaps[Math.floor(share * (gaps.length - 1))]!.toFixed(0)} ms`;
  return `${gaps.length} frames: p50 ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)}`;
}
