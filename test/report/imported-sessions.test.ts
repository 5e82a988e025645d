// Imported sessions beside computed ones: which of the two is shown, sums over both, filters and rights; and Redshift's tables.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UserError } from '../../src/errors.ts';
import type { AgentEvent } from '../../src/events/agent-event.ts';
import { openOffhook } from '../../src/pipeline.ts';
import { COLUMNS } from '../../src/report/columns/columns.ts';
import type { ReportCriteria } from '../../src/report/query/criteria.ts';
import { listAccounts } from '../../src/directory/accounts.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { BLANK_EVENT } from '../support/histories.ts';
import { importText, NOW, reportBytes } from '../support/imports.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const offhook = await openOffhook(dataDir);
after(async () => {
  await offhook.close();
  rmSync(dataDir, { recursive: true, force: true });
});

type Line = Record<string, unknown> & { stateLabels: Record<string, number> };

async function lines(accountId: string, more: Partial<ReportCriteria> = {}): Promise<Line[]> {
  const text = (await reportBytes(offhook, accountId, 'ndjson', { timezone: 'UTC', ...more })).toString();
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}
const picked = (line: Line | undefined, ...keys: string[]) => keys.map(key => line?.[key]);

/** A report of one session for each of the rows; what they do not say is empty or zero. */
function report(...rows: Readonly<Record<string, string>>[]): string {
  const header = COLUMNS.map(column => column.header).join(',');
  const cells = rows.map(row =>
    COLUMNS.map(({ key, type }) => row[key] ?? (type === 'text' || type === 'dts' ? '' : '0')).join(','),
  );
  return `${[header, ...cells].join('\n')}\n`;
}
const importReport = (accountId: string, ...rows: Readonly<Record<string, string>>[]) =>
  importText(offhook, 'agent-session-report', report(...rows), { accountId, timezone: 'UTC' });

const DAY = Date.UTC(2020, 3, 27);
/** Events of one session, `at` in minutes from midnight. */
const events = (accountId: string, loginSessionId: string, ...given: (Partial<AgentEvent> & { at: number })[]) =>
  offhook.writer.write(
    given.map(event => ({
      ...BLANK_EVENT,
      accountId,
      loginSessionId,
      agentId: '1',
      ...event,
      at: DAY + event.at * 60_000,
    })),
  );

test('a computed session whose login is recorded hides the imported one; a part of it is hidden', async () => {
  const at = { loginDts: '4/27/20 9:00 AM', logoutDts: '4/27/20 10:00 AM', loginTime: '60' };
  await importReport(
    'overlap',
    { ...at, agentId: '1', loginSessionId: 'whole', lastName: 'Imported' },
    { ...at, agentId: '1', loginSessionId: 'part', lastName: 'Imported' },
    { ...at, agentId: '1', loginSessionId: 'only', lastName: 'Imported' },
  );
  const end = { kind: 'LOGOUT', at: 600, order: 63 } as const;
  await events('overlap', 'whole', { kind: 'LOGIN', at: 540, order: 0 }, end);
  await events('overlap', 'part', { kind: 'STATE', baseState: 'AVAILABLE', at: 590 }, end);
  await events('overlap', 'new', { kind: 'STATE', baseState: 'AVAILABLE', at: 590 }, end);
  assert.deepEqual(
    (await lines('overlap')).map(line => picked(line, 'loginSessionId', 'origin', 'lastName')),
    [
      ['whole', 'computed', ''],
      ['part', 'imported', 'Imported'],
      ['only', 'imported', 'Imported'],
      ['new', 'computed', ''],
    ],
  );
  // The part is hidden also where the whole began before the range.
  const late = await lines('overlap', { start: '2020-04-27 09:30:00' });
  assert.deepEqual(
    late.map(line => line.loginSessionId),
    ['new'],
  );
});

