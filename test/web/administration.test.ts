// The administration in a browser: what each user sees and may change, and what is asked before it is done.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeFindings, openBrowser, screenshots, signIn, temporaryWebServer } from '../support/browser.ts';
import { fillContactCentre } from '../support/contact-centre.ts';
import { bearer } from '../support/temporary-server.ts';

const server = await temporaryWebServer();
server.clock.nowMs = Date.now();
await fillContactCentre(server.app, server.clock.nowMs);
const browser = await openBrowser();

async function pageOf(path: string, username = 'administrator'): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await signIn(page, server.url, username);
  await page.goto(`${server.url}${path}`);
  return page;
}
const close = (page: Page) => page.context().close();
const ask = async (url: string, headers = bearer('administrator')) =>
  (await server.app.inject({ url: `/api/v1${url}`, headers })).json();

/** What each section shows when it has been loaded. */
const SECTIONS = {
  feeds: 'came',
  agents: 'ada@example.com',
  aliases: 'There is none yet.',
  import: 'CSV file',
  states: 'Huddle',
  accounts: 'Tucson',
  users: 'Administrator of all accounts',
  programs: 'There is no API client',
  audit: 'Changed the directory',
  tokens: 'You have no tokens',
};
for (const [section, shown] of Object.entries(SECTIONS)) {
  test(`the section ${section} is accessible in both themes`, async () => {
    const page = await pageOf(`/admin/${section}?account=phoenix`);
    await page.getByText(shown).filter({ visible: true }).first().waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await screenshots(page, `admin-${section}`);
    await close(page);
  });
}

