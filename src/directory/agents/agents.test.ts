// Imports of agents files: the preview, what is written, and that a second import changes nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import { changeAgent, createAgent, deleteAgent, readAgent } from './agent-changes.ts';
import { ALL_AGENTS, entryAt, readHistory, readPresent } from './agent-entries.ts';
import { changeGroup, createGroup } from './agent-groups.ts';
import { applyAgents, importAgents, planAgents } from './agents.ts';
import { type AgentRow, agentsCsv, parseAgentsCsv } from './agents-file.ts';
import { runs } from '../../../test/support/property-runs.ts';

const { engine } = await temporaryEngine();
const NOW = Date.UTC(2026, 5, 1);
let accounts = 0;
const newAccount = () => `account ${++accounts}`;
const load = (accountId: string, csv: string, nowMs = NOW) =>
  importAgents(engine, accountId, parseAgentsCsv(csv), nowMs);
const preview = async (accountId: string, csv: string, nowMs = NOW) =>
  (await planAgents(engine, accountId, parseAgentsCsv(csv), nowMs)).map(({ agentId, kind, fields }) => [
    agentId,
    kind,
    Object.fromEntries(Object.entries(fields).map(([name, { from, to }]) => [name, `${from}>${to}`])),
  ]);

test('a preview names what changes, field by field, and writes nothing', async () => {
  const a = newAccount();
  await load(a, 'agent_id,first_name,team\n1,Ada,Red\n2,Bob,Red\n', NOW - 10);
  const csv = 'agent_id,first_name,team\n1,Ada,Blue\n2,Bob,Red\n3,Cyd,\n';
  const expected = [
    ['1', 'CHANGED', { team: 'Red>Blue' }],
    ['2', 'UNCHANGED', {}],
    ['3', 'NEW', { agent_id: '>3', first_name: '>Cyd' }],
  ];
  assert.deepEqual(await preview(a, csv), expected);
  assert.deepEqual(await preview(a, csv), expected, 'the preview wrote nothing');
  assert.deepEqual(await load(a, csv), { written: 2, unchanged: 1 });
  assert.equal((await readHistory(engine, a)).length, 4);
});

test('a column that is not there keeps what is known, an empty cell empties it', async () => {
  const a = newAccount();
  await load(a, 'agent_id,first_name,email,team,is_active\n1,Ada,ada@example.com,Red,false\n', NOW - 10);
  await load(a, 'agent_id,team\n1,\n');
  const { first_name, email, team, is_active } = await readAgent(engine, a, '1', NOW);
  assert.deepEqual([first_name, email, team, is_active], ['Ada', 'ada@example.com', '', '0']);
});

const DATED: [name: string, stored: string, file: string, expected: unknown[]][] = [
  [
    'rows of one agent are applied in order of time, whatever their order in the file',
    '',
    '1,Blue,2026-03-01\n1,Red,2026-02-01\n1,Blue,2026-04-01\n',
    [
      ['1', 'CHANGED', { team: 'Red>Blue' }],
      ['1', 'NEW', { agent_id: '>1', team: '>Red' }],
      ['1', 'UNCHANGED', {}],
    ],
  ],
  [
    'a row is compared with the entry of its moment, not with the latest',
    '1,Red,2026-02-01\n1,Blue,2026-04-01\n',
    '1,Red,2026-03-01\n1,Blue,2026-03-01\n1,Blue,2026-05-01\n',
    [
      ['1', 'UNCHANGED', {}],
      ['1', 'CHANGED', { team: 'Red>Blue' }],
      ['1', 'UNCHANGED', {}],
    ],
  ],
  [
    'the first entry holds for all time before it',
    '1,Red,2026-04-01\n',
    '1,Red,2026-01-01\n',
    [['1', 'UNCHANGED', {}]],
  ],
  [
    'an earlier start is written once another entry comes before the first',
    '1,Red,2026-04-01\n',
    '1,Red,2026-01-01\n1,Blue,2026-02-01\n',
    [
      ['1', 'CHANGED', { valid_from: '2026-04-01T00:00:00.000Z>2026-01-01T00:00:00.000Z' }],
      ['1', 'CHANGED', { team: 'Red>Blue' }],
    ],
  ],
  [
    'an earlier start is written once the first entry itself becomes another',
    '1,Red,2026-04-01\n',
    '1,Red,2026-01-01\n1,Blue,2026-04-01\n',
    [
      ['1', 'CHANGED', { valid_from: '2026-04-01T00:00:00.000Z>2026-01-01T00:00:00.000Z' }],
      ['1', 'CHANGED', { team: 'Red>Blue' }],
    ],
  ],
];
for (const [name, stored, file, expected] of DATED) {
  test(name, async () => {
    const a = newAccount();
    const header = 'agent_id,team,valid_from\n';
    await load(a, header + stored, NOW - 10);
    assert.deepEqual(await preview(a, header + file), expected);
    await load(a, header + file);
    assert.ok((await preview(a, header + file, NOW + 10)).every(([, kind]) => kind === 'UNCHANGED'));
  });
}