test('one row per agent over both', async () => {
  const at = { agentId: '1', loginDts: '4/26/20 9:00 AM', logoutDts: '4/26/20 9:10 AM', loginTime: '10.00' };
  await importReport(
    'both',
    { ...at, loginSessionId: 'i1', accepted: '2', talkTime: '3.01', avgTalkTime: '1.51', firstName: 'Old' },
    { ...at, loginSessionId: 'i2', agentId: '2', accepted: '1', talkTime: '1', avgTalkTime: '9' },
  );
  await events(
    'both',
    'c1',
    { kind: 'LOGIN', at: 0, order: 0 },
    { kind: 'ANSWER', callId: 'c', baseState: 'ENGAGED', pendingDisposition: false, at: 10 },
    { kind: 'LOGOUT', at: 20, order: 63 },
  );
  await importAgents(offhook.engine, 'both', [{ agent_id: '1', first_name: 'New', validFromMs: undefined }], NOW);
  const keys = ['agentId', 'origin', 'firstName', 'accepted', 'talkTime', 'avgTalkTime', 'loginTime'];
  const agents = await lines('both', { rollupAgent: true });
  assert.deepEqual(
    agents.map(line => picked(line, ...keys)),
    [
      ['1', 'mixed', 'New', 3, 13.01, 4.34, 30],
      ['2', 'imported', '', 1, 1, 1, 10],
    ],
  );
  const [row] = (await reportBytes(offhook, 'both', 'csv', { rollupAgent: true })).toString().split('\n').slice(1);
  assert.match(row!, /^1,,New,,,4\/26\/20 5:00 AM,4\/26\/20 8:20 PM,/);
  assert.deepEqual(
    (await lines('both')).map(line => picked(line, ...keys)),
    [
      ['1', 'imported', 'Old', 2, 3.01, 1.51, 10],
      ['2', 'imported', '', 1, 1, 9, 10],
      ['1', 'computed', 'New', 1, 10, 10, 20],
    ],
  );
});

test('filters and rights: the team that the report names, the group of the directory', async () => {
  const at = { loginDts: '4/27/20 9:00 AM', logoutDts: '4/27/20 10:00 AM' };
  await importReport(
    'filters',
    { ...at, agentId: '1', loginSessionId: 's1', team: 'Old team' },
    { ...at, agentId: '2', loginSessionId: 's2', team: '[No Team Name]' },
    { ...at, agentId: '3', loginSessionId: 's3', team: 'Old team' },
  );
  const team = { team: 'New team', validFromMs: undefined };
  await importAgents(
    offhook.engine,
    'filters',
    [
      { ...team, agent_id: '1', agent_group_id: '10' },
      { ...team, agent_id: '2', agent_group_id: '20' },
    ],
    NOW,
  );
  const shown = async (more: Partial<ReportCriteria>) =>
    (await lines('filters', more)).map(line => line.loginSessionId);
  assert.deepEqual(await shown({ agentTeams: ['Old team'] }), ['s1', 's3']);
  assert.deepEqual(await shown({ agentTeams: ['New team'] }), []);
  assert.deepEqual(await shown({ agentTeams: ['[No Team Name]'] }), ['s2']);
  assert.deepEqual(await shown({ agentIds: ['3', '2'] }), ['s2', 's3']);
  assert.deepEqual(await shown({ agentGroupIds: ['20'] }), ['s2']);
  assert.deepEqual(await shown({ visibleGroups: new Map([['filters', ['10']]]) }), ['s1']);
  assert.deepEqual(await shown({ visibleGroups: new Map([['filters', []]]) }), []);
  assert.deepEqual(await shown({ maxRows: 2 }), ['s1', 's2']);
  assert.deepEqual(await shown({ start: '2020-04-27 09:00:01' }), []);
  assert.ok((await listAccounts(offhook.engine)).some(({ accountId }) => accountId === 'filters'));
});

