// Who is logged in now as server-sent events: what comes first, what changes, who sees it, and what ends it.
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { issueApiToken } from '../../src/access/tokens/tokens.ts';
import { LIMITS } from '../../src/limits.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { openEventStream, type StreamedEvent } from '../support/event-stream.ts';
import { appOf, bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user } = await temporaryServer();
const admin = bearer('administrator');
clock.nowMs = Date.UTC(2026, 4, 1, 12);
const DIRECTORY = 'agent_id,first_name,agent_group_id,valid_from\n1,Ada,10,\n2,Bob,20,\n';
const streamOf = (server: FastifyInstance, accountId: string) =>
  `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/api/v1/admin/accounts/${accountId}/realTimeData/agent/stream`;
await app.listen({ port: 0, host: '127.0.0.1' });

const shows = (agentId: number, agentState: string) => (event: StreamedEvent) =>
  event.event === 'change' &&
  event.data.upserted.some(agent => agent.agentId === agentId && agent.agentState === agentState);

/** An account of a test's own, in which three agents are available; the directory knows two of them. */
async function centre(accountId: string) {
  await importAgents(offhook.engine, accountId, parseAgentsCsv(DIRECTORY), 0);
  /** Each event of a test is a second after the one before. */
  async function happens(agentId: string, fact: object): Promise<void> {
    clock.nowMs += 1000;
    const at = new Date(clock.nowMs).toISOString();
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/ingest/v1/offhook',
      headers: admin,
      payload: JSON.stringify({ accountId, agentId, loginSessionId: `s${agentId}`, at, ...fact }),
    });
    assert.equal(statusCode, 200);
  }
  const enters = (agentId: string, baseState: string) => happens(agentId, { kind: 'STATE', baseState });
  for (const agentId of ['1', '2', '3']) {
    await happens(agentId, { kind: 'LOGIN' });
    await enters(agentId, 'AVAILABLE');
  }
  return { happens, enters, address: streamOf(app, accountId) };
}

test('first the whole picture, the same as the lookup gives; then each change, whole', async () => {
  const { happens, enters, address } = await centre('whole');
  const stream = await openEventStream(address, admin);
  const url = '/api/v1/admin/accounts/whole/realTimeData/agent';
  const agents = (await app.inject({ url, headers: admin })).json();
  assert.equal(agents.length, 3);
  const serverTime = new Date(clock.nowMs).toISOString();
  assert.deepEqual(await stream.next(), { event: 'snapshot', data: { serverTime, agents } });

  await enters('1', 'LUNCH');
  const { data } = await stream.until(shows(1, 'LUNCH'));
  assert.deepEqual(
    data.upserted.map(agent => [agent.agentId, agent.stateSince]),
    [[1, new Date(clock.nowMs).toISOString()]],
    'agents of whom nothing new is known are not sent again',
  );
  assert.deepEqual(data.removed, []);

  await happens('1', { kind: 'LOGOUT' });
  const gone = await stream.next();
  assert.deepEqual([gone?.event, gone?.data.upserted, gone?.data.removed], ['change', [], ['s1']]);
  stream.leave();
});

test('what another process stores is seen, too', async () => {
  const { address } = await centre('past');
  const stream = await openEventStream(address, admin);
  await stream.next();
  // Past the writer, as if another process had done it.
  await offhook.engine.command(
    `INSERT INTO events (account_id, login_session_id, at, kind, base_state, agent_id)
     VALUES ('past', 's7', '2026-05-01 12:00:00', 'STATE', 'TRAINING', '7')`,
  );
  await stream.until(shows(7, 'TRAINING'));
  stream.leave();
});

test('a reader of a group never sees another group’s agents, not even that they change', async () => {
  const { enters, address } = await centre('groups');
  const stream = await openEventStream(address, await user('limited', [grant('groups', 'reader', '20')]));
  const snapshot = await stream.next();
  assert.deepEqual(
    snapshot?.data.agents.map(agent => agent.agentId),
    [2],
  );
  const everyone = await openEventStream(address, admin);
  await everyone.next();
  await enters('3', 'LUNCH');
  await everyone.until(shows(3, 'LUNCH'));
  await enters('2', 'AWAY');
  const change = await stream.next();
  assert.deepEqual(
    change?.data.upserted.map(agent => [agent.agentId, agent.agentState]),
    [[2, 'AWAY']],
  );
  stream.leave();
  everyone.leave();
});

