// What a report may show: groups that a reader sees, whatever is asked for, and the first rows only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL_SESSIONS, type ReportCriteria } from '../../src/report/query/criteria.ts';
import { streamReport } from '../../src/report/report.ts';
import { refreshSessionCache } from '../../src/sessions/session-cache.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { BLANK_EVENT } from '../support/histories.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const DAY = Date.UTC(2026, 0, 15, 9);

/** Sessions, in order of login, as account, agent and day; agent 1 changes from group 10 to 20 after the first day. */
const SESSIONS = ['a-1-0', 'b-1-0', 'a-2-0', 'a-3-0', 'b-2-0', 'a-1-1'];
const ENTRIES = [
  ['a', '1', 0, '10'],
  ['a', '1', 1, '20'],
  ['a', '2', 0, '20'],
  // Agent 3 of account a has no group, and none of account b is in the directory but this one.
  ['b', '1', 0, '10'],
] as const;

const events = SESSIONS.flatMap((id, index) => {
  const [accountId, agentId, day] = id.split('-') as [string, string, string];
  const at = DAY + Number(day) * 86_400_000 + index * 1000;
  const session = { ...BLANK_EVENT, accountId, agentId, loginSessionId: id, at };
  return [
    { ...session, kind: 'LOGIN' as const, order: 0 },
    { ...session, kind: 'LOGOUT' as const, order: 63 },
  ];
});
await engine.insertBlock('events', eventBlock(events));
const entries = ENTRIES.map(([account, agent, day, group]) => ({
  account_id: account,
  agent_id: agent,
  valid_from: DAY + day * 80_000_000,
  agent_group_id: group,
  version: 1,
}));
await engine.insert('agents', entries);
const CLOCK = { nowMs: DAY + 1e9, staleAfterMs: 1e6 };
await refreshSessionCache(engine, CLOCK);

async function shown(more: Partial<ReportCriteria>): Promise<string[]> {
  const criteria = {
    ...ALL_SESSIONS,
    accountIds: ['a', 'b'],
    start: '2026-01-01',
    end: '2026-01-31',
    timezone: 'UTC',
    ...more,
  };
  let text = '';
  for await (const chunk of streamReport(engine, criteria, CLOCK, { format: 'ndjson', keepFormulas: false }))
    text += Buffer.from(chunk).toString();
  const rows = text.split('\n').filter(line => line !== '');
  return rows.map(line => {
    const { loginSessionId, agentId } = JSON.parse(line);
    return loginSessionId || agentId;
  });
}

const groups = (...pairs: [account: string, groups: string[]][]) => ({ visibleGroups: new Map(pairs) });

const CASES: [name: string, criteria: Partial<ReportCriteria>, rows: string[]][] = [
  ['all of it', {}, SESSIONS],
  ['a group, as of the login', groups(['a', ['10']]), ['a-1-0', 'b-1-0', 'b-2-0']],
  ['several groups; an agent without one is not seen', groups(['a', ['10', '20']]), without('a-3-0')],
  ['an account without a visible group', groups(['a', []]), ['b-1-0', 'b-2-0']],
  ['the group without a name is none', groups(['a', ['']]), ['b-1-0', 'b-2-0']],
  ['groups of one account are not those of another', groups(['a', ['20']], ['b', ['10']]), ['b-1-0', 'a-2-0', 'a-1-1']],
  ['no more than that is shown if asked for', { ...groups(['a', ['20']]), agentGroupIds: ['10'] }, ['b-1-0']],
  ['hostile names', groups(['a', ["10') OR 1 --", '\\', "'", '\t', '10']]), ['a-1-0', 'b-1-0', 'b-2-0']],
  ['the first rows', { maxRows: 3 }, SESSIONS.slice(0, 3)],
  ['the first rows of those that are seen', { ...groups(['a', []]), maxRows: 1 }, ['b-1-0']],
  ['more rows than there are', { maxRows: 1_000_000_000 }, SESSIONS],
  ['agents', { rollupAgent: true, accountIds: ['a'] }, ['1', '2', '3']],
  ['the first agents', { rollupAgent: true, accountIds: ['a'], maxRows: 2 }, ['1', '2']],
  ['agents that are seen', { rollupAgent: true, accountIds: ['a'], ...groups(['a', ['20']]) }, ['2', '1']],
];

function without(id: string): string[] {
  return SESSIONS.filter(session => session !== id);
}

for (const [name, criteria, rows] of CASES) {
  test(name, async () => assert.deepEqual(await shown(criteria), rows));
}