test('rows that cannot be used are kept as rejects, and the others are imported', async () => {
  const good = { loginSessionId: 'ok', loginDts: '4/27/20 9:00 AM', logoutDts: '4/27/20 10:00 AM' };
  const bad: [row: Readonly<Record<string, string>> | string, reason: string, detail: RegExp][] = [
    [{ ...good, loginSessionId: '' }, 'MISSING_FIELD', /Login Session ID is missing/],
    [{ ...good, loginDts: '' }, 'MISSING_FIELD', /Login DTS is missing/],
    [{ ...good, loginDts: '2/30/20 9:00 AM' }, 'INVALID_TIME', /Login DTS is "2\/30\/20 9:00 AM"/],
    [{ ...good, loginDts: '4/27/20 13:00 PM' }, 'INVALID_TIME', /expected M\/d\/yy h:mm AM/],
    [{ ...good, logoutDts: '4/27/20 8:59 AM' }, 'INVALID_TIME', /before the login/],
    [{ ...good, accepted: 'two' }, 'INVALID_VALUE', /Accepted is "two"/],
    [{ ...good, accepted: '1.5' }, 'INVALID_VALUE', /whole number/],
    [{ ...good, talkTime: '-1' }, 'INVALID_VALUE', /Talk Time \(min\) is "-1"/],
    [{ ...good, loginUtilization: 'n/a%' }, 'INVALID_VALUE', /Login Utilization/],
    [{ ...good, agentId: '"a\u0001"' }, 'INVALID_VALUE', /control character/],
    ['1,2,3\n', 'INVALID_VALUE', /3 cells, expected 39/],
  ];
  const rows = bad.map(([row]) => (typeof row === 'string' ? row : report(row).split('\n')[1]!.concat('\n')));
  const text = report({ ...good, firstName: '"two\nlines"' }) + rows.join('');
  const written = await importText(offhook, 'agent-session-report', text, { accountId: 'rejects' });
  assert.deepEqual(written, { stored: 1, rejected: bad.length });
  const kept = await offhook.engine.query<{ reason: string; detail: string; position: number; raw: string }>(
    `SELECT reason, detail, position, raw FROM rejects FINAL
     WHERE account_id = 'rejects' AND source = 'agent-session-report' ORDER BY position`,
  );
  kept.forEach(({ reason, detail, position, raw }, nth) => {
    const [, expected, words] = bad[nth]!;
    assert.deepEqual([reason, position, `${raw}\n`], [expected, nth + 4, rows[nth]]);
    assert.match(detail, words);
  });
  assert.equal((await lines('rejects')).length, 1);
});

for (const [name, text, message] of [
  ['an empty file', '', /The file is empty, expected an Agent Session Report/],
  ['another header', 'Agent ID,Name\n1,x\n', /its header lacks Login DTS, Login Session ID/],
  ['a quote that never closes', `${report()}"${'x'.repeat(100)}`, /cannot be read after row 1 \(counting the header\)/],
  ['a row without end', `${report()}"${'x'.repeat(2 << 20)}`, /cannot be read after row 1 \(counting the header\)/],
] as const) {
  test(`${name} is refused`, async () => {
    await assert.rejects(
      importText(offhook, 'agent-session-report', text, { accountId: 'refused' }),
      error => error instanceof UserError && error.code === 'INVALID_REQUEST' && message.test(error.message),
    );
  });
}

const LOGINS = `login_dts,AGENT_LOGIN_ID,agent_id,account_id,logout_dts,username,agent_phone,first_name,team,agent_group_id,\
agent_group_name,dial_group_name,login_time,calls_handled,rna_count,manual_dials,available_time,ring_time,engaged_time,hold_time,\
work_time,break_time,pending_disp_time,off_hook_time,rounded_off_hook_time,location
2020-04-27 09:00:00,1001,7,red,2020-04-27 10:00:00,ada@x,6505550100,Ada,Sales,10,Group,Dial,3600,4,1,9,1200,60,1800,300,3060,\
540,120,1900,1980,
2020-11-01 01:30:00,1002,7,red,2020-11-01 01:10:00.5,,,,,,,,2400,,,,,,,,,,,,,
2020-04-27 11:00:00,1003,7,red,,,,,,,,,600,,,,,,,,,,,,,
`;
const STATES = `account_id,agent_login_id,state_dts,base_state,state_label,duration,pending_disp,uii
red,1002,2020-11-01 01:30:00,AVAILABLE,,600,0,
red,1002,2020-11-01 01:40:00,ENGAGED,On a call,900,0,u1
red,1002,2020-11-01 01:55:00,WORKING,Wrap,300,1,u1
red,1002,2020-11-01 01:00:00,ON-BREAK,Coffee,500,0,
red,1002,2020-11-01 01:08:20,COFFEE-TALK,,100,0,
red,1002,2020-11-01 01:08:20,AVAILABLE,,0,0,
red,9999,2020-11-01 01:08:20,AVAILABLE,,77,0,
`;
/** The same state while it lasted, and a login without its logout. */
const EARLY_STATES = `${STATES.split('\n')[0]}\nred,1002,2020-11-01 01:40:00,ENGAGED,On a call,12,0,u1\n`;

