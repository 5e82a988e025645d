// The two published rows of RingCentral's report, from a feed's bytes to the CSV's.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openOffhook } from '../../src/pipeline.ts';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { FEEDS } from '../../src/sources/registry.ts';
import { decodeContext } from '../support/decode-context.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { jsonSplitter } from '../../src/sources/split/split-json.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const offhook = await openOffhook(dataDir);
after(async () => {
  await offhook.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const CONTEXT = decodeContext();
const NOW = Date.UTC(2026, 0, 1);

async function ingest(source: string, text: string) {
  return offhook.ingest(FEEDS[source]!, splitText(text, jsonSplitter()), CONTEXT);
}

async function report(accountId: string, start: string, end: string, timezone: string) {
  const criteria = {
    accountIds: [accountId],
    start,
    end,
    timezone,
    ...ALL_SESSIONS,
  };
  const clock = { nowMs: NOW, staleAfterMs: 16 * 3_600_000 };
  let text = '';
  for await (const chunk of offhook.report(criteria, clock, { format: 'csv', keepFormulas: false })) {
    text += Buffer.from(chunk).toString();
  }
  return text;
}

const GOLDEN = readFileSync(new URL('../golden/agent-session-report.csv', import.meta.url), 'utf8');
const HEADER = GOLDEN.slice(0, GOLDEN.indexOf('\n') + 1);

test('golden 1: 45.45 minutes logged in, in US/Arizona, byte for byte', async () => {
  const event = (type: string, time: string) =>
    `{"event_type":"${type}","agent_login_id":"111222333","account_id":"1","agent_id":"1111111",` +
    `"date_time":"2020-04-27 ${time}","username":"john.smith@gmail.","agent_phone":"6505550100"}\n`;
  await ingest('ringcx', event('LOGIN', '15:02:05') + event('LOGOUT', '15:47:32'));
  await importAgents(offhook.engine, '1', parseAgentsCsv('agent_id,first_name,last_name\n1111111,John,Smiths\n'), NOW);
  assert.equal(await report('1', '2020-04-27 00:00:00', '2020-04-27 23:59:59', 'US/Arizona'), GOLDEN);
});

test('golden 2: the published values of agent 1375145', async () => {
  const facts = [
    ['08:36:50', 'LOGIN', {}],
    ['08:36:50', 'STATE', { baseState: 'AVAILABLE' }],
    ['08:36:52', 'OFF_HOOK', {}],
    ['08:37:10', 'OFFER', { callId: 'c1' }],
    ['08:37:10', 'ANSWER', { callId: 'c1', baseState: 'ENGAGED', pendingDisposition: true }],
    ['08:37:23', 'STATE', { baseState: 'AVAILABLE' }],
    ['08:38:00', 'ON_HOOK', {}],
    ['08:38:00', 'LOGOUT', {}],
  ] as const;
  const lines = facts.map(([time, kind, more]) =>
    JSON.stringify({
      accountId: '2',
      loginSessionId: '900000001',
      agentId: '1375145',
      at: `2021-05-02T${time}Z`,
      kind,
      ...more,
    }),
  );
  await ingest('offhook', lines.join('\n'));
  await importAgents(offhook.engine, '2', parseAgentsCsv('agent_id,first_name,last_name\n1375145,Ada,Byron\n'), NOW);
  assert.equal(
    await report('2', '2021-05-02 00:00:00', '2021-05-02 23:59:59', 'America/New_York'),
    `${HEADER}1375145,Byron,Ada,,,5/2/21 4:36 AM,5/2/21 4:38 AM,,1,1,0,0,0,0.00%,0.22,0.22,1.17,18.57%,1.13,2.00,` +
      '19.12%,97.14%,1.17,0.00,0.00,0.00,0.00,0.22,0.22,,0,0.00,0.00,0.22,0.00,0.95,[No Team Name],900000001,0\n',
  );
});

test('no rows: the header only', async () => {
  assert.equal(await report('nobody', '2021-05-02', '2021-05-02', 'UTC'), HEADER);
});

test('clock changes: 240.00 and 120.00 minutes between 00:30 and 03:30', async () => {
  const event = (type: string, day: string, time: string) =>
    `{"event_type":"${type}","agent_login_id":"${day}","account_id":"3","agent_id":"7","date_time":"${day} ${time}"}\n`;
  for (const day of ['2020-11-01', '2020-03-08']) {
    await ingest('ringcx', event('LOGIN', day, '00:30:00') + event('LOGOUT', day, '03:30:00'));
  }
  const loginTimes = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map(line => line.split(',')[16]);
  assert.deepEqual(loginTimes(await report('3', '2020-11-01', '2020-11-01', 'America/New_York')), ['240.00']);
  assert.deepEqual(loginTimes(await report('3', '2020-03-08', '2020-03-08', 'America/New_York')), ['120.00']);
});

test('names that need quotes, look like formulas or are none', async () => {
  const agents: [id: string, last: string, cell: string][] = [
    ['1', 'Smith, Jr.', '"Smith, Jr."'],
    ['2', 'The "Voice"', '"The ""Voice"""'],
    ['3', 'two\nlines', '"two\nlines"'],
    ['4', 'Zoë 🎧', 'Zoë 🎧'],
    ['5', '=cmd', "'=cmd"],
    ['6', '@SUM(1)', "'@SUM(1)"],
    ['7', '+1 (650) 555-0100', '+1 (650) 555-0100'],
    ['8', '-2+3', "'-2+3"],
    ['9', 'O’Brien\\n', 'O’Brien\\n'],
  ];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const csv = agents.map(([id, last]) => `${id},${quoted(last)}\n`).join('');
  await importAgents(offhook.engine, '4', parseAgentsCsv(`agent_id,last_name\n${csv}`), NOW);
  const lines = agents.flatMap(([id]) =>
    ['LOGIN', 'LOGOUT'].map(kind =>
      JSON.stringify({ accountId: '4', loginSessionId: id, agentId: id, at: '2021-05-02T10:00:00Z', kind }),
    ),
  );
  await ingest('offhook', lines.join('\n'));
  const text = await report('4', '2021-05-02', '2021-05-02', 'UTC');
  for (const [id, , cell] of agents) assert.ok(text.includes(`\n${id},${cell},,`), `${cell} in\n${text}`);
});
