// A new installation in a browser: from signing in to the first report; the demo, a lost connection, themes, signing out.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { axeFindings, fitsWindow, openPages, screenshots, signIn, temporaryWebServer } from '../support/browser.ts';
import { bearer } from '../support/temporary-server.ts';

const server = await temporaryWebServer();
// The page's clock is the browser's.
server.clock.nowMs = Date.now();
const { context, open, newContext } = await openPages(server.url, { viewport: { width: 1440, height: 1200 } });

const problems: string[] = [];
context.on('weberror', error => problems.push(error.error().message));
context.on('console', message => {
  // The server's errors are answers, not problems of the page.
  if (message.type() === 'error' && !/status of (401|4\d\d)/.test(message.text())) problems.push(message.text());
});
const hosts = new Set<string>();
context.on('request', request => hosts.add(new URL(request.url()).origin));
after(() => {
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [server.url]);
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

test('an empty installation leads from signing in to the first report', async t => {
  const page = await context.newPage();

  await t.test('an address leads to signing in, and a wrong password is an error', async () => {
    await page.goto(`${server.url}/start`);
    await heading(page, 'Sign in').waitFor();
    assert.match(page.url(), /\/sign-in\?next=%2Fstart$/);
    assert.equal(await page.title(), 'Sign in · Offhook');
    await page.getByLabel('User name').fill('administrator');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The user name or password is wrong.').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await screenshots(page, 'sign-in-refused');
  });

  await t.test('signing in leads back to the address, and an empty installation to the first steps', async () => {
    await page.getByLabel('Password', { exact: true }).fill('administrator');
    await button(page, 'Sign in').click();
    await heading(page, 'First steps').waitFor();
    await page.goto(`${server.url}/`);
    await heading(page, 'First steps').waitFor();
    assert.equal(new URL(page.url()).pathname, '/start');
    await button(page, 'Load the demo').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await screenshots(page, 'start');
    await page.setViewportSize({ width: 1440, height: 1200 });
  });

  await t.test(
    'RingCX is connected with the settings shown, and the page turns green with the first event',
    async () => {
      await page.getByLabel('Account').fill('15300002');
      await button(page, 'Create address and token').click();
      await page.getByText('Waiting for the first event…').waitFor();
      assert.deepEqual(await axeFindings(page), []);
      await screenshots(page, 'start-waiting');
      const [url, name, value] = await page.locator('pre').allTextContents();
      assert.equal(url, `${server.url}/ingest/v1/ringcx`);
      const event = {
        event_type: 'LOGIN',
        account_id: '15300002',
        agent_id: '1111111',
        agent_login_id: '111222333',
        username: 'john.smith@example.com',
        date_time: newYorkTime(Date.now() - 60_000),
      };
      const answer = await fetch(url as string, {
        method: 'POST',
        headers: { [name as string]: value as string },
        body: JSON.stringify(event),
      });
      assert.deepEqual(await answer.json(), { stored: 1, rejected: 0 });
      await page.locator('[data-state="here"]').getByText('Events are arriving').waitFor();
      assert.deepEqual(await axeFindings(page), []);
      await screenshots(page, 'start-connected');
    },
  );

  await t.test('agents are imported after a preview, and the report opens', async () => {
    await button(page, 'Next: import agents').click();
    await page.getByLabel('CSV file').waitFor();
    const csv = 'agent_id,first_name,last_name,team\n1111111,John,Smiths,Red\n1111112,Ada,Park,Blue\n';
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByLabel('CSV file').click()]);
    await chooser.setFiles({ name: 'agents.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('2 new, 0 changed, 0 unchanged').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await screenshots(page, 'start-agents');
    await button(page, 'Import 2 agents').click();
    await page.getByText('Imported', { exact: true }).waitFor();
    await button(page, 'Next: the report').click();
    await heading(page, 'Your first report is ready').waitFor();
    await page.getByRole('link', { name: 'Open the report' }).click();
    await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor();
    assert.match(page.url(), /\/report\?.*account=15300002/);
  });
  await page.close();
});

test('after a change of page the focus is on its heading, and the first Tab skips the navigation', async () => {
  const page = await open('/start');
  await heading(page, 'First steps').waitFor();
  await page.getByRole('link', { name: 'Administration' }).click();
  await heading(page, 'Administration').waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.goto(`${server.url}/start`);
  await heading(page, 'First steps').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to main content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
  await page.close();
});

test('the demo is loaded with one click, marked, and removed with one', async () => {
  const payload = { accountId: 'own', agentId: '1', loginSessionId: '1', kind: 'LOGIN', at: new Date().toISOString() };
  const headers = bearer('administrator');
  const sent = await server.app.inject({ method: 'POST', url: '/ingest/v1/offhook', headers, payload });
  assert.deepEqual(sent.json(), { stored: 1, rejected: 0 });
  const accounts = () =>
    server.offhook.engine.query<{ account_id: string }>(
      'SELECT DISTINCT toString(account_id) AS account_id FROM events ORDER BY account_id',
    );
  const before = await accounts();

  const page = await open('/start');
  await button(page, 'Load the demo').click();
  await page.getByRole('progressbar', { name: 'Loading the demo' }).waitFor();
  await button(page, 'Remove the demo').waitFor({ timeout: 120_000 });
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'start-demo');
  await page.getByRole('link', { name: 'Open the demo report' }).click();
  await page.getByRole('banner').getByText('Demo', { exact: true }).waitFor();
  await page.goto(`${server.url}/start`);
  await button(page, 'Remove the demo').click();
  await button(page, 'Load the demo').waitFor();
  assert.deepEqual(await accounts(), before);
  await page.close();
});