test('a user is made with a right to one group, signs in, and sees that group and nothing to change', async () => {
  const page = await pageOf('/admin/users');
  await page.getByRole('button', { name: 'New user' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('User name').fill('sales');
  await form.getByRole('textbox', { name: 'Password' }).fill('sales');
  await form.getByRole('button', { name: 'Add a right' }).click();
  await form.getByLabel('Account', { exact: true }).selectOption('phoenix');
  await form.getByRole('combobox', { name: 'Agent groups' }).click();
  await page.getByRole('option', { name: 'Sales' }).click();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'admin-user-form');
  // The list of groups stays open for further ones.
  await form.getByLabel('User name').click();
  await form.getByRole('button', { name: 'Make the user' }).click();
  await page.getByText('Reader of Phoenix, 1 group').waitFor();
  await close(page);

  const own = await pageOf('/admin/agents', 'sales');
  await own.getByRole('cell', { name: 'Ada Park' }).waitFor();
  assert.equal(await own.getByText('Bo Lund').count(), 0);
  assert.equal(await own.getByRole('button', { name: /New agent|Change/ }).count(), 0);
  const links = await own.getByRole('navigation', { name: 'Sections' }).getByRole('link').allTextContents();
  assert.deepEqual(links, ['Feeds', 'Agents', 'States', 'Accounts', 'API tokens']);
  await own.goto(`${server.url}/admin/users`);
  await own.getByRole('heading', { name: 'For administrators' }).waitFor();
  await own.goto(`${server.url}/admin/feeds`);
  await own.getByRole('heading', { name: 'You see the agents of some groups' }).waitFor();
  await close(own);
});

test('a refusal stands beside the field, with the way to fix it; a deletion asks first', async () => {
  const page = await pageOf('/admin/users');
  await page.getByRole('button', { name: 'Delete administrator' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('all API tokens and JWT credentials').waitFor();
  await question.getByRole('button', { name: 'Delete the user' }).click();
  await question.getByRole('alert').getByText('Make another user an administrator').waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.goto(`${server.url}/admin/accounts`);
  await page.getByRole('button', { name: 'Change Tucson' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Agent rule').fill('no group');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.locator('.mantine-TextInput-error').getByText('Write one whose first group').waitFor();
  await close(page);
});

test('agents are imported after what the file changes was shown; a wrong row is named', async () => {
  const page = await pageOf('/admin/import?account=phoenix');
  const choose = async (text: string, encoding: BufferEncoding = 'utf8') => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByLabel('CSV file').click();
    const buffer = Buffer.from(text, encoding);
    await (await chooser).setFiles({ name: 'agents.csv', mimeType: 'text/csv', buffer });
  };
  await choose('Agent ID;First Name;valid_from\n3;Cy;yesterday\n;Di;\n');
  await page.getByRole('alert').getByText('2 mistakes').waitFor();
  assert.deepEqual(await page.getByRole('alert').getByRole('listitem').allTextContents(), [
    'Line 2, column 3 (valid_from): "yesterday" is not a date, expected YYYY-MM-DD.',
    'Line 3, column 1 (Agent ID): is missing.',
  ]);
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'admin-import-mistakes');
  await choose(
    'agent_id,first_name,last_name,agent_group_id,agent_group_name\n1,Ada,Park,10,Sales\n2,Bo,Berg,20,Support\n3,Cy,Dåhl,10,Sales\n',
    'latin1',
  );
  await page.getByText('1 new, 1 changed, 1 unchanged').waitFor();
  await page.getByText('first in line 4). Invalid bytes are read as Windows-1252').waitFor();
  assert.equal((await ask('/admin/accounts/phoenix/agents')).length, 2);
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'admin-import-preview');
  await page.setViewportSize({ width: 390, height: 844 });
  assert.deepEqual(await axeFindings(page), []);
  await page.getByRole('button', { name: 'Import 2 changes' }).click();
  await page.getByText('Imported').waitFor();
  assert.equal((await ask('/admin/accounts/phoenix/agents/2')).lastName, 'Berg');
  assert.equal((await ask('/admin/accounts/phoenix/agents/3')).lastName, 'Dåhl');
  await close(page);
});

test('an agent is changed, with the history of before', async () => {
  server.clock.nowMs += 60_000;
  const page = await pageOf('/admin/agents?account=phoenix');
  await page.getByLabel('Search').fill('park');
  await page.getByRole('button', { name: 'Change Ada Park' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Team').fill('Green');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'Green' }).waitFor();
  await page.getByRole('button', { name: 'Change Ada Park' }).click();
  await form.getByRole('button', { name: 'History' }).click();
  await form.getByRole('cell', { name: 'Red' }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'admin-agent-form');
  await close(page);
});

test('an unknown label is given a meaning, and what a replay would change is shown', async () => {
  const page = await pageOf('/admin/states?account=phoenix');
  await page.getByRole('button', { name: 'Say what it counts as: Huddle' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Counts as').selectOption('TRAINING');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Understood from now on').waitFor();
  const [state] = await ask('/admin/accounts/phoenix/auxStates');
  assert.deepEqual([state.agentAuxState, state.baseAgentState.colKey], ['Huddle', 'TRAINING']);
  await page.getByRole('button', { name: 'See what a replay would change' }).click();
  await page.getByText(/^Of the last 30 days:/).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await close(page);
});

test('a label that counts as Away by default is given a meaning, for what is stored, too', async () => {
  const at = (minutes: number) => Math.floor(Date.now() / 1000) - 7200 + 60 * minutes;
  const line = (minutes: number, verb: string) => `${at(minutes)}|NONE|q|SIP/7|${verb}`;
  const sent = await server.app.inject({
    method: 'POST',
    url: '/ingest/v1/asterisk?accountId=mesa',
    headers: bearer('administrator'),
    payload: [line(0, 'ADDMEMBER|'), line(10, 'PAUSEALL|Zzz'), line(30, 'UNPAUSEALL|'), line(60, 'REMOVEMEMBER|')].join(
      '\n',
    ),
  });
  assert.equal(sent.statusCode, 200, sent.body);
  const page = await pageOf('/quality?account=mesa');
  await page.getByText('1 label counts as Away because its base state is not set: «Zzz».').waitFor();
  await page.getByText('./offhook states set --account mesa --label Zzz --base STATE').waitFor();
  await page.getByRole('link', { name: 'Say what the labels count as' }).click();
  await page.getByRole('button', { name: 'Say what it counts as: Zzz' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Counts as').selectOption('TRAINING');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Zzz counts as Training. 1 stored session has changed.').waitFor();
  await page.getByText('Every label that counts as Away is one.').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await close(page);
});

test('a token is shown once, works, and is refused when it is revoked', async () => {
  const page = await pageOf('/admin/tokens');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const token = (await page.getByRole('dialog').locator('pre').textContent()) as string;
  assert.deepEqual(await axeFindings(page), []);
  const use = async () =>
    (await server.app.inject({ url: '/api/v1/auth/session', headers: { authorization: `Bearer ${token}` } }))
      .statusCode;
  assert.equal(await use(), 200);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('button', { name: `Revoke the token ${token.slice(0, 8)}` }).click();
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await page.getByText('You have no tokens').waitFor();
  assert.equal(await use(), 401);
  await close(page);
});

test('a program’s secrets are shown once', async () => {
  const page = await pageOf('/admin/programs');
  await page.getByRole('button', { name: 'New API client' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Payroll export');
  await page.getByRole('button', { name: 'Make the client' }).click();
  await page.getByRole('dialog').getByText('Client secret', { exact: true }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Delete the API client Payroll export' }).waitFor();
  await page.getByRole('button', { name: 'New JWT credential' }).click();
  await page.getByRole('combobox', { name: 'User' }).click();
  await page.getByRole('option', { name: 'administrator' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nightly');
  await page.getByRole('button', { name: 'Make the credential' }).click();
  await page.getByRole('dialog').getByText('Assertion', { exact: true }).waitFor();
  await close(page);
});

test('the audit log tells what was done, and is filtered', async () => {
  const page = await pageOf('/admin/audit');
  await page.getByRole('cell', { name: 'Made an API client' }).first().waitFor();
  await page.getByRole('cell', { name: 'Changed a state' }).first().waitFor();
  await page.getByLabel('Action').selectOption('TOKEN_REVOKED');
  await page.getByRole('cell', { name: 'Made an API client' }).first().waitFor({ state: 'detached' });
  await page.getByRole('cell', { name: 'Revoked a token' }).first().waitFor();
  assert.match(page.url(), /action=TOKEN_REVOKED/);
  await close(page);
});
