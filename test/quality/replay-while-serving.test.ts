// A replay over HTTP while events of the same sessions arrive: afterwards all is as if the settings had always been so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, clock, user } = await temporaryServer();
const admin = bearer('administrator');
const DAY = Date.UTC(2026, 4, 1, 8);
clock.nowMs = Date.UTC(2026, 4, 2);

async function call(method: 'GET' | 'POST', path: string, payload?: object | string, headers = admin) {
  const answer = await app.inject({ method, url: path, headers, ...(payload !== undefined && { payload }) });
  return { status: answer.statusCode, text: answer.body, body: () => JSON.parse(answer.body) };
}
async function send(feed: string, accountId: string, lines: readonly string[]) {
  const address = feed === 'asterisk' ? `/ingest/v1/asterisk?accountId=${accountId}` : `/ingest/v1/${feed}`;
  const { status, text } = await call('POST', address, lines.join('\n'));
  assert.ok(status < 300, text);
}
async function report(accountId: string): Promise<string> {
  const criteria = {
    startTimestamp: '2026-05-01 00:00:00',
    endTimestamp: '2026-05-01 23:59:59',
    timezoneName: 'UTC',
  };
  const path = `/voice/api/v1/admin/accounts/${accountId}/reportsStreaming`;
  return (await call('POST', path, { reportCriteria: criteria })).text;
}
const map = (accountId: string) =>
  call('POST', `/api/v1/admin/accounts/${accountId}/auxStates`, {
    agentAuxState: 'Huddle',
    baseAgentState: 'TRAINING',
  });

interface Feed {
  name: string;
  agents: number;
  /** What is there before the replay, and what arrives meanwhile. */
  before: (accountId: string, agent: number) => string[];
  meanwhile: (accountId: string, agent: number) => string[];
}

const ringcx = (account_id: string, agent: number, minute: number, event_type: string, label = '') =>
  JSON.stringify({
    account_id,
    agent_id: `${agent}`,
    agent_login_id: `s${agent}`,
    prev_state: '',
    prev_aux_state: '',
    duration: '1',
    event_type,
    event_aux_type: label,
    date_time: new Date(DAY + minute * 60_000).toISOString().slice(0, 19).replace('T', ' '),
  });
const asterisk = (agent: number, minute: number, verb: string, reason = '') =>
  `${DAY / 1000 + 60 * minute}|NONE|q|SIP/${agent}|${verb}|${reason}`;

const FEEDS: Feed[] = [
  {
    name: 'ringcx',
    agents: 120,
    before: (account, agent) => [
      ringcx(account, agent, 0, 'LOGIN'),
      ringcx(account, agent, 1, 'CUSTOM', 'Huddle'),
      ringcx(account, agent, 11, 'AVAILABLE'),
    ],
    meanwhile: (account, agent) => [ringcx(account, agent, 30, 'LOGOUT')],
  },
  {
    name: 'asterisk',
    agents: 12,
    before: (_, agent) => [
      asterisk(agent, 0, 'ADDMEMBER'),
      asterisk(agent, 1, 'PAUSEALL', 'Huddle'),
      asterisk(agent, 11, 'UNPAUSEALL'),
    ],
    meanwhile: (_, agent) => [asterisk(agent, 30, 'REMOVEMEMBER')],
  },
];

for (const { name, agents, before, meanwhile } of FEEDS) {
  test(`${name}: nothing that arrives is lost`, async () => {
    const all = Array.from({ length: agents }, (_, agent) => agent);
    const replayed = `${name}-replayed`;
    const fresh = `${name}-fresh`;
    await send(
      name,
      replayed,
      all.flatMap(agent => before(replayed, agent)),
    );
    await map(replayed);
    const running = call('POST', `/api/v1/admin/accounts/${replayed}/replay`, {});
    let isRunning = true;
    running.finally(() => {
      isRunning = false;
    });
    let whileRunning = 0;
    for (const agent of all) {
      if (isRunning) whileRunning++;
      await send(name, replayed, meanwhile(replayed, agent));
    }
    const answer = await running;
    assert.equal(answer.status, 200, answer.text);
    assert.ok(whileRunning > 0);
    assert.equal(answer.body().sessions, agents);

    // An account that knew the label from the start.
    await send(name, fresh, before(fresh, 0).slice(0, 1));
    await map(fresh);
    await send(
      name,
      fresh,
      all.flatMap(agent => [...before(fresh, agent), ...meanwhile(fresh, agent)]),
    );
    const expected = await report(fresh);
    assert.equal(expected.trimEnd().split('\n').length, agents + 1);
    assert.equal(await report(replayed), expected);
    const again = await call('POST', `/api/v1/admin/accounts/${replayed}/replay`, {});
    assert.equal(again.body().sessions, 0, again.text);
  });
}

test('only an administrator of the account may do it, and it is in the audit log', async () => {
  const own = await user('own', [grant('mine', 'administrator')]);
  await send('ringcx', 'ringcx-replayed', [ringcx('ringcx-replayed', 0, 40, 'CUSTOM', 'Chat')]);
  const foreign = { accountId: 'ringcx-replayed', isPreview: false };
  for (const action of ['replay', 'replayPreview']) {
    const { status, body } = await call('POST', `/api/v1/admin/accounts/mine/${action}`, foreign, own);
    assert.deepEqual([status, body().inputs], [200, 0]);
  }
  const reader = await user('reader', [grant('ringcx-replayed', 'reader')]);
  assert.equal((await call('POST', '/api/v1/admin/accounts/ringcx-replayed/replay', {}, reader)).status, 403);
  const { entries } = (await call('GET', '/api/v1/admin/auditLog/pages?action=EVENTS_REPLAYED')).body();
  assert.deepEqual(
    entries.map(({ accountId }: { accountId: string }) => accountId),
    ['mine', ...['asterisk', 'asterisk', 'ringcx', 'ringcx'].map(name => `${name}-replayed`)],
  );
});
