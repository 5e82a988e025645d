// The directory over HTTP: rights, history, pages, ids as numbers and text, and refused requests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';
import { runs } from '../support/property-runs.ts';

const { app, offhook, clock, user } = await temporaryServer();
const USERS = {
  global: bearer('administrator'),
  admin: await user('admin', [grant('a', 'administrator')]),
  reader: await user('reader', [grant('a', 'reader')]),
  limited: await user('limited', [grant('a', 'reader', '10')]),
  ingest: await user('ingest', [grant('a', 'ingest')]),
  other: await user('other', [grant('b', 'reader')]),
};
type Who = keyof typeof USERS;

const HEADER = 'agent_id,first_name,team,agent_group_id,agent_group_name,dial_group_id,dial_group_name\n';
const AGENTS = `${HEADER}1,Ada,Red,10,Ten,5,Outbound\n2,Bob,Red,20,Twenty,6,Inbound\n3,Cyd,Blue,10,Ten,,\n`;
await importAgents(offhook.engine, 'a', parseAgentsCsv(AGENTS), clock.nowMs);
await importAgents(offhook.engine, 'b', parseAgentsCsv('agent_id\n1\n'), clock.nowMs);

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
async function call(who: Who, method: Method, path: string, body?: unknown) {
  const answer = await app.inject({
    method,
    url: `/voice/api/v1/admin/accounts${path}`,
    headers: USERS[who],
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  if (method !== 'GET') clock.nowMs++;
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
}
const get = async (path: string, who: Who = 'admin') => (await call(who, 'GET', path)).body;
const put = (path: string, body: unknown, who: Who = 'admin') => call(who, 'PUT', path, body);
const post = (path: string, body: unknown, who: Who = 'admin') => call(who, 'POST', path, body);

async function audited(action: string): Promise<Record<string, unknown>[]> {
  const rows = await offhook.engine.query<{ username: string; detail: string }>(
    'SELECT username, detail FROM audit WHERE action = {action:String} ORDER BY at',
    { action },
  );
  return rows.map(({ username, detail }) => ({ username, ...JSON.parse(detail) }));
}

/** Statuses for global, admin, reader, limited, ingest, other. These calls change nothing or are undone. */
const RIGHTS: [call: string, method: Method, path: string, body: unknown, statuses: number[]][] = [
  ['read the account', 'GET', '/a', undefined, [200, 200, 200, 200, 403, 403]],
  ['read an account that does not exist', 'GET', '/nothing', undefined, [404, 403, 403, 403, 403, 403]],
  ['set the account', 'PUT', '/a', {}, [200, 200, 403, 403, 403, 403]],
  ['set the main account', 'PUT', '/a', { mainAccountId: 'c' }, [400, 403, 403, 403, 403, 403]],
  ['list the groups', 'GET', '/a/agentGroups', undefined, [200, 200, 200, 200, 403, 403]],
  ['read a group', 'GET', '/a/agentGroups/20', undefined, [200, 200, 200, 403, 403, 403]],
  ['read the own group', 'GET', '/a/agentGroups/10', undefined, [200, 200, 200, 200, 403, 403]],
  ['read a group that does not exist', 'GET', '/a/agentGroups/30', undefined, [404, 404, 404, 403, 403, 403]],
  ['change a group', 'PUT', '/a/agentGroups/10', {}, [200, 200, 403, 403, 403, 403]],
  ['delete a group with agents', 'DELETE', '/a/agentGroups/10', undefined, [400, 400, 403, 403, 403, 403]],
  [
    'create a group that exists',
    'POST',
    '/a/agentGroups',
    { agentGroupId: 10, groupName: 'X' },
    [409, 409, 403, 403, 403, 403],
  ],
  ['list the agents of a group', 'GET', '/a/agentGroups/20/agents', undefined, [200, 200, 200, 403, 403, 403]],
  ['list the agents of the own group', 'GET', '/a/agentGroups/10/agents', undefined, [200, 200, 200, 200, 403, 403]],
  ['list all agents', 'GET', '/a/agents', undefined, [200, 200, 200, 200, 403, 403]],
  ['read an agent', 'GET', '/a/agentGroups/20/agents/2', undefined, [200, 200, 200, 403, 403, 403]],
  ['read an agent without naming the group', 'GET', '/a/agents/2', undefined, [200, 200, 200, 403, 403, 403]],
  ['read an agent of the own group', 'GET', '/a/agentGroups/10/agents/1', undefined, [200, 200, 200, 200, 403, 403]],
  ['read an agent in another group', 'GET', '/a/agentGroups/10/agents/2', undefined, [404, 404, 404, 403, 403, 403]],
  ['read an agent who does not exist', 'GET', '/a/agents/9', undefined, [404, 404, 404, 403, 403, 403]],
  ['change an agent', 'PUT', '/a/agentGroups/10/agents/1', {}, [200, 200, 403, 403, 403, 403]],
  ['create an agent who exists', 'POST', '/a/agentGroups/10/agents', { agentId: 1 }, [409, 409, 403, 403, 403, 403]],
  ['delete an agent who does not exist', 'DELETE', '/a/agents/9', undefined, [404, 404, 403, 403, 403, 403]],
  ['preview an import', 'POST', '/a/agentsImport?preview=true', 'agent_id\n1\n', [200, 200, 403, 403, 403, 403]],
  ['list the aliases', 'GET', '/a/agentAliases', undefined, [200, 200, 403, 403, 403, 403]],
  ['likely aliases', 'GET', '/a/agentAliases/suggestions', undefined, [200, 200, 403, 403, 403, 403]],
  [
    'an alias that equals the agent id',
    'PUT',
    '/a/agentAliases',
    { agentId: 1, aliases: ['1'] },
    [400, 400, 403, 403, 403, 403],
  ],
  [
    'remove an alias that does not exist',
    'DELETE',
    '/a/agentAliases?alias=x',
    undefined,
    [404, 404, 403, 403, 403, 403],
  ],
  ['import a file without aliases', 'POST', '/a/agentAliasesImport', 'a,b\n1,2\n', [400, 400, 403, 403, 403, 403]],
  ['list the states', 'GET', '/a/auxStates', undefined, [200, 200, 200, 200, 403, 403]],
  [
    'create a state with an unknown base state',
    'POST',
    '/a/auxStates',
    { agentAuxState: 'X', baseAgentState: 'NAP' },
    [400, 400, 403, 403, 403, 403],
  ],
  ['change a state that does not exist', 'PUT', '/a/auxStates/9', {}, [404, 404, 403, 403, 403, 403]],
  ['remove a state that does not exist', 'DELETE', '/a/auxStates/9', undefined, [404, 404, 403, 403, 403, 403]],
  ['list the dial groups', 'GET', '/a/dialGroups', undefined, [200, 200, 200, 200, 403, 403]],
];
for (const [name, method, path, body, expected] of RIGHTS) {
  test(`rights: ${name}`, async () => {
    const statuses: number[] = [];
    for (const who of Object.keys(USERS) as Who[]) statuses.push((await call(who, method, path, body)).status);
    assert.deepEqual(statuses, expected);
  });
}

test('all calls need credentials', async () => {
  for (const path of ['', '/a', '/a/agentGroups', '/a/agents', '/a/auxStates', '/a/dialGroups']) {
    assert.equal((await app.inject({ url: `/api/v1/admin/accounts${path}` })).statusCode, 401, path);
  }
});

test('a call without changes writes nothing', async () => {
  const before = await offhook.engine.query('SELECT count() AS entries FROM agents');
  const agent = await get('/a/agents/1');
  assert.equal((await put('/a/agents/1', agent)).status, 200);
  assert.equal((await put('/a/agentGroups/10', await get('/a/agentGroups/10'))).status, 200);
  assert.equal((await put('/a', await get('/a'))).status, 200);
  assert.deepEqual(await offhook.engine.query('SELECT count() AS entries FROM agents'), before);
  for (const action of ['DIRECTORY_CHANGED', 'ACCOUNT_CHANGED']) assert.deepEqual(await audited(action), []);
});

test('accounts: those that the user may read, with their settings', async () => {
  const a = {
    accountId: 'a',
    accountName: 'a',
    mainAccountId: 'a',
    timezone: 'UTC',
    feedTimezone: 'America/New_York',
    agentRule: '',
    keepMonths: 0,
  };
  const ids = async (who: Who) => (await get('', who)).map(({ accountId }: { accountId: string }) => accountId);
  assert.deepEqual(await get('', 'limited'), [a]);
  assert.deepEqual(await ids('global'), ['a', 'b']);
  assert.deepEqual(await ids('ingest'), []);
  const changed = await put('/a', { accountName: ' Phoenix ', timezone: 'US/Arizona' });
  assert.deepEqual(changed.body, { ...a, accountName: 'Phoenix', timezone: 'US/Arizona' });
  assert.deepEqual(await get('/a'), changed.body);
  assert.deepEqual(await audited('ACCOUNT_CHANGED'), [
    { username: 'admin', accountName: 'Phoenix', timezone: 'US/Arizona' },
  ]);
  const refused = await put('/a', { feedTimezone: 'Mars/Olympus', agentRule: '' });
  assert.deepEqual(
    [refused.status, refused.body.errorCode, refused.body.validationErrors[0].attributeName],
    [400, 'UNKNOWN_TIME_ZONE', 'feedTimezone'],
  );
});

test('rights to a main account apply to its sub-accounts at once, and end at once', async () => {
  await put('/sub', { accountName: 'Sub' }, 'global');
  const asReader = async () => (await call('reader', 'GET', '/sub/agentGroups')).status;
  assert.equal(await asReader(), 403);
  assert.equal((await put('/sub', { mainAccountId: 'a' }, 'global')).body.mainAccountId, 'a');
  assert.equal(await asReader(), 200);
  assert.equal((await put('/sub', { timezone: 'UTC', mainAccountId: 'a' })).status, 200);
  assert.equal((await put('/sub', { mainAccountId: '' })).status, 403);
  for (const [path, main] of [
    ['/b', 'sub'],
    ['/a', 'b'],
    ['/b', 'nothing'],
  ] as const) {
    const { status, body } = await put(path, { mainAccountId: main }, 'global');
    assert.deepEqual([status, body.validationErrors[0].attributeName], [400, 'mainAccountId'], `${path} ${main}`);
  }
  assert.equal((await put('/sub', { mainAccountId: 'sub' }, 'global')).body.mainAccountId, 'sub');
  assert.equal(await asReader(), 403);
});

test('groups: those with a name and those with agents, in pages', async () => {
  const made = await post('/a/agentGroups', { groupName: 'Night' });
  const night = { agentGroupId: 21, groupName: 'Night', isDefault: false, permissions: [] };
  assert.deepEqual(made.body, night);
  const all = [
    { ...night, agentGroupId: 10, groupName: 'Ten' },
    { ...night, agentGroupId: 20, groupName: 'Twenty' },
    night,
  ];
  assert.deepEqual(await get('/a/agentGroups?includePermissions=true'), all);
  assert.deepEqual(await get('/a/agentGroups?page=2&maxRows=2'), [night]);
  assert.deepEqual(await get('/a/agentGroups?page=3&maxRows=2'), []);
  assert.deepEqual(await get('/a/agentGroups', 'limited'), [all[0]]);
  await put('/a/agentGroups/21', { isDefault: true });
  await put('/a/agentGroups/10', { isDefault: true });
  const defaults = (await get('/a/agentGroups')).filter((group: { isDefault: boolean }) => group.isDefault);
  assert.deepEqual(defaults, [{ ...all[0], isDefault: true }], 'there is one default group');
  assert.equal((await call('admin', 'DELETE', '/a/agentGroups/21')).status, 204);
  assert.equal((await call('admin', 'GET', '/a/agentGroups/21')).status, 404);
  const refused = await call('admin', 'DELETE', '/a/agentGroups/10');
  assert.match(refused.body.generalMessage, /2 agents are in it/);
});

test('agents: by group, in pages and by search', async () => {
  assert.deepEqual(await get('/a/agentGroups/10/agents/1'), {
    agentId: 1,
    firstName: 'Ada',
    lastName: '',
    username: '',
    email: '',
    agentType: 'AGENT',
    externalAgentId: '',
    team: 'Red',
    agentGroupId: 10,
    agentGroupName: 'Ten',
    dialGroupId: 5,
    dialGroupName: 'Outbound',
    isActive: true,
    initLoginBaseState: 'AVAILABLE',
  });
  const ids = async (path: string, who: Who = 'reader') =>
    (await get(path, who)).map(({ agentId }: { agentId: number }) => agentId);
  assert.deepEqual(await ids('/a/agentGroups/10/agents'), [1, 3]);
  assert.deepEqual(await ids('/a/agentGroups/10/agents?page=2&maxRows=1'), [3]);
  assert.deepEqual(await ids('/a/agents'), [1, 2, 3]);
  assert.deepEqual(await ids('/a/agents?page=2&maxRows=2'), [3]);
  assert.deepEqual(await ids('/a/agents?search=BLU'), [3]);
  assert.deepEqual(await ids('/a/agents?search=%25'), []);
  assert.deepEqual(await ids('/a/agents', 'limited'), [1, 3]);
  assert.deepEqual(await get('/a/dialGroups'), [
    { dialGroupId: 5, dialGroupName: 'Outbound' },
    { dialGroupId: 6, dialGroupName: 'Inbound' },
  ]);
  assert.deepEqual(await get('/a/dialGroups', 'limited'), [{ dialGroupId: 5, dialGroupName: 'Outbound' }]);
});

/** Session, first name and team of each row in a report of all days, or of one group. */
async function report(criteria: object = {}): Promise<string[]> {
  const reportCriteria = {
    startTimestamp: '2026-01-01',
    endTimestamp: '2027-12-31',
    timezoneName: 'UTC',
    ...criteria,
  };
  const answer = await app.inject({
    method: 'POST',
    url: '/voice/api/v1/admin/accounts/h/reportsStreaming',
    headers: USERS.global,
    payload: JSON.stringify({ reportCriteria }),
  });
  const rows = answer.body.trimEnd().split('\n').slice(1);
  return rows.map(row => row.split(',')).map(cells => [cells[37], cells[2], cells[36]].join(' '));
}

async function session(loginSessionId: string, agentId: string): Promise<void> {
  const at = new Date(clock.nowMs).toISOString();
  const facts = ['LOGIN', 'LOGOUT'].map(kind => ({ accountId: 'h', loginSessionId, agentId, at, kind }));
  const payload = facts.map(fact => JSON.stringify(fact)).join('\n');
  await app.inject({ method: 'POST', url: '/ingest/v1/offhook', headers: USERS.global, payload });
  clock.nowMs += 60_000;
}

test('history: a report shows the attributes of the agent at login', async () => {
  await post('/h/agentGroups', { agentGroupId: 7, groupName: 'Seven' }, 'global');
  await post('/h/agentGroups', { agentGroupId: '8', groupName: 'Eight' }, 'global');
  const made = await post('/h/agentGroups/7/agents', { firstName: 'Ada', team: 'Red' }, 'global');
  assert.deepEqual([made.body.agentId, made.body.agentGroupName], [1, 'Seven']);
  await session('s1', '1');
  assert.equal((await put('/h/agentGroups/7/agents/1', { team: 'Blue', agentGroupId: 8 }, 'global')).status, 200);
  await session('s2', '1');
  assert.equal((await call('global', 'GET', '/h/agentGroups/7/agents/1')).status, 404, 'moved');
  assert.equal((await call('global', 'DELETE', '/h/agentGroups/8/agents/1')).status, 204);
  clock.nowMs += 60_000;
  assert.deepEqual(await get('/h/agents', 'global'), []);
  assert.equal((await put('/h/agents/1', { team: 'X' }, 'global')).status, 404);
  assert.equal((await post('/h/agents', { agentId: '1', firstName: 'Eve' }, 'global')).status, 200);
  await session('s3', '1');
  assert.deepEqual(await report(), ['s1 Ada Red', 's2 Ada Blue', 's3 Eve [No Team Name]']);
  assert.deepEqual(await report({ agentGroupIds: [7] }), ['s1 Ada Red']);
  const changes = (await audited('DIRECTORY_CHANGED')).filter(({ agentId }) => agentId === '1');
  assert.deepEqual(
    changes.map(({ username, change, changed }) => [username, change, changed]),
    [
      ['administrator', 'AGENT_CREATED', undefined],
      ['administrator', 'AGENT_CHANGED', ['team', 'agent_group_id', 'agent_group_name']],
      ['administrator', 'AGENT_DELETED', undefined],
      ['administrator', 'AGENT_CREATED', undefined],
    ],
  );
});

test('an import makes the changes of its preview', async () => {
  const csv = '\uFEFFagent_id,team\r\n1,Green\r\n2,Red\r\n77,Green\r\n';
  const expected = (nowMs: number) => {
    const validFrom = new Date(nowMs).toISOString();
    return {
      new: 1,
      changed: 1,
      unchanged: 1,
      changes: [
        { agentId: 1, validFrom, kind: 'CHANGED', fields: { team: { from: 'Red', to: 'Green' } } },
        {
          agentId: 77,
          validFrom,
          kind: 'NEW',
          fields: { agent_id: { from: '', to: '77' }, team: { from: '', to: 'Green' } },
        },
      ],
    };
  };
  const { nowMs } = clock;
  assert.deepEqual((await post('/a/agentsImport?preview=true', csv)).body, expected(nowMs));
  assert.equal((await get('/a/agents/1')).team, 'Red');
  assert.deepEqual((await post('/a/agentsImport', csv)).body, expected(nowMs + 1));
  const { team, firstName } = await get('/a/agents/1');
  assert.deepEqual([firstName, team], ['Ada', 'Green']);
  assert.deepEqual((await audited('DIRECTORY_CHANGED')).at(-1), {
    username: 'admin',
    change: 'AGENTS_IMPORTED',
    new: 1,
    changed: 1,
    unchanged: 1,
  });
  const { body: refused } = await post('/a/agentsImport', 'Agent ID;is_active\n;maybe\n');
  assert.equal(refused.errorCode, 'INVALID_AGENTS_FILE');
  assert.deepEqual(refused.validationErrors, [
    { attributeName: 'Agent ID', message: 'Line 2, column 1 (Agent ID): is missing.', value: '' },
    {
      attributeName: 'is_active',
      value: 'maybe',
      message: 'Line 2, column 2 (is_active): "maybe" is neither 0 nor 1.',
    },
  ]);
});

async function stateOfEvent(second: number, label = 'Coaching'): Promise<string> {
  const date_time = `2026-05-31 10:00:${String(second).padStart(2, '0')}`;
  const event = {
    event_type: 'COACHING',
    event_aux_type: label,
    account_id: 'a',
    agent_login_id: 's',
    agent_id: '1',
  };
  const payload = JSON.stringify({ ...event, date_time });
  await app.inject({ method: 'POST', url: '/ingest/v1/ringcx', headers: USERS.ingest, payload });
  const [row] = await offhook.engine.query<{ state: string }>(
    `SELECT base_state AS state FROM events WHERE account_id = 'a' AND login_session_id = 's' ORDER BY at DESC LIMIT 1`,
  );
  return row!.state;
}

test('states: a label counts as its base state from the next event', async () => {
  assert.equal(await stateOfEvent(1), 'UNKNOWN');
  const made = await post('/a/auxStates', {
    agentAuxState: ' Coaching ',
    baseAgentState: { colKey: 'training' },
  });
  const state = {
    stateId: 1,
    agentAuxState: 'Coaching',
    baseAgentState: { colKey: 'TRAINING' },
    isActive: true,
    isAgentSelectable: true,
  };
  assert.deepEqual(made, { status: 200, body: state });
  assert.equal(await stateOfEvent(2), 'TRAINING');
  assert.equal(await stateOfEvent(3, ' COACHING '), 'TRAINING');
  assert.equal((await post('/a/auxStates', { agentAuxState: 'COACHING', baseAgentState: 'AWAY' })).status, 409);
  const changed = await put('/a/auxStates/1', { baseAgentState: { colKey: 'ON-BREAK' }, isActive: false });
  const onBreak = { ...state, baseAgentState: { colKey: 'ON_BREAK' }, isActive: false };
  assert.deepEqual(changed.body, onBreak);
  assert.equal(await stateOfEvent(4), 'ON_BREAK');
  assert.deepEqual(await get('/a/auxStates'), [onBreak]);
  assert.deepEqual(await get('/a/auxStates?active=1'), []);
  assert.equal((await call('admin', 'DELETE', '/a/auxStates/1')).status, 204);
  assert.equal(await stateOfEvent(5), 'UNKNOWN');
  assert.deepEqual(
    (await audited('STATES_CHANGED')).map(({ change, baseState }) => [change, baseState]),
    [
      ['STATE_CREATED', 'TRAINING'],
      ['STATE_CHANGED', 'ON_BREAK'],
      ['STATE_DELETED', 'ON_BREAK'],
    ],
  );
  const refused = await post('/a/auxStates', { agentAuxState: 'X', baseAgentState: { colKey: 'NAP' } });
  assert.equal(refused.body.validationErrors[0].attributeName, 'baseAgentState.colKey');
});

test('a changed time zone of a feed applies from the next event', async () => {
  await stateOfEvent(30);
  await put('/a', { feedTimezone: 'UTC', agentRule: '' });
  await stateOfEvent(31);
  const times = await offhook.engine.query<{ at: string }>(
    `SELECT toString(at) AS at FROM events WHERE account_id = 'a' AND toSecond(events.at) IN (30, 31) ORDER BY toSecond(events.at)`,
  );
  assert.deepEqual(
    times.map(({ at }) => at),
    ['2026-05-31 14:00:30.000', '2026-05-31 10:00:31.000'],
  );
});

test('ids can be sent as numbers or text; ids that are not numbers stay text', async () => {
  assert.equal(
    (await post('/ids/agentGroups', { agentGroupId: 'vip', groupName: 'VIP' }, 'global')).body.agentGroupId,
    'vip',
  );
  assert.equal(
    (await post('/ids/agentGroups', { agentGroupId: '007', groupName: 'Bond' }, 'global')).body.agentGroupId,
    '007',
  );
  assert.equal((await post('/ids/agentGroups/vip/agents', { agentId: 12 }, 'global')).body.agentId, 12);
  assert.equal((await post('/ids/agents', { agentId: '12' }, 'global')).status, 409);
  assert.equal((await post('/ids/agents', { agentId: 0, externalAgentId: 9 }, 'global')).body.agentId, 13);
  assert.equal((await get('/ids/agents/13', 'global')).externalAgentId, '9');
});

const WRONG: [name: string, method: Method, path: string, body: unknown, attribute: string][] = [
  ['a group without name', 'POST', '/a/agentGroups', {}, 'groupName'],
  ['a group with a blank name', 'POST', '/a/agentGroups', { groupName: ' ' }, 'groupName'],
  ['a group with a negative id', 'POST', '/a/agentGroups', { agentGroupId: -1, groupName: 'X' }, 'agentGroupId'],
  ['a name that is a number', 'PUT', '/a/agents/1', { firstName: 1 }, 'firstName'],
  ['an id with a control character', 'POST', '/a/agents', { agentId: '1\n' }, 'agentId'],
  ['a group that does not exist', 'PUT', '/a/agents/1', { agentGroupId: 99 }, 'agentGroupId'],
  ['a page before the first', 'GET', '/a/agents?page=0', undefined, 'page'],
  ['a number of rows that is not a number', 'GET', '/a/agents?maxRows=1e99', undefined, 'maxRows'],
  ['a state without base state', 'POST', '/a/auxStates', { agentAuxState: 'X' }, 'baseAgentState'],
  ['a body that is not an object', 'PUT', '/a/agents/1', [1], ''],
];
for (const [name, method, path, body, attribute] of WRONG) {
  test(`refused: ${name}`, async () => {
    const answer = await call('admin', method, path, body);
    assert.deepEqual([answer.status, answer.body.errorCode], [400, 'INVALID_REQUEST']);
    assert.equal(answer.body.validationErrors[0].attributeName, attribute);
  });
}

test('no body causes a status 500', async () => {
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.jsonValue(), fc.constantFrom('', null, true));
  const names = [
    'agentId',
    'firstName',
    'team',
    'agentGroupId',
    'dialGroupId',
    'externalAgentId',
    'isActive',
    'groupName',
    'isDefault',
    'agentAuxState',
    'baseAgentState',
    'accountName',
    'mainAccountId',
    'timezone',
    '__proto__',
  ];
  const body = fc.oneof(fc.dictionary(fc.constantFrom(...names), value), fc.jsonValue());
  const paths: [Method, string][] = [
    ['PUT', '/f'],
    ['POST', '/f/agentGroups'],
    ['PUT', '/f/agentGroups/1'],
    ['POST', '/f/agents'],
    ['PUT', '/f/agents/1'],
    ['POST', '/f/auxStates'],
    ['PUT', '/f/auxStates/1'],
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), body, async ([method, path], content) => {
      const { status } = await call('global', method, path, content);
      assert.ok(status < 500, `${method} ${path}`);
    }),
    runs(80),
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async text => {
      assert.ok((await post('/f/agentsImport', `agent_id,team\n1,${text}`, 'global')).status < 500);
    }),
    runs(20),
  );
});