for (const [order, steps] of [
  ['logins first', [LOGINS, STATES, EARLY_STATES]],
  ['states first, in pieces, twice', [EARLY_STATES, STATES, LOGINS, STATES, LOGINS]],
] as const) {
  test(`Redshift’s tables, ${order}`, async () => {
    const accountId = `red-${steps.length}`;
    await importAgents(
      offhook.engine,
      accountId,
      [
        {
          agent_id: '7',
          first_name: 'Directory',
          team: 'Support',
          agent_group_id: '20',
          validFromMs: undefined,
        },
      ],
      NOW,
    );
    for (const text of steps) {
      const name = text === LOGINS ? 'agent-logins' : 'agent-states';
      const own = text.replaceAll('red,', `${accountId},`);
      assert.equal((await importText(offhook, name, own)).rejected, 0);
    }
    const [first, open, ambiguous] = await lines(accountId);
    assert.deepEqual(
      picked(first, 'loginDts', 'logoutDts', 'firstName', 'team', 'username', 'phone', 'dialGroup', 'origin'),
      [
        '2020-04-27T13:00:00.000Z',
        '2020-04-27T14:00:00.000Z',
        'Ada',
        'Sales',
        'ada@x',
        '6505550100',
        'Dial',
        'imported',
      ],
    );
    assert.deepEqual(picked(first, 'presented', 'accepted', 'rna', 'manualNoConnect'), [5, 4, 1, 0]);
    assert.deepEqual(
      picked(first, 'loginTime', 'talkTime', 'avgTalkTime', 'timeOnHold', 'engagedTime', 'workTime', 'breakTime'),
      [60, 25, 6.25, 5, 30, 51, 9],
    );
    assert.deepEqual(
      picked(first, 'offHookTime', 'roundedOffHookTime', 'loginUtilization', 'unaccountedTime', 'endReason'),
      [31.67, 33, 41.67, 0, 'NORMAL'],
    );
    assert.deepEqual(first!.stateLabels, {});
    assert.deepEqual(picked(open, 'loginDts', 'logoutDts', 'endReason', 'loginTime', 'firstName', 'team'), [
      '2020-04-27T15:00:00.000Z',
      null,
      'STALE',
      10,
      'Directory',
      'Support',
    ]);
    // 40 minutes from 1:30 in the first pass of the hour to 1:10 in the second one.
    assert.deepEqual(picked(ambiguous, 'loginDts', 'logoutDts', 'loginTime', 'firstName'), [
      '2020-11-01T05:30:00.000Z',
      '2020-11-01T06:10:00.500Z',
      40,
      'Directory',
    ]);
    assert.deepEqual(
      picked(ambiguous, 'availableTime', 'engagedTime', 'workTime', 'breakTime', 'pendingDispTime', 'talkTime'),
      [10, 15, 30, 8.33, 5, 15],
    );
    assert.deepEqual(picked(ambiguous, 'offHookTime', 'roundedOffHookTime', 'unaccountedTime'), [15, 15, 1.67]);
    assert.deepEqual(ambiguous!.stateLabels, {
      AVAILABLE: 10,
      'On a call': 15,
      Wrap: 5,
      Coffee: 8.33,
      'COFFEE-TALK': 1.67,
    });
    // The group that the table names, else that of the directory.
    const inGroup = async (group: string) =>
      (await lines(accountId, { agentGroupIds: [group] })).map(line => line.loginSessionId);
    assert.deepEqual(await inGroup('10'), ['1001']);
    assert.deepEqual(await inGroup('20'), ['1003', '1002']);
  });
}

test('rows of Redshift that name another account, or no account, time or duration', async () => {
  const words = { accountId: 'mine' };
  assert.deepEqual(
    await importText(offhook, 'agent-logins', 'agent_login_id,login_dts,account_id\n1,,\n2,2020-04-27,\n', words),
    { stored: 0, rejected: 2 },
  );
  const header = 'agent_login_id|state_dts|base_state|duration|account_id\n';
  const rows = '1|2020-04-27 01:00:00|LUNCH|5|yours\n1|2020-04-27 01:00:00|LUNCH||\n';
  assert.equal((await importText(offhook, 'agent-states', header + rows, words)).rejected, 2);
  assert.equal((await importText(offhook, 'agent-states', `${header}1|2020-04-27 01:00:00|LUNCH|5|\n`)).rejected, 1);
  const kept = await offhook.engine.query<{ reason: string }>(
    `SELECT reason FROM rejects FINAL WHERE account_id IN ('mine', '') ORDER BY source, reason, position`,
  );
  assert.deepEqual(
    kept.map(({ reason }) => reason),
    ['INVALID_TIME', 'MISSING_FIELD', 'MISSING_FIELD', 'MISSING_FIELD', 'WRONG_ACCOUNT'],
  );
  await assert.rejects(
    importText(offhook, 'agent-logins', 'agent_id\n1\n'),
    /its header lacks agent_login_id, login_dts/,
  );
});
