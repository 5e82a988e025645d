// An empty installation in a real browser: from signing in to the first report, and the demo there and back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { axeFindings, openBrowser, screenshots, temporaryWebServer } from '../support/browser.ts';

const server = await temporaryWebServer();
// The page's clock is the browser's.
server.clock.nowMs = Date.now();
const browser = await openBrowser();
const page = await browser.newPage();
page.setDefaultTimeout(15_000);
const problems: string[] = [];
page.on('pageerror', error => problems.push(error.message));
page.on('console', message => {
  // Refusals of the server are answers, not problems of the page.
  if (message.type() === 'error' && !/status of (401|4\d\d)/.test(message.text())) problems.push(message.text());
});
const hosts = new Set<string>();
page.on('request', request => hosts.add(new URL(request.url()).origin));
after(() => {
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [server.url]);
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string | RegExp) => page.getByRole('heading', { name });

test('an address asks who one is first, and a wrong password is said plainly', async () => {
  await page.goto(`${server.url}/start`);
  await heading('Sign in').waitFor();
  assert.match(page.url(), /\/sign-in\?next=%2Fstart$/);
  assert.equal(await page.title(), 'Sign in · Offhook');
  await page.getByLabel('User name').fill('administrator');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The user name or password is wrong.').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'sign-in-refused');
});

test('signing in leads to where one wanted to go, and an empty installation to the first steps', async () => {
  await page.getByLabel('Password', { exact: true }).fill('administrator');
  await button('Sign in').click();
  await heading('First steps').waitFor();
  await page.goto(`${server.url}/`);
  await heading('First steps').waitFor();
  assert.equal(new URL(page.url()).pathname, '/start');
  await button('Load the demo').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'start');
});

test('RingCX is connected with what the page shows, and the page turns green with the first event', async () => {
  await page.setViewportSize({ width: 1440, height: 1200 });
  await page.getByLabel('Account').fill('15300002');
  await button('Make the address and token').click();
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
  await page.locator('[data-state="here"]').getByText('Events arrive').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'start-connected');
});

test('agents are imported after their preview, and the report opens', async () => {
  await button('Next: import agents').click();
  await page.getByLabel('CSV file').waitFor();
  const csv = 'agent_id,first_name,last_name,team\n1111111,John,Smiths,Red\n1111112,Ada,Park,Blue\n';
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByLabel('CSV file').click()]);
  await chooser.setFiles({ name: 'agents.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByText('2 new, 0 changed, 0 unchanged').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'start-agents');
  await button('Import 2 agents').click();
  await page.getByText('Imported').waitFor();
  await button('Next: the report').click();
  await heading('Your first report is ready').waitFor();
  await page.getByRole('link', { name: 'Open the report' }).click();
  await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor();
  assert.match(page.url(), /\/report\?.*account=15300002/);
});

test('after a change of page the focus is on its heading, and the first Tab skips the navigation', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('link', { name: 'Administration' }).click();
  const title = page.getByRole('heading', { level: 1, name: /.+/ });
  await title.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.goto(`${server.url}/start`);
  await heading('First steps').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
});

test('the demo is loaded with one click, marked, and removed with one', async () => {
  await page.goto(`${server.url}/start`);
  await button('Load the demo').click();
  await page.getByRole('progressbar', { name: 'Loading the demo' }).waitFor();
  await button('Remove the demo').waitFor({ timeout: 120_000 });
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'start-demo');
  await page.getByRole('link', { name: 'Open the demo’s report' }).click();
  await page.getByRole('banner').getByText('Demo', { exact: true }).waitFor();
  await page.goto(`${server.url}/start`);
  await button('Remove the demo').click();
  await button('Load the demo').waitFor();
  const accounts = await server.offhook.engine.query<{ account_id: string }>(
    'SELECT DISTINCT toString(account_id) AS account_id FROM events',
  );
  assert.deepEqual(accounts, [{ account_id: '15300002' }]);
});

test('a lost connection is shown and fixes itself', async () => {
  await page.goto(`${server.url}/start`);
  await button('Load the demo').waitFor();
  await page.route('**/*', route => route.abort());
  await button('Load the demo').click();
  await page.getByText('The connection to the server is lost').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'connection-lost');
  await page.unroute('**/*');
  await page.getByText('The connection to the server is lost').waitFor({ state: 'detached' });
  problems.length = 0;
});

test('the theme is chosen and kept; at 360 pixels the navigation opens and nothing is cut off', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${server.url}/start`);
  await button('Navigation').click();
  await page.getByRole('navigation').getByRole('link', { name: 'Live' }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'navigation');
  await page.setViewportSize({ width: 360, height: 740 });
  await button('Navigation').click();
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(excess <= 0, `${excess} pixels are cut off`);
  await page.emulateMedia({ colorScheme: 'light' });
  await button(/^Colours/).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await page.reload();
  await heading('First steps').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme), 'dark');
});

test('signing out ends the token in the server, too', async () => {
  const token = await page.evaluate(() => sessionStorage.getItem('offhook.token'));
  await button('User: administrator').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading('Sign in').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length > 0), true);
  assert.equal(await page.evaluate(() => sessionStorage.getItem('offhook.token')), null);
  const answer = await fetch(`${server.url}/api/v1/auth/session`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(answer.status, 401);
});

/** As RingCX's platform clock reads. */
function newYorkTime(ms: number): string {
  return new Date(ms).toLocaleString('sv-SE', { timeZone: 'America/New_York' });
}
