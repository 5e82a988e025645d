import assert from 'node:assert/strict';
import test from 'node:test';
import { simulateAgents } from './agents.ts';
import { addressPart, FIRST_NAMES, LAST_NAMES } from './names.ts';

const OPTIONS = { accountId: '15300002', agents: 500, days: 1, start: '2026-03-02', seed: 7 };
const AGENTS = simulateAgents(OPTIONS);

test('the same seed gives the same people, another seed others', () => {
  assert.deepEqual(simulateAgents(OPTIONS), AGENTS);
  assert.notDeepEqual(simulateAgents({ ...OPTIONS, seed: 8 }), AGENTS);
});

test('more agents leave the first ones as they are', () => {
  assert.deepEqual(simulateAgents({ ...OPTIONS, agents: 20 }), AGENTS.slice(0, 20));
});

test('ids ascend from 1300001', () => {
  assert.deepEqual(
    AGENTS.slice(0, 2).map(agent => agent.agent_id),
    ['1300001', '1300002'],
  );
  assert.equal(AGENTS.at(-1)!.agent_id, '1300500');
});

test('usernames are unique addresses of the name', () => {
  assert.equal(new Set(AGENTS.map(agent => agent.username)).size, AGENTS.length);
  for (const { username, first_name, last_name } of AGENTS) {
    assert.match(username, /^[a-z-]+\.[a-z-]+\d*@example\.com$/);
    assert.ok(username.startsWith(`${addressPart(first_name)}.${addressPart(last_name)}`));
  }
});

const ADDRESS_PARTS: [name: string, part: string][] = [
  ['José', 'jose'],
  ['Zoë', 'zoe'],
  ['Łukasz', 'lukasz'],
  ['Søren', 'soren'],
  ['Yılmaz', 'yilmaz'],
  ['O’Brien', 'obrien'],
  ['Da-Silva', 'da-silva'],
  ['Nguyễn', 'nguyen'],
];
for (const [name, part] of ADDRESS_PARTS) {
  test(`${name} is ${part} in an address`, () => assert.equal(addressPart(name), part));
}

test('every name is plain enough for an address and listed once', () => {
  for (const names of [FIRST_NAMES, LAST_NAMES]) {
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length >= 80);
    for (const name of names) assert.match(addressPart(name), /^[a-z-]{2,}$/, name);
  }
});

test('agents are spread over teams and groups, some without a team', () => {
  const count = (values: string[]) => new Set(values).size;
  assert.equal(count(AGENTS.map(agent => agent.team)), 6);
  assert.equal(count(AGENTS.map(agent => agent.agent_group_id)), 3);
  assert.equal(count(AGENTS.map(agent => agent.dial_group_name)), 2);
});
