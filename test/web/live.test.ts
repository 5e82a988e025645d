// The live page in a browser: events appear by themselves, a lost connection is shown and restored, groups stay apart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AddressInfo } from 'node:net';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { axeFindings, openPages, screenshots, signIn, temporaryWebServer } from '../support/browser.ts';
import { bearer, grant } from '../support/temporary-server.ts';

const { app, offhook, clock, user, url } = await temporaryWebServer();
const { open, newContext } = await openPages(url);
clock.nowMs = Date.UTC(2026, 4, 1, 12);

const HEADER = 'agent_id,first_name,last_name,team,agent_group_id,agent_group_name';
const AGENTS = ['1,Ada,Lovelace,Blue,10,Sales', '2,Bob,Kahn,Red,20,Support', '3,Cem,Arf,Red,20,Support'];
const enters = (baseState: string) => ({ kind: 'STATE', baseState });

/**
 * An account in which Ada is available and Bob is at lunch. Returns the function that stores further events of an agent, each
 * five seconds after the one before.
 */
async function contactCentre(accountId: string): Promise<(agentId: string, ...facts: object[]) => Promise<void>> {
  await importAgents(offhook.engine, accountId, parseAgentsCsv(`${HEADER}\n${AGENTS.join('\n')}\n`), 0);
  async function happens(agentId: string, ...facts: object[]): Promise<void> {
    const lines = facts.map(fact => {
      clock.nowMs += 5000;
      const at = new Date(clock.nowMs).toISOString();
      return JSON.stringify({ accountId, agentId, loginSessionId: `s${agentId}`, at, ...fact });
    });
    const answer = await app.inject({
      method: 'POST',
      url: '/ingest/v1/offhook',
      headers: bearer('administrator'),
      payload: lines.join('\n'),
    });
    assert.equal(answer.statusCode, 200);
  }
  await happens('1', { kind: 'LOGIN' }, enters('AVAILABLE'));
  await happens('2', { kind: 'LOGIN' }, enters('LUNCH'));
  return happens;
}

test('an event changes the agent’s row, the counts and the order without a reload', async () => {
  const happens = await contactCentre('events');
  const page = await open('/live?account=events&sort=state');
  const row = page.getByRole('row', { name: 'Ada Lovelace' });
  await row.getByText('Available').waitFor();
  await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
  assert.equal(await page.getByRole('row', { name: 'Cem Arf' }).count(), 0);

  await happens('1', { kind: 'ANSWER', baseState: 'ENGAGED', callId: 'c1' });
  await row.getByText('On a call').waitFor();
  await page.getByRole('button', { name: 'On a call 1' }).waitFor();
  assert.deepEqual(await row.getByRole('cell').nth(3).textContent(), '1', 'one call');

  await happens('3', { kind: 'LOGIN' }, enters('TRAINING'));
  await page.getByRole('row', { name: 'Cem Arf' }).waitFor();
  await happens('3', { kind: 'LOGOUT' });
  await page.getByRole('row', { name: 'Cem Arf' }).waitFor({ state: 'detached' });
  await page.close();
});

test('the time in the state runs by the server’s clock, whatever the browser’s clock shows', async () => {
  await contactCentre('clock');
  const page = await (await newContext()).newPage();
  await page.clock.install({ time: new Date('2031-01-01T00:00:00Z') });
  await signIn(page, url);
  await page.goto(`${url}/live?account=clock`);
  const cell = page.getByRole('row', { name: 'Bob Kahn' }).getByRole('cell').nth(1);
  await cell.waitFor();
  const seconds = async () => {
    const [h = 0, m = 0, s = 0] = ((await cell.textContent()) ?? '').split(':').map(Number);
    return 3600 * h + 60 * m + s;
  };
  const before = await seconds();
  assert.ok(before < 120, `${before} seconds`);
  await page.clock.runFor(61_000);
  assert.ok((await seconds()) >= before + 60);
  await page.close();
});

test('search, filters and order are in the address; a row links to the session', async () => {
  await contactCentre('search');
  const page = await open('/live?account=search');
  await page.getByRole('row', { name: 'Bob Kahn' }).waitFor();
  await page.getByRole('textbox', { name: 'Search' }).fill('ada');
  await page.getByRole('row', { name: 'Bob Kahn' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Calls' }).click();
  await page.waitForURL(/search=ada.*sort=calls|sort=calls.*search=ada/);
  await page.reload();
  assert.equal(await page.getByRole('textbox', { name: 'Search' }).inputValue(), 'ada');
  await page.getByRole('row', { name: 'Ada Lovelace' }).waitFor();
  assert.equal(await page.getByRole('row', { name: 'Bob Kahn' }).count(), 0);
  assert.equal(await page.getByRole('columnheader', { name: 'Calls' }).getAttribute('aria-sort'), 'ascending');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: /^L ?Lunch|Lunch 1/ }).click();
  await page.waitForURL(/state=LUNCH/);
  await page.getByRole('row', { name: 'Ada Lovelace' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Bob Kahn' }).click();
  await page.waitForURL(`${url}/session/search/s2`);
  await page.close();
});

test('a reader of a group sees its agents and never the others', async () => {
  const happens = await contactCentre('groups');
  await user('limited', [grant('groups', 'reader', '20')]);
  const page = await open('/live?account=groups', 'limited');
  await page.getByRole('row', { name: 'Bob Kahn' }).waitFor();
  await happens('1', enters('AWAY'));
  await happens('2', enters('AVAILABLE'));
  await page.getByRole('row', { name: 'Bob Kahn' }).getByText('Available').waitFor();
  assert.equal(await page.getByText('Ada Lovelace').count(), 0);
  assert.equal(await page.getByRole('row').count(), 2);
  await page.close();
});

test('the wallboard fills the screen without scrolling, and is closed again', async () => {
  const happens = await contactCentre('wallboard');
  const page = await open('/live?account=wallboard');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.getByRole('button', { name: 'Wallboard' }).click();
  const board = page.getByRole('region', { name: 'Wallboard' });
  await board.getByText('Bob Kahn').first().waitFor();
  const fits = await board.evaluate(
    element => element.scrollHeight <= element.clientHeight && element.scrollWidth <= element.clientWidth,
  );
  assert.ok(fits);
  await happens('2', enters('ON_BREAK'));
  await board.getByRole('listitem').filter({ hasText: 'Bob Kahn' }).getByText('Break').first().waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'live-wallboard');
  await page.getByRole('button', { name: 'Close the wallboard' }).click();
  await page.getByRole('heading', { name: 'Live' }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await screenshots(page, 'live');
  await page.close();
});

test('a lost connection is shown with the last update, and comes back by itself', async () => {
  const happens = await contactCentre('connection');
  const page = await open('/live?account=connection');
  await page.getByRole('row', { name: 'Bob Kahn' }).getByText('Lunch').waitFor();
  // The server stops listening for a while.
  const { port } = app.server.address() as AddressInfo;
  await new Promise(resolve => {
    app.server.close(resolve);
    app.server.closeAllConnections();
  });
  await page.getByText('Reconnecting…').waitFor();
  await page.getByText(/^Last update/).waitFor();
  await page.getByRole('row', { name: 'Bob Kahn' }).waitFor();
  await happens('2', enters('TRAINING'));
  await new Promise<void>(resolve => app.server.listen(port, '127.0.0.1', resolve));
  await page.getByRole('row', { name: 'Bob Kahn' }).getByText('Training').waitFor();
  await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
  await page.close();
});
