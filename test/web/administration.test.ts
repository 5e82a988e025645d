// The administration in a browser: what each user sees and may change, and what needs a confirmation.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { axeFindings, openPages, screenshots, signIn, temporaryWebServer } from '../support/browser.ts';
import { fillContactCentre } from '../support/contact-centre.ts';
import { bearer } from '../support/temporary-server.ts';

const server = await temporaryWebServer();
server.clock.nowMs = Date.now();
await fillContactCentre(server.app, server.clock.nowMs);
const { context, open } = await openPages(server.url, { locale: 'en-GB', viewport: { width: 1440, height: 900 } });

async function call(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
  const answer = await server.app.inject({
    method,
    url: `/api/v1/admin${path}`,
    headers: bearer('administrator'),
    ...(payload && { payload }),
  });
  assert.ok(answer.statusCode < 300, `${method} ${path}: ${answer.body}`);
  return answer.body === '' ? undefined : answer.json();
}

/** Deletes all entries of a list after the test, since other tests expect it to be empty. */
const emptyAfter = (t: TestContext, path: string, id: string) =>
  t.after(async () => {
    for (const entry of await call('GET', path)) await call('DELETE', `${path}/${entry[id]}`);
  });

/** What each section shows once it is loaded. */
const SECTIONS = {
  feeds: 'received',
  agents: 'ada@example.com',
  aliases: 'No aliases yet.',
  import: 'CSV file',
  states: 'Huddle',
  accounts: 'Tucson',
  users: 'Administrator of all accounts',
  programs: 'No API clients yet',
  audit: 'Changed the directory',
  tokens: 'You have no tokens',
};
for (const [section, shown] of Object.entries(SECTIONS)) {
  test(`the section ${section} is accessible in both themes`, async () => {
    const page = await open(`/admin/${section}?account=phoenix`);
    await page.getByText(shown).filter({ visible: true }).first().waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await screenshots(page, `admin-${section}`);
    await page.close();
  });
}

test('a user is created with a right to one group, signs in, and sees that group and nothing to change', async t => {
  t.after(() => call('DELETE', '/users/sales'));
  const page = await open('/admin/users');
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
  await form.getByRole('button', { name: 'Create user' }).click();
  await page.getByText('Reader of Phoenix, 1 group').waitFor();
  await page.close();

  const own = await context.newPage();
  await signIn(own, server.url, 'sales');
  await own.goto(`${server.url}/admin/agents`);
  await own.getByRole('cell', { name: 'Ada Park' }).waitFor();
  assert.equal(await own.getByText('Bo Lund').count(), 0);
  assert.equal(await own.getByRole('button', { name: /New agent|Edit/ }).count(), 0);
  const links = await own.getByRole('navigation', { name: 'Sections' }).getByRole('link').allTextContents();
  assert.deepEqual(links, ['Feeds', 'Agents', 'States', 'Accounts', 'API tokens']);
  await own.goto(`${server.url}/admin/users`);
  await own.getByRole('heading', { name: 'For administrators only' }).waitFor();
  await own.goto(`${server.url}/admin/feeds`);
  await own.getByRole('heading', { name: 'Not available for your groups' }).waitFor();
  await own.close();
});

