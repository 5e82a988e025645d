import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readAgentProfile } from './agent-profile.ts';
import { runs } from '../../../test/support/property-runs.ts';

const NOTHING = {
  first_name: '',
  last_name: '',
  username: '',
  team: '',
  agent_group_id: '',
  agent_group_name: '',
};

describe('amazon-connect: agent profiles', () => {
  it('reads the sample', () => {
    const path = join(import.meta.dirname, 'fixtures/determine-acw-time_1.json');
    const { CurrentAgentSnapshot } = JSON.parse(readFileSync(path, 'utf8'));
    assert.deepEqual(readAgentProfile(CurrentAgentSnapshot.Configuration), {
      first_name: '(Removed)',
      last_name: '(Removed)',
      username: '(Removed)',
      team: '',
      agent_group_id: 'routing-profile-ARN',
      agent_group_name: 'Basic Routing Profile',
    });
  });

  it('takes the lowest level that has a group', () => {
    const AgentHierarchyGroups = { Level1: { Name: 'Europe' }, Level2: { Name: 'Madrid' }, Level3: null };
    assert.deepEqual(readAgentProfile({ AgentHierarchyGroups }), { ...NOTHING, team: 'Madrid' });
  });

  it('never throws', () => {
    assert.equal(readAgentProfile(null), undefined);
    assert.equal(readAgentProfile({ FirstName: {} }), undefined);
    fc.assert(
      fc.property(fc.jsonValue(), value => void readAgentProfile(value)),
      runs(100),
    );
  });
});
