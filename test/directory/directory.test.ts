// The agent directory in reports: names and teams as of the login, and the filters that read it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openOffhook } from '../../src/pipeline.ts';
import { ALL_SESSIONS, type ReportCriteria } from '../../src/report/query/criteria.ts';
import { FEEDS } from '../../src/sources/registry.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { jsonSplitter } from '../../src/sources/split/split-json.ts';
import { decodeContext } from '../support/decode-context.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const offhook = await openOffhook(dataDir);
after(async () => {
  await offhook.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const NOW = Date.UTC(2026, 5, 1);
const HEADER = 'agent_id,last_name,team,agent_group_id,external_agent_id,dial_group_name,valid_from\n';
const AGENTS = `${HEADER}1,Before,Red,10,E1,Outbound,2026-02-01\n1,After,Blue,20,E1,,2026-03-01T00:00:00Z\n2,Solo,,10,,,\n`;

const login = (accountId: string, agentId: string, day: string) =>
  ['LOGIN', 'LOGOUT'].map(kind =>
    JSON.stringify({ accountId, loginSessionId: `${agentId}-${day}`, agentId, at: `${day}T09:00:00Z`, kind }),
  );
const lines = ['2026-01-15', '2026-02-15', '2026-03-15'].flatMap(day => [
  ...login('a', '1', day),
  ...login('a', '2', day),
  ...login('a', '3', day),
]);
await offhook.ingest(
  FEEDS.offhook!,
  splitText([...lines, ...login('b', '1', '2026-03-15')].join('\n'), jsonSplitter()),
  decodeContext(),
);
await importAgents(offhook.engine, 'a', parseAgentsCsv(AGENTS), NOW);

/** Session, last name, dial group and team of each row. */
async function report(more: Partial<ReportCriteria>): Promise<string[]> {
  const criteria = {
    accountIds: ['a'],
    start: '2026-01-01',
    end: '2026-12-31',
    timezone: 'UTC',
    ...ALL_SESSIONS,
    ...more,
  };
  const clock = { nowMs: NOW, staleAfterMs: 1 };
  let text = '';
  for await (const chunk of offhook.report(criteria, clock, { format: 'csv', keepFormulas: false })) {
    text += Buffer.from(chunk).toString();
  }
  const cells = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(row => row.split(','));
  return cells.map(row => [row[37], row[1], row[7], row[36]].join(' | '));
}

test('an entry holds from its day on, the first one for all time before it, too', async () => {
  assert.deepEqual(await report({ agentIds: ['1'] }), [
    '1-2026-01-15 | Before | Outbound | Red',
    '1-2026-02-15 | Before | Outbound | Red',
    '1-2026-03-15 | After |  | Blue',
  ]);
});

test('an agent nobody imported has a row all the same', async () => {
  const rows = await report({ agentIds: ['3'], end: '2026-01-31' });
  assert.deepEqual(rows, ['3-2026-01-15 |  |  | [No Team Name]']);
});

const FILTERS: [name: string, criteria: Partial<ReportCriteria>, sessions: string[]][] = [
  ['a group as of the login', { agentGroupIds: ['20'] }, ['1-2026-03-15']],
  ['several teams', { agentTeams: ['Blue', 'Red'], end: '2026-02-28' }, ['1-2026-01-15', '1-2026-02-15']],
  ['agents without team', { agentTeams: ['[No Team Name]'], end: '2026-01-31' }, ['2-2026-01-15', '3-2026-01-15']],
  [
    'all filters together',
    { agentIds: ['1', '2'], agentGroupIds: ['10'], agentTeams: ['Red'], start: '2026-02-01' },
    ['1-2026-02-15'],
  ],
  [
    'several accounts',
    { accountIds: ['a', 'b'], agentIds: ['1'], start: '2026-03-01' },
    ['1-2026-03-15', '1-2026-03-15'],
  ],
  ['an account that does not exist', { accountIds: ['nothing'] }, []],
];
for (const [name, criteria, sessions] of FILTERS) {
  test(`filter: ${name}`, async () => {
    assert.deepEqual(
      (await report(criteria)).map(row => row.split(' | ')[0]),
      sessions,
    );
  });
}

test('the same file again changes nothing; a change without a date holds from now on', async () => {
  const csv = `${HEADER}2,Solo,,10,,,\n`;
  assert.deepEqual(await importAgents(offhook.engine, 'a', parseAgentsCsv(csv), NOW + 1), {
    written: 0,
    unchanged: 1,
  });
  const changed = csv.replace('Solo', 'Duo');
  assert.deepEqual(await importAgents(offhook.engine, 'a', parseAgentsCsv(changed), NOW + 2), {
    written: 1,
    unchanged: 0,
  });
  assert.equal((await report({ agentIds: ['2'] })).at(-1), '2-2026-03-15 | Solo |  | [No Team Name]');
});