test('an agent who joins the reader’s groups appears, one who leaves them is removed', async () => {
  const { enters, address } = await centre('joining');
  const csv = (group: string) => parseAgentsCsv(`agent_id,agent_group_id,valid_from\n3,${group},2026-01-01\n`);
  const stream = await openEventStream(address, await user('joined', [grant('joining', 'reader', '20')]));
  await stream.next();
  await importAgents(offhook.engine, 'joining', csv('20'), clock.nowMs);
  // An event, so that the test need not wait for the next regular look at the directory.
  await enters('3', 'TRAINING');
  await stream.until(shows(3, 'TRAINING'));
  await importAgents(offhook.engine, 'joining', csv('10'), clock.nowMs + 1);
  await enters('3', 'AVAILABLE');
  const gone = await stream.next();
  assert.deepEqual([gone?.data.upserted, gone?.data.removed], [[], ['s3']]);
  stream.leave();
});

test('a token that was deleted ends the stream before anything more is shown', async () => {
  const { enters, address } = await centre('deleted');
  await user('supervisor', [grant('deleted', 'reader')]);
  const token = await issueApiToken(offhook.engine, 'supervisor', clock.nowMs);
  const headers = { authorization: `Bearer ${token}` };
  const stream = await openEventStream(address, headers);
  assert.equal((await stream.next())?.event, 'snapshot');
  const { statusCode } = await app.inject({
    method: 'DELETE',
    url: `/api/v1/admin/token/${token}`,
    headers,
  });
  assert.equal(statusCode, 204);
  await enters('2', 'ON_BREAK');
  assert.deepEqual(await stream.next(), { event: 'end', data: { reason: 'signedOut' } });
  assert.equal(await stream.next(), undefined);
});

test('a user whose rights change begins again with what they may see now', async () => {
  const address = streamOf(app, 'rights');
  const headers = await user('changing', [grant('rights', 'reader')]);
  const stream = await openEventStream(address, headers);
  assert.equal((await stream.next())?.event, 'snapshot');
  const payload = {
    username: 'changing',
    grants: [{ accountId: 'rights', role: 'reader', agentGroupIds: ['20'] }],
  };
  const answer = await app.inject({
    method: 'PUT',
    url: '/api/v1/admin/users/changing',
    headers: admin,
    payload,
  });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.deepEqual(await stream.next(), { event: 'end', data: { reason: 'rightsChanged' } });
});

test('others get nothing', async () => {
  const address = streamOf(app, 'a');
  const headers = await user('other', [grant('b', 'reader')]);
  assert.equal((await fetch(address, { headers })).status, 403);
  assert.equal((await fetch(address)).status, 401);
});

test('a user’s streams are limited, and one that was left makes room', async () => {
  const address = streamOf(app, 'a');
  const own = { headers: await user('many', [grant('a', 'reader')]) };
  const { perUser } = LIMITS.liveStreams;
  const streams = await Promise.all(Array.from({ length: perUser }, () => openEventStream(address, own.headers)));
  const refused = await fetch(address, own);
  assert.equal(refused.status, 429);
  assert.equal(((await refused.json()) as { errorCode: string }).errorCode, 'TOO_MANY_STREAMS');
  streams[0]!.leave();
  let answer: Response;
  do {
    answer = await fetch(address, own);
    await answer.body?.cancel();
  } while (answer.status === 429);
  assert.equal(answer.status, 200);
  for (const stream of streams) stream.leave();
});

test('the server’s end ends the streams at once', async () => {
  const ending = await appOf(offhook, clock);
  await ending.listen({ port: 0, host: '127.0.0.1' });
  const stream = await openEventStream(streamOf(ending, 'a'), admin);
  await stream.next();
  const closing = ending.close();
  assert.deepEqual(await stream.next(), { event: 'end', data: { reason: 'shutdown' } });
  assert.equal(await stream.next(), undefined);
  // Connections that the client opened in advance and never used are cut, as `serve` does.
  ending.server.closeAllConnections();
  await closing;
});