/** A tab whose errors are expected. */
async function openApart(apart: BrowserContext, path: string): Promise<Page> {
  const page = await apart.newPage();
  await signIn(page, server.url);
  await page.goto(`${server.url}${path}`);
  return page;
}

test('a lost connection is shown, and comes back by itself', async () => {
  const page = await openApart(await newContext(), '/start');
  await button(page, 'Load the demo').waitFor();
  await page.route('**/*', route => route.abort());
  await button(page, 'Load the demo').click();
  await page.getByText('Connection to the server lost').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'connection-lost');
  await page.unroute('**/*');
  await page.getByText('Connection to the server lost').waitFor({ state: 'detached' });
  await page.context().close();
});

test('the theme is chosen and kept; at 360 pixels the navigation opens and nothing is cut off', async () => {
  const apart = await newContext({ viewport: { width: 360, height: 740 } });
  const page = await openApart(apart, '/start');
  await button(page, 'Navigation').click();
  await page.getByRole('navigation').getByRole('link', { name: 'Live' }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'navigation');
  await page.setViewportSize({ width: 360, height: 740 });
  await button(page, 'Navigation').click();
  await fitsWindow(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await button(page, /^Colours/).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await page.reload();
  await heading(page, 'First steps').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme), 'dark');
  await apart.close();
});

test('signing out revokes the token on the server, too', async () => {
  const page = await openApart(context, '/start');
  const storedToken = () => page.evaluate(() => sessionStorage.getItem('offhook.token'));
  await button(page, 'User: administrator').waitFor();
  const token = await storedToken();
  await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'));
  await button(page, 'User: administrator').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading(page, 'Sign in').waitFor();
  assert.equal(await storedToken(), null);
  assert.equal(await page.evaluate(() => localStorage.length > 0), true, 'settings stay');
  const answer = await fetch(`${server.url}/api/v1/auth/session`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(answer.status, 401);
  await page.close();
});

/** As RingCX's platform clock reads. */
function newYorkTime(ms: number): string {
  return new Date(ms).toLocaleString('sv-SE', { timeZone: 'America/New_York' });
}