test('any file: it holds at every moment that it names, and again changes nothing', async () => {
  const row = fc.record({
    agent_id: fc.constantFrom('1', '2'),
    team: fc.constantFrom('', 'Red', 'Blue'),
    validFromMs: fc.option(
      fc.integer({ min: -6, max: 6 }).map(day => NOW + day * 86_400_000),
      { nil: undefined },
    ),
  });
  const file = fc.array(row, { maxLength: 8 }) as fc.Arbitrary<AgentRow[]>;
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      const a = newAccount();
      await importAgents(engine, a, first, NOW);
      const planned = await planAgents(engine, a, second, NOW + 1);
      assert.deepEqual(await applyAgents(engine, a, second, NOW + 1), planned);
      assert.equal((await importAgents(engine, a, second, NOW + 1)).written, 0);
      assert.equal((await importAgents(engine, a, parseAgentsCsv(await exported(a)), NOW + 2)).written, 0);
      const history = Map.groupBy(await readHistory(engine, a), ({ agent_id }) => agent_id);
      const last = new Map(second.map(said => [`${said.agent_id} ${said.validFromMs ?? NOW + 1}`, said]));
      for (const { agent_id, team, validFromMs } of last.values()) {
        assert.equal(entryAt(history.get(agent_id) ?? [], validFromMs ?? NOW + 1)?.team, team);
      }
    }),
    runs(20),
  );
});

const exported = async (accountId: string) => agentsCsv(await readHistory(engine, accountId));

test('an export holds the whole history: imported elsewhere it makes the same directory', async () => {
  const [a, b] = [newAccount(), newAccount()];
  await load(
    a,
    'agent_id,first_name,team,valid_from\n1,"A ""quoted"", name","two\nlines",2026-01-01\n1,Ada,Red,2026-02-01T10:00:00.250Z\n2,Bob,,\n',
  );
  await deleteAgent(engine, a, '2', NOW + 1);
  await load(b, await exported(a), NOW + 2);
  assert.equal(await exported(b), await exported(a));
  assert.deepEqual(await readPresent(engine, b, NOW + 3, { ...ALL_AGENTS, search: 'bob' }), []);
  assert.equal((await load(a, await exported(a), NOW + 3)).written, 0);
});

test('an export is guarded against formulas, and an import takes the guard away', async () => {
  const a = newAccount();
  await load(a, 'agent_id,first_name,team\n1,=1+1,@Red\n');
  assert.match(await exported(a), /^1,'=1\+1,.*,'@Red,/m);
  assert.equal((await load(a, await exported(a), NOW + 1)).written, 0);
});

test('a file that names a deleted agent brings them back', async () => {
  const a = newAccount();
  await load(a, 'agent_id,first_name\n1,Ada\n', NOW - 10);
  await deleteAgent(engine, a, '1', NOW - 5);
  await assert.rejects(readAgent(engine, a, '1', NOW), { code: 'NOT_FOUND' });
  assert.deepEqual(await preview(a, 'agent_id\n1\n'), [['1', 'CHANGED', { is_deleted: '1>0' }]]);
  await load(a, 'agent_id\n1\n');
  assert.equal((await readAgent(engine, a, '1', NOW)).first_name, 'Ada');
});

test('names follow ids: a group that was given a name keeps it, others are called as the file calls them', async () => {
  const a = newAccount();
  await createGroup(engine, a, { agentGroupId: '7', groupName: 'Sales', isDefault: false }, NOW - 10);
  const header = 'agent_id,agent_group_id,agent_group_name\n';
  await load(a, `${header}1,7,Other\n2,8,Support\n`, NOW - 5);
  const groupName = async (id: string, atMs: number) => (await readAgent(engine, a, id, atMs)).agent_group_name;
  assert.deepEqual([await groupName('1', NOW), await groupName('2', NOW)], ['Sales', 'Support']);
  await changeGroup(engine, a, '7', { groupName: 'Selling' }, NOW);
  assert.deepEqual([await groupName('1', NOW - 1), await groupName('1', NOW)], ['Sales', 'Selling']);
  assert.equal((await load(a, await exported(a), NOW + 1)).written, 0, 'history keeps the old name');
  await load(a, 'agent_id,agent_group_id\n1,8\n2,7\n', NOW + 2);
  assert.deepEqual([await groupName('1', NOW + 2), await groupName('2', NOW + 2)], ['Support', 'Selling']);
});

test('a deleted agent stays deleted, whatever was to hold later; one who is made again starts blank', async () => {
  const a = newAccount();
  await load(a, 'agent_id,team,valid_from\n1,Red,2026-01-01\n1,Blue,2027-01-01\n');
  await deleteAgent(engine, a, '1', NOW);
  const later = Date.UTC(2028, 0, 1);
  assert.deepEqual(await readPresent(engine, a, later, ALL_AGENTS), []);
  await createAgent(engine, a, { agent_id: '1', first_name: 'Eve' }, NOW);
  const { team, first_name } = await readAgent(engine, a, '1', later);
  assert.deepEqual([team, first_name], ['', 'Eve']);
});

test('a change of an agent whose entries all lie ahead leaves the past as it was', async () => {
  const a = newAccount();
  await load(a, 'agent_id,team,valid_from\n1,Red,2027-01-01\n');
  await changeAgent(engine, a, '1', { team: 'Blue' }, NOW);
  const teamAt = async (atMs: number) => (await readAgent(engine, a, '1', atMs)).team;
  assert.deepEqual([await teamAt(NOW - 1), await teamAt(NOW)], ['Red', 'Blue']);
});

test('agents made at the same time get different ids, beyond those that are known', async () => {
  const a = newAccount();
  await load(a, 'agent_id\n41\nabc\n99999999999999999999\n');
  const made = await Promise.all(['A', 'B', 'C'].map(team => createAgent(engine, a, { team }, NOW)));
  assert.deepEqual(
    made.map(({ agent_id }) => agent_id),
    ['42', '43', '44'],
  );
});