test('an error is shown beside the field, with the way to fix it; a deletion asks first', async () => {
  const page = await open('/admin/users');
  await page.getByRole('button', { name: 'Delete administrator' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('all API tokens and JWT credentials').waitFor();
  await question.getByRole('button', { name: 'Delete the user' }).click();
  await question.getByRole('alert').getByText('Make another user an administrator').waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.goto(`${server.url}/admin/accounts`);
  await page.getByRole('button', { name: 'Edit Tucson' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Agent rule').fill('no group');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.locator('.mantine-TextInput-error').getByText('Write one whose first group').waitFor();
  await page.close();
});

test('agents are imported after a preview of the changes; a wrong row is named', async () => {
  const page = await open('/admin/import?account=phoenix');
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
  assert.equal((await call('GET', '/accounts/phoenix/agents')).length, 2);
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'admin-import-preview');
  await page.setViewportSize({ width: 390, height: 844 });
  assert.deepEqual(await axeFindings(page), []);
  await page.getByRole('button', { name: 'Import 2 changes' }).click();
  await page.getByText('Imported', { exact: true }).waitFor();
  assert.equal((await call('GET', '/accounts/phoenix/agents/2')).lastName, 'Berg');
  assert.equal((await call('GET', '/accounts/phoenix/agents/3')).lastName, 'Dåhl');
  await page.close();
});

test('an agent is changed, and the history keeps the earlier values', async () => {
  server.clock.nowMs += 60_000;
  const page = await open('/admin/agents?account=phoenix');
  await page.getByLabel('Search').fill('park');
  await page.getByRole('button', { name: 'Edit Ada Park' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Team').fill('Green');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'Green' }).waitFor();
  await page.getByRole('button', { name: 'Edit Ada Park' }).click();
  await form.getByRole('button', { name: 'History' }).click();
  await form.getByRole('cell', { name: 'Red' }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'admin-agent-form');
  await page.close();
});

test('an unknown label is given a meaning, and a replay is previewed', async () => {
  const page = await open('/admin/states?account=phoenix');
  await page.getByRole('button', { name: 'Set meaning of Huddle' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Counts as').selectOption('TRAINING');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Set for new events').waitFor();
  const [state] = await call('GET', '/accounts/phoenix/auxStates');
  assert.deepEqual([state.agentAuxState, state.baseAgentState.colKey], ['Huddle', 'TRAINING']);
  await page.getByRole('button', { name: 'Preview a replay' }).click();
  await page.getByText(/^In the last 30 days, a replay would change/).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await page.close();
});

test('a label that counts as Away by default is given a meaning, for stored events as well', async () => {
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
  const page = await open('/quality?account=mesa');
  await page.getByText('1 label counts as Away because its base state is not set: «Zzz».').waitFor();
  await page.getByText('./offhook states set --account mesa --label Zzz --base STATE').waitFor();
  await page.getByRole('link', { name: 'Set what the labels count as' }).click();
  await page.getByRole('button', { name: 'Set meaning of Zzz' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Counts as').selectOption('TRAINING');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Zzz counts as Training. 1 stored session changed.').waitFor();
  await page.getByText('No label counts as Away by default.').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await page.close();
});

test('a token is shown once, works, and is refused when it is revoked', async () => {
  const page = await open('/admin/tokens');
  await page.getByRole('button', { name: 'Create a token' }).click();
  const token = (await page.getByRole('dialog').locator('pre').textContent()) as string;
  assert.deepEqual(await axeFindings(page), []);
  const use = async () =>
    (await server.app.inject({ url: '/api/v1/auth/session', headers: { authorization: `Bearer ${token}` } }))
      .statusCode;
  assert.equal(await use(), 200);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('button', { name: `Revoke the token ${token.slice(0, 8)}` }).click();
  await page.getByRole('button', { name: 'Revoke the token', exact: true }).click();
  await page.getByText('You have no tokens').waitFor();
  assert.equal(await use(), 401);
  await page.close();
});

test('a program’s secrets are shown once', async t => {
  emptyAfter(t, '/clients', 'clientId');
  emptyAfter(t, '/jwtCredentials', 'credentialId');
  const page = await open('/admin/programs');
  await page.getByRole('button', { name: 'New API client' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Payroll export');
  await page.getByRole('button', { name: 'Create API client' }).click();
  await page.getByRole('dialog').getByText('Client secret', { exact: true }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Delete the API client Payroll export' }).waitFor();
  await page.getByRole('button', { name: 'New JWT credential' }).click();
  await page.getByRole('combobox', { name: 'User' }).click();
  await page.getByRole('option', { name: 'administrator' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nightly');
  await page.getByRole('button', { name: 'Create JWT credential' }).click();
  await page.getByRole('dialog').getByText('Assertion', { exact: true }).waitFor();
  await page.close();
});

test('the audit log shows what was done, and is filtered', async () => {
  const { clientId } = await call('POST', '/clients', { label: 'Audited' });
  await call('DELETE', `/clients/${clientId}`);
  const state = { agentAuxState: 'Audited', baseAgentState: { colKey: 'TRAINING' } };
  const { stateId } = await call('POST', '/accounts/tucson/auxStates', state);
  await call('DELETE', `/accounts/tucson/auxStates/${stateId}`);
  const token = (
    await server.app.inject({ method: 'POST', url: '/api/v1/admin/token', headers: bearer('administrator') })
  ).body;
  await call('DELETE', `/token/${token}`);
  const page = await open('/admin/audit');
  await page.getByRole('cell', { name: 'Created an API client' }).first().waitFor();
  await page.getByRole('cell', { name: 'Changed a state' }).first().waitFor();
  await page.getByLabel('Action').selectOption('TOKEN_REVOKED');
  await page.getByRole('cell', { name: 'Created an API client' }).first().waitFor({ state: 'detached' });
  await page.getByRole('cell', { name: 'Revoked a token' }).first().waitFor();
  assert.match(page.url(), /action=TOKEN_REVOKED/);
  await page.close();
});
